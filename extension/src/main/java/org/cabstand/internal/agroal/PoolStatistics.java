package org.cabstand.internal.agroal;

import java.time.Duration;

/**
 * Figures of a pool that Agroal does not have, because most borrows do not reach it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolStatistics {

    /**
     * The pool's name.
     *
     * @return as in {@code cabstand.pool.<name>.<key>}
     */
    String name();

    /**
     * Connections in use.
     *
     * @return how many
     */
    int active();

    /**
     * Open connections that nobody uses.
     *
     * @return how many
     */
    int idle();

    /**
     * Borrowers who wait for a connection.
     *
     * @return how many
     */
    int waiting();

    /**
     * Borrows so far.
     *
     * @return how many
     */
    long borrows();

    /**
     * Leaks reported so far.
     *
     * @return how many
     */
    long leaks();

    /**
     * Time taken by those attempts to open a connection that succeeded.
     *
     * @return the sum
     */
    Duration openingTotal();

    /**
     * The longest of them.
     *
     * @return zero before the first
     */
    Duration openingMax();
}
