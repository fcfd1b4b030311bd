package org.cabstand.internal.transaction;

import java.sql.SQLException;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.NamedPool;
import org.cabstand.internal.pool.OutageLog;

/**
 * A pool as JTA sees it: takes part in transactions with one {@link Branch} each.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class ResourceManager {

    private final NamedPool pool;
    private final TransactionContext transactions;
    private final OutageLog failedCommits;
    private final OutageLog refusedPrepares;

    /**
     * Takes part in nothing so far.
     *
     * @param pool whose connections take part
     * @param transactions knows the JTA transactions of threads
     */
    public ResourceManager(NamedPool pool, TransactionContext transactions) {
        this.pool = pool;
        this.transactions =
                pool.settings().transactions() == Transactions.OFF
                        ? TransactionContext.NONE
                        : transactions;
        this.failedCommits = pool.outageLog();
        this.refusedPrepares = pool.outageLog();
    }

    /**
     * The pool.
     *
     * @return whose connections take part
     */
    public NamedPool pool() {
        return pool;
    }

    /**
     * The calling thread's JTA transaction.
     *
     * @return null when it has none, or the pool takes part in none
     * @throws SQLException as {@link TransactionContext#current}
     */
    public GlobalTransaction transaction() throws SQLException {
        return transactions.current(pool.name());
    }

    /**
     * Checks whether the pool may be used outside of transactions.
     *
     * @throws SQLException when its settings forbid that
     */
    public void checkOutsideAllowed() throws SQLException {
        PoolSettings settings = pool.settings();
        if (settings.transactions() == Transactions.REQUIRED) {
            throw new SQLException(
                    Message.TRANSACTION_REQUIRED.format(
                            settings.name(), settings.keyOf(Key.TRANSACTIONS)),
                    "25000");
        }
    }

    /**
     * Joins a transaction.
     *
     * @param transaction without a branch of this pool
     * @param lease borrowed for this transaction; given back here when that fails
     * @param first the handle that is the first to use it
     * @return the use of that handle
     * @throws SQLException when the connection or the transaction refuses
     */
    public TransactionUse join(
            GlobalTransaction transaction, Lease lease, TransactionUse.Borrower first)
            throws SQLException {
        Branch branch =
                pool.settings().transactions() == Transactions.XA
                        ? new XaBranch(this, transaction, lease)
                        : new LocalBranch(this, transaction, lease);
        TransactionUse use = branch.use(first);
        boolean begun = false;
        try {
            first.prepare(use); // before it begins: not all of it can be set within a transaction
            branch.prepareSession();
            lease.completed();
            begun = true;
        } finally {
            if (!begun) {
                lease.giveBack();
            }
        }
        boolean enlisted = false;
        try {
            transaction.enlist(branch);
            enlisted = true;
        } finally {
            if (!enlisted) {
                branch.enlistmentFailed();
            }
        }
        return use;
    }

    /**
     * The error for a statement that was made in another transaction than the thread's, or in none.
     *
     * @return to be thrown
     */
    public SQLException statementElsewhere() {
        return new SQLException(Message.STATEMENT_ELSEWHERE.format(pool.name()), "25000");
    }

    /** A commit was answered by a roll-back. */
    void commitFailed(Throwable cause) {
        failedCommits.report(Message.COMMIT_FAILED.format(pool.name(), cause.getMessage()), cause);
    }

    /** A local transaction cannot be prepared. */
    void prepareRefused() {
        refusedPrepares.report(
                Message.PREPARE_REFUSED.format(
                        pool.name(), pool.settings().keyOf(Key.TRANSACTIONS)),
                null);
    }
}
