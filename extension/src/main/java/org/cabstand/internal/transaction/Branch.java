package org.cabstand.internal.transaction;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Message;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.pool.Lease;
import org.cabstand.internal.pool.NamedPool;

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

    private final ResourceManager manager;
    private final GlobalTransaction transaction;
    private final Lease lease;
    private final Thread thread = Thread.currentThread();

    /** Guarded by itself. */
    private final List<TransactionUse> uses = new ArrayList<>(2);

    /** Written by the transaction's thread; null as long as no handle has set anything. */
    private volatile SessionSettings settings;

    private volatile boolean over;

    /** Written by the thread that rolls back; the session ends by itself then. */
    private volatile boolean destroyed;

    /** Written by the use that it happened to: the database has rolled back what was done until then. */
    private volatile SQLException rolledBackBy;

    /** Written by a call that failed: transaction managers do not pass the reason on. */
    volatile Exception failure;

    Branch(ResourceManager manager, GlobalTransaction transaction, Lease lease) {
        this.manager = manager;
        this.transaction = transaction;
        this.lease = lease;
    }

    /** Makes the session ready to be part of a transaction. */
    abstract void prepareSession() throws SQLException;

    /**
     * The pool.
     *
     * @return whose connection this is
     */
    public NamedPool pool() {
        return manager.pool();
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

    ResourceManager manager() {
        return manager;
    }

    /** Nothing can be done in it any more. */
    boolean isOver() {
        return over || lease.isOver();
    }

    /**
     * What handles have set on the session.
     *
     * @return null as long as none has
     */
    public SessionSettings settings() {
        return settings;
    }

    /**
     * The same, for a handle that has something to set.
     *
     * @return empty at first
     */
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
     * @param handle one that has no use of it, or none any more
     * @return its use
     */
    public TransactionUse use(TransactionUse.Borrower handle) {
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

    /**
     * Whether this is called by another thread than the transaction's: that one may be in a statement.
     *
     * @return true on any other thread
     */
    public boolean isCalledFromElsewhere() {
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
            pool().execute(this::destroyNow);
        } catch (RejectedExecutionException e) {
            destroyNow(); // the pool is closing
        }
    }

    private void destroyNow() {
        List<TransactionUse> open = takeUses();
        open.forEach(
                TransactionUse::cancel); // else the database goes on with it, and keeps its locks
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
     * The transaction has ended, however it did: the connection goes back. One whose transaction was ended
     * by another thread is not used again.
     */
    public void ended() {
        close();
        if (destroyed) {
            return;
        }
        if (isCalledFromElsewhere()) {
            lease.evict(Eviction.TRANSACTION_FAILED);
        }
        lease.beginReturning(); // closing a statement may mean to read the rest of its rows
        takeUses().forEach(TransactionUse::close);
        lease.completed(); // whatever became of it, the transaction manager has said so
        lease.giveBack();
    }

    /** The transaction may have it or not: the connection is used by nobody any more. */
    void enlistmentFailed() {
        close();
        lease.evict(Eviction.TRANSACTION_FAILED);
        lease.giveBack();
    }

    // reports to the transaction manager

    /** Why it rolls back instead: the application gets a RollbackException, the log the reason. */
    XAException rolledBack(Throwable cause) {
        manager.commitFailed(cause);
        return xaException(XAException.XA_RBROLLBACK, cause);
    }

    /**
     * SQLState class 40 is "transaction rollback"; MySQL goes on as if a new one had begun. Where the
     * transaction can be asked in the end, it is: a savepoint may have cured it.
     */
    void failed(SQLException error) {
        String state = error.getSQLState();
        if (state != null && state.startsWith("40") && !lease.tellsFailedTransactions()) {
            rolledBackBy = error;
        }
    }

    /**
     * Refuses the commit of what the database will not commit, or not as a whole, though it may say so.
     *
     * @throws XAException to be passed on: rolled back
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

    /** Each is a branch of its own, also where two pools lead to one database. */
    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public String toString() {
        return "pool '" + pool().name() + "'"; // transaction managers log it
    }
}
