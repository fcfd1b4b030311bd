package org.cabstand.internal.monitor;

/**
 * A measurement that has begun.
 *
 * <p>Thread safety: ended once, by any thread.
 */
public interface Timing {

    /** Measures nothing. */
    Timing NONE = succeeded -> {};

    /**
     * Ends the measurement.
     *
     * @param succeeded whether the measured action succeeded
     */
    void end(boolean succeeded);
}
