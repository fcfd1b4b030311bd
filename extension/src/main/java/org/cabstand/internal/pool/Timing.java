package org.cabstand.internal.pool;

/**
 * Something that has begun and takes time.
 *
 * <p>Thread safety: ended once, by any thread.
 */
public interface Timing {

    /** Of what nobody measures. */
    Timing NONE = succeeded -> {};

    /**
     * Ends it.
     *
     * @param succeeded whether it came to what it was begun for
     */
    void end(boolean succeeded);
}
