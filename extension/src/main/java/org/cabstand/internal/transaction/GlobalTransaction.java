package org.cabstand.internal.transaction;

import java.sql.SQLException;
import org.cabstand.internal.pool.NamedPool;

/**
 * One JTA transaction, as pools see it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface GlobalTransaction {

    /**
     * What a pool contributes to this transaction.
     *
     * @param pool the pool
     * @return null before its first use
     */
    Branch branch(NamedPool pool);

    /**
     * Checks whether a pool may join, before anything is borrowed for it.
     *
     * @param pool a pool without a branch
     * @throws SQLException when the transaction is marked for rollback, or another pool takes part and the
     *     two could not be committed together
     */
    void admit(NamedPool pool) throws SQLException;

    /**
     * Makes a branch part of this transaction.
     *
     * @param branch told of the end by {@link Branch#ended()}
     * @throws SQLException when the transaction does not take it; it may be told of the end all the same
     */
    void enlist(Branch branch) throws SQLException;
}
