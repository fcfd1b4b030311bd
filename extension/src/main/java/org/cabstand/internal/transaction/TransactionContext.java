package org.cabstand.internal.transaction;

import java.sql.SQLException;
import org.cabstand.internal.connect.SessionsInTests.ThreadTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JTA transaction of the calling thread, so that only the implementation needs the JTA API.
 *
 * <p>Thread safety: safe for concurrent use.
 */
@FunctionalInterface
public interface TransactionContext extends ThreadTransaction {

    /** Finds none: there is no JTA, or the pool takes no part in it. */
    TransactionContext NONE = pool -> null;

    /**
     * Finds the transaction that work of this thread belongs to.
     *
     * @param pool the name of the pool that asks, for errors
     * @return null when the thread has no transaction
     * @throws SQLException when the thread's transaction is neither active nor marked for rollback, as work must not
     *     be done outside of it then either
     */
    @Nullable GlobalTransaction current(String pool) throws SQLException;

    /**
     * Rolls back the transaction of a thread that leaves the application, if a pool takes part in it. It would stay
     * with the thread, and keep its connections, on a server that does not end it.
     */
    default void endAbandoned() {
        // there is none
    }
}
