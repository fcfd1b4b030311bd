package org.cabstand.internal.monitor;

import java.time.Duration;

/**
 * Measures what happens in a pool.
 *
 * <p>Borrowers and threads of the pool wait for each call, so it must be quick. Return {@link
 * Timing#NONE} if nobody is interested, because the methods are called at each borrow and return.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolMonitor {

    /**
     * Called when a borrower begins to look for a connection.
     *
     * @return ended when the borrower has a connection, or has failed to get one
     */
    Timing borrowing();

    /**
     * Called by a thread that has got a connection.
     *
     * @return ended when the connection is returned, perhaps by another thread
     */
    Timing using();

    /**
     * Called when a physical connection is about to be opened.
     *
     * @return ended when the connection is open, or could not be opened
     */
    Timing opening();

    /** Called when a borrower has waited in vain for {@code acquisition-timeout}. */
    void timedOut();

    /**
     * Called when a connection is returned with work that was neither committed nor rolled back.
     */
    void unfinished();

    /**
     * Called when a physical connection has left a running pool.
     *
     * @param reason why
     * @param age how long it was open
     */
    void evicted(Eviction reason, Duration age);
}
