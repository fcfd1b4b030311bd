package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.monitor.Eviction;

/**
 * What a pool contributes to one JTA transaction: a connection, from its first use in the transaction to
 * the transaction's end, shared by all who use the pool in it.
 *
 * <p>It belongs to the transaction, not to a request: {@link #ended()} gives the connection back, or
 * {@link #enlistmentFailed()} does.
 *
 * <p>Thread safety: used by the transaction's thread, but ended by any: a transaction manager ends what
 * timed out on a thread of its own, while the transaction's thread may be in the middle of a statement.
 * {@code over} is volatile and written first, so that nothing is begun after the end.
 */
public abstract class Branch implements XAResource {

    private final NamedPool pool;
    private final GlobalTransaction transaction;
    private final Lease lease;
    private final Thread thread = Thread.currentThread();

    /** Guarded by itself. */
    private final List<TransactionUse> uses = new ArrayList<>(2);

    /** Written by the transaction's thread; null as long as no handle has set anything. */
    private volatile SessionSettings settings;

    /** Written by the transaction's thread: whose settings the session has; null while they change. */
    private volatile TransactionUse setFor;

    private volatile boolean over;

    /** Written by the thread that rolls back; the session ends by itself then. */
    private volatile boolean destroyed;

    /** Written by the use that it happened to: the database has rolled back what was done until then. */
    private volatile SQLException rolledBackBy;

    /** Written by a call that failed: transaction managers do not pass the reason on. */
    volatile Exception failure;

    Branch(NamedPool pool, GlobalTransaction transaction, Lease lease) {
        this.pool = pool;
        this.transaction = transaction;
        this.lease = lease;
    }

    /**
     * Joins a transaction.
     *
     * @param first the handle that is the first to use it
     * @param lease borrowed for this transaction; ended here when that fails
     * @throws SQLException when the connection or the transaction refuses
     */
    static TransactionUse begin(
            NamedPool pool, GlobalTransaction transaction, Lease lease, BorrowingConnection first)
            throws SQLException {
        Branch branch =
                pool.settings().transactions() == Transactions.XA
                        ? new XaBranch(pool, transaction, lease)
                        : new LocalBranch(pool, transaction, lease);
        TransactionUse use = branch.use(first);
        boolean begun = false;
        try {
            first.setUp(use); // before it begins: not all of it can be set within a transaction
            branch.prepareSession();
            lease.completed();
            begun = true;
        } finally {
            if (!begun) {
                lease.end();
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

    /** Makes the session ready to be part of a transaction. */
    abstract void prepareSession() throws SQLException;

    /**
     * The pool.
     *
     * @return whose connection this is
     */
    public NamedPool pool() {
        return pool;
    }

    /**
     * Why it did not start.
     *
     * @return null when it did, or when it was not asked to
     */
    public Exception failure() {
        return failure;
    }

    GlobalTransaction transaction() {
        return transaction;
    }

    Lease lease() {
        return lease;
    }

    PhysicalConnection physical() {
        return lease.physical();
    }

    /** Nothing can be done in it any more. */
    boolean isOver() {
        return over || lease.isOver();
    }

    /** Whether the session is as this use wants it, but for changes that are yet to be made. */
    boolean isSetFor(TransactionUse use) {
        return settings == null || setFor == use;
    }

    /**
     * Notes whose settings the session has.
     *
     * @param use null when they are about to change: what fails half-way is nobody's
     */
    void setFor(TransactionUse use) {
        setFor = use;
    }

    /** What handles have set on the session; null as long as none has. */
    SessionSettings settings() {
        return settings;
    }

    /** The same, for one that has something to set. */
    SessionSettings settingsToChange() {
        SessionSettings known = settings;
        if (known == null) {
            known = new SessionSettings(pool, lease, this);
            settings = known;
        }
        return known;
    }

    TransactionUse use(BorrowingConnection handle) {
        TransactionUse use = new TransactionUse(this, handle);
        synchronized (uses) {
            uses.removeIf(TransactionUse::isOver);
            uses.add(use);
        }
        return use;
    }

    /** The transaction manager decides: from now on nothing more is done in it. */
    void close() {
        over = true;
    }

    /** Whether this is called by another thread than the transaction's: it may be in a statement. */
    boolean isCalledFromElsewhere() {
        return Thread.currentThread() != thread;
    }

    /**
     * Ends the session, and with it what was not prepared: the one way back that waits for no statement
     * and lets none slip in after it. On a thread of the pool, as the database may take its time.
     */
    void destroy() {
        close();
        if (destroyed) {
            return;
        }
        destroyed = true;
        try {
            pool.execute(this::destroyNow);
        } catch (RejectedExecutionException e) {
            destroyNow(); // the pool is closing
        }
    }

    private void destroyNow() {
        List<TransactionUse> open = takeUses();
        open.forEach(
                TransactionUse::cancel); // else the database goes on with it, and keeps its locks
        try {
            lease.abort(pool::execute);
        } catch (SQLException | RuntimeException | Error e) {
            pool.reports().returnFailed(e); // not every driver can abort; it is closed all the same
        }
        open.forEach(TransactionUse::end);
    }

    private List<TransactionUse> takeUses() {
        synchronized (uses) {
            List<TransactionUse> open = List.copyOf(uses);
            uses.clear();
            return open;
        }
    }

    /**
     * The transaction has ended, however it did: the connection goes back. One whose transaction was ended
     * by another thread is not used again.
     */
    public void ended() {
        close();
        if (destroyed) {
            return;
        }
        if (isCalledFromElsewhere()) {
            physical().breakUp(Eviction.TRANSACTION_FAILED);
        }
        physical().beginReturning(); // closing a statement may mean to read the rest of its rows
        takeUses().forEach(TransactionUse::end);
        physical().completed(); // whatever became of it, the transaction manager has said so
        lease.end();
    }

    /** The transaction may have it or not: the connection is used by nobody any more. */
    private void enlistmentFailed() {
        close();
        physical().breakUp(Eviction.TRANSACTION_FAILED);
        lease.end();
    }

    // reports to the transaction manager

    /** Why it rolls back instead: the application gets a RollbackException, the log the reason. */
    XAException rolledBack(Throwable cause) {
        pool.reports().commitFailed(cause);
        return xaException(XAException.XA_RBROLLBACK, cause);
    }

    /**
     * SQLState class 40 is "transaction rollback"; MySQL goes on as if a new one had begun. Where the
     * transaction can be asked in the end, it is: a savepoint may have cured it.
     */
    void failed(SQLException error) {
        String state = error.getSQLState();
        if (state != null && state.startsWith("40") && !physical().tellsFailedTransactions()) {
            rolledBackBy = error;
        }
    }

    /**
     * Refuses the commit of what the database will not commit, or not as a whole, though it may say so.
     *
     * @throws XAException to be passed on: rolled back
     */
    void checkCommittable() throws XAException {
        if (isOver() || physical().isBroken()) {
            throw rolledBack(
                    new SQLException(Message.LOST_IN_TRANSACTION.format(pool.name()), "08006"));
        }
        SQLException reason = rolledBackBy;
        try {
            if (reason == null && physical().isInFailedTransaction()) {
                reason =
                        new SQLException(
                                Message.FAILED_IN_TRANSACTION.format(pool.name()), "25P02");
            }
        } catch (SQLException e) {
            reason = lease.failed(e);
        } catch (RuntimeException | Error e) {
            physical().breakUp(Eviction.TRANSACTION_FAILED);
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

    /** Each is a branch of its own, also where two pools lead to one database. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public String toString() {
        return "pool '" + pool.name() + "'"; // transaction managers log it
    }
}
