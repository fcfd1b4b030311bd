package org.cabstand.internal.transaction;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Message;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The branch of one JTA transaction in one pool: a connection that all handles of that pool share, from the first
 * use in the transaction until the transaction ends.
 *
 * <p>It belongs to the transaction, not to a request: only {@link #ended()} or {@link #enlistmentFailed()} gives
 * the connection back. A branch ends itself as soon as the transaction manager will ask nothing more of it. Its
 * synchronization would be too late: some are called before it, and may need a connection.
 *
 * <p>Thread safety: used by the transaction's thread, ended by any. A transaction manager ends a transaction
 * that timed out on a thread of its own, while the transaction's thread may be in the middle of a statement.
 * {@code over} is volatile and is written first, so that nothing begins after the end.
 */
public abstract class TransactionBranch implements XAResource {

    private final ResourceManager manager;
    private final GlobalTransaction transaction;
    private final Lease lease;
    private final Thread thread = Thread.currentThread();

    /** Guarded by itself. */
    private final List<TransactionUse> uses = new ArrayList<>(2);

    /** Guarded by {@code uses}. */
    private boolean givenBack;

    /** Written by the transaction's thread; null until a handle sets something. */
    private volatile @Nullable SessionSettings settings;

    private volatile boolean over;

    /** Written by the thread that rolls back: the session is on its way out. */
    private volatile boolean destroyed;

    /** Written by the use that got this error: the database has rolled back all work so far. */
    private volatile @Nullable SQLException rolledBackBy;

    /** Written by a call that failed, because transaction managers do not pass the reason on. */
    volatile @Nullable Exception failure;

    TransactionBranch(ResourceManager manager, GlobalTransaction transaction, Lease lease) {
        this.manager = manager;
        this.transaction = transaction;
        this.lease = lease;
    }

    /** Makes the session ready to be part of a transaction. */
    abstract void prepareSession() throws SQLException;

    /** {@return the pool whose connection this is} */
    public ConnectionPool pool() {
        return manager.pool();
    }

    /** {@return why the branch did not start; null when it did, or was not asked to} */
    public @Nullable Exception failure() {
        return failure;
    }

    GlobalTransaction transaction() {
        return transaction;
    }

    Lease lease() {
        return lease;
    }

    ResourceManager manager() {
        return manager;
    }

    /** Whether it accepts no more work. */
    boolean isOver() {
        return over || lease.isOver();
    }

    /** {@return the settings that handles have made on the session; null until one does} */
    public @Nullable SessionSettings settings() {
        return settings;
    }

    /** {@return the settings of the session, for a handle that is about to change them} */
    public SessionSettings settingsToChange() {
        SessionSettings known = settings;
        if (known == null) {
            known = new SessionSettings(this);
            settings = known;
        }
        return known;
    }

    /**
     * Lets a handle use the connection.
     *
     * @param handle one without an open use of this branch
     * @return the handle's use
     */
    public TransactionUse use(TransactionUse.Borrower handle) {
        TransactionUse use = new TransactionUse(this, handle);
        synchronized (uses) {
            uses.removeIf(TransactionUse::isOver);
            uses.add(use);
        }
        return use;
    }

    /** Called when the transaction manager has decided. From now on no work is accepted. */
    void close() {
        over = true;
    }

    /** {@return whether the caller is not the transaction's thread, which may be in the middle of a statement} */
    public boolean isCalledFromElsewhere() {
        return Thread.currentThread() != thread;
    }

    /**
     * Ends the session, and with it all work that is not prepared. No other way of rolling back avoids both waiting
     * for a running statement and letting another one slip in. Runs on a thread of the pool, as the database
     * may take its time.
     */
    void destroy() {
        close();
        if (destroyed) {
            return;
        }
        destroyed = true;
        try {
            pool().execute(this::destroyNow);
        } catch (RejectedExecutionException e) {
            destroyNow(); // the pool is closing
        }
    }

    private void destroyNow() {
        List<TransactionUse> open = takeUses();
        // else the database would finish the statement, and keep its locks until then
        open.forEach(TransactionUse::cancel);
        try {
            lease.abort(pool()::execute);
        } catch (SQLException | RuntimeException | Error e) {
            pool().returnFailed(e); // not every driver can abort; it is closed all the same
        }
        open.forEach(TransactionUse::close);
    }

    private List<TransactionUse> takeUses() {
        synchronized (uses) {
            List<TransactionUse> open = List.copyOf(uses);
            uses.clear();
            return open;
        }
    }

    /**
     * Gives the connection back: the transaction has ended, one way or another. A connection whose transaction
     * was ended by another thread is not used again. A second call has no effect.
     */
    public void ended() {
        close();
        if (destroyed || !isFirstEnd()) {
            return;
        }
        if (isCalledFromElsewhere()) {
            lease.evict(Eviction.TRANSACTION_FAILED);
        }
        lease.beginReturning(); // closing a statement may mean reading the rest of its rows
        takeUses().forEach(TransactionUse::close);
        lease.completed(); // the transaction manager has said how
        lease.giveBack();
    }

    private boolean isFirstEnd() {
        synchronized (uses) {
            boolean first = !givenBack;
            givenBack = true;
            return first;
        }
    }

    /** Evicts the connection: nobody knows whether the transaction has it. */
    void enlistmentFailed() {
        close();
        lease.evict(Eviction.TRANSACTION_FAILED);
        lease.giveBack();
    }

    // reports to the transaction manager

    /** Logs why a commit rolls back instead: the application only gets a RollbackException. */
    XAException rolledBack(Throwable cause) {
        manager.commitFailed(cause);
        return xaException(XAException.XA_RBROLLBACK, cause);
    }

    /**
     * Remembers errors of SQLState class 40, "transaction rollback": MySQL carries on as if a new transaction had
     * begun. Databases that can be asked at the end are asked then, because a savepoint may have cured it.
     */
    void failed(SQLException error) {
        String state = error.getSQLState();
        if (state != null
                && state.startsWith("40")
                && !lease.session().work().tellsFailedTransactions()) {
            rolledBackBy = error;
        }
    }

    /**
     * Refuses to commit what the database would not commit as a whole, whatever it may answer.
     *
     * @throws XAException rolled back
     */
    void checkCommittable() throws XAException {
        if (isOver() || lease.isBroken()) {
            throw rolledBack(
                    new SQLException(Message.LOST_IN_TRANSACTION.format(pool().name()), "08006"));
        }
        SQLException reason = rolledBackBy;
        try {
            if (reason == null && lease.isInFailedTransaction()) {
                reason =
                        new SQLException(
                                Message.FAILED_IN_TRANSACTION.format(pool().name()), "25P02");
            }
        } catch (SQLException e) {
            reason = lease.failed(e);
        } catch (RuntimeException | Error e) {
            lease.evict(Eviction.TRANSACTION_FAILED);
            throw rolledBack(e);
        }
        if (reason != null) {
            throw rolledBack(reason);
        }
    }

    static XAException xaException(int code, Throwable cause) {
        XAException exception = new XAException(code);
        exception.initCause(cause);
        return exception;
    }

    /** Two pools are two resource managers, even on one database. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public String toString() {
        return "pool '" + pool().name() + "'"; // transaction managers log it
    }
}
