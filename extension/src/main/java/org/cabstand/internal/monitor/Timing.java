package org.cabstand.internal.monitor;

/**
 * The measurement of something that has begun.
 *
 * <p>Thread safety: ended once, by any thread.
 */
public interface Timing {

    /** Measures nothing. */
    Timing NONE = succeeded -> {};

    /**
     * Ends it.
     *
     * @param succeeded whether it reached its aim
     */
    void end(boolean succeeded);
}
