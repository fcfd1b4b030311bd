package org.cabstand.internal.transaction;

import java.sql.SQLException;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.OutageLog;
import org.jspecify.annotations.Nullable;

/**
 * A pool as JTA sees it: a resource manager, which takes part in each transaction with one {@link TransactionBranch}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class ResourceManager {

    private final ConnectionPool pool;
    private final TransactionContext transactions;
    private final OutageLog failedCommits;
    private final OutageLog refusedPrepares;

    /**
     * The resource manager of a pool.
     *
     * @param pool the pool
     * @param transactions finds the JTA transaction of a thread
     */
    public ResourceManager(ConnectionPool pool, TransactionContext transactions) {
        this.pool = pool;
        this.transactions =
                pool.settings().transactions() == Transactions.OFF
                        ? TransactionContext.NONE
                        : transactions;
        this.failedCommits = pool.outageLog();
        this.refusedPrepares = pool.outageLog();
    }

    /** {@return the pool whose connections take part} */
    public ConnectionPool pool() {
        return pool;
    }

    /**
     * Finds the JTA transaction of the calling thread.
     *
     * @return null when there is none, or the pool takes part in none
     * @throws SQLException as {@link TransactionContext#current}
     */
    public @Nullable GlobalTransaction transaction() throws SQLException {
        return transactions.current(pool.name());
    }

    /**
     * Checks that the pool may be used outside of transactions.
     *
     * @throws SQLException when its settings forbid it
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
     * Enlists a connection in a transaction.
     *
     * @param transaction one without a branch of this pool
     * @param lease borrowed for this transaction; given back here when enlisting fails
     * @param first the first handle that uses it
     * @return the handle's use
     * @throws SQLException when the connection or the transaction refuses
     */
    public TransactionUse enlist(
            GlobalTransaction transaction, Lease lease, TransactionUse.Borrower first)
            throws SQLException {
        TransactionBranch branch =
                pool.settings().transactions() == Transactions.XA
                        ? new XaBranch(this, transaction, lease)
                        : new LocalBranch(this, transaction, lease);
        TransactionUse use = branch.use(first);
        boolean begun = false;
        try {
            first.prepare(use); // before it begins: some settings cannot be made in a transaction
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

    /** {@return the error for a statement of another transaction than the thread's, or of none} */
    public SQLException statementElsewhere() {
        return new SQLException(Message.STATEMENT_ELSEWHERE.format(pool.name()), "25000");
    }

    /** Logs a commit that became a rollback. */
    void commitFailed(Throwable cause) {
        failedCommits.report(Message.COMMIT_FAILED.format(pool.name(), cause.getMessage()), cause);
    }

    /** Logs a request to prepare, which a local transaction cannot do. */
    void prepareRefused() {
        refusedPrepares.report(
                Message.PREPARE_REFUSED.format(
                        pool.name(), pool.settings().keyOf(Key.TRANSACTIONS)),
                null);
    }
}
