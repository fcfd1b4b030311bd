package org.cabstand.internal.transaction;

import java.sql.SQLException;

/**
 * Knows the JTA transaction of the calling thread; pools know no API of transactions.
 *
 * <p>Thread safety: safe for concurrent use.
 */
@FunctionalInterface
public interface TransactionContext {

    /** Where there are no JTA transactions, or none that a pool takes part in. */
    TransactionContext NONE = pool -> null;

    /**
     * The transaction that work done now belongs to.
     *
     * @param pool the name of the pool that asks, for errors
     * @return null when the thread has none
     * @throws SQLException when the thread's transaction is neither active nor marked for rollback: work
     *     must not be done outside of it then either
     */
    GlobalTransaction current(String pool) throws SQLException;
}
