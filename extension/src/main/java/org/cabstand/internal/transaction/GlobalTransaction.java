package org.cabstand.internal.transaction;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * A JTA transaction, as pools see it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface GlobalTransaction {

    /**
     * Finds the branch of a pool.
     *
     * @param pool the pool
     * @return null until the pool is used in this transaction
     */
    @Nullable TransactionBranch branch(ConnectionPool pool);

    /**
     * Checks whether a pool may join, before a connection is borrowed for it.
     *
     * @param pool a pool without a branch
     * @throws SQLException when the transaction is marked for rollback, or another pool takes part and the
     *     two could not be committed together
     */
    void admit(ConnectionPool pool) throws SQLException;

    /**
     * Enlists a branch in this transaction.
     *
     * @param branch gets {@link TransactionBranch#ended()} at the end
     * @throws SQLException when the transaction refuses it; {@link TransactionBranch#ended()} may be called all the same
     */
    void enlist(TransactionBranch branch) throws SQLException;

    /** Something that lives as long as a transaction. */
    @FunctionalInterface
    interface Attachment {

        /** Called when the transaction has ended, on whatever thread ends it. */
        void ended();
    }

    /**
     * Finds what was attached to this transaction.
     *
     * @param key what it was attached under
     * @return null before
     */
    @Nullable Attachment attached(Object key);

    /**
     * Attaches something to this transaction.
     *
     * @param key to find it by
     * @param maker makes it, if the transaction is active
     * @param pool the name of the pool that it works with, for errors
     * @return what was made
     * @throws SQLException when the transaction is not active
     */
    Attachment attach(Object key, Supplier<? extends Attachment> maker, String pool)
            throws SQLException;
}
