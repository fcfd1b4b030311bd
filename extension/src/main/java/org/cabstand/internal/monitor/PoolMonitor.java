package org.cabstand.internal.monitor;

import java.time.Duration;

/**
 * Measures what happens in a pool.
 *
 * <p>Called by borrowers and by threads of the pool, who wait for it: it must be quick. At each borrow and
 * return, so {@link Timing#NONE} is the answer when nobody is interested.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolMonitor {

    /**
     * A borrower begins to look for a connection.
     *
     * @return ended when it has one, or has failed to get one
     */
    Timing borrowing();

    /**
     * The calling thread has got a connection.
     *
     * @return ended when it is given back, perhaps by another thread
     */
    Timing using();

    /**
     * A physical connection is about to be opened.
     *
     * @return ended when it is there, or could not be opened
     */
    Timing opening();

    /** A borrower has waited in vain for {@code acquisition-timeout}. */
    void timedOut();

    /** A connection came back with work that was neither committed nor rolled back. */
    void unfinished();

    /**
     * A physical connection has left the pool, while that goes on.
     *
     * @param reason why
     * @param age how long it was open
     */
    void evicted(Eviction reason, Duration age);
}
