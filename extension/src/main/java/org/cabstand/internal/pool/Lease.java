package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.cabstand.internal.Message;
import org.cabstand.internal.connect.Session;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Timing;
import org.jspecify.annotations.Nullable;

/**
 * A borrowed connection, from the borrow to its one return.
 *
 * <p>Thread safety: any thread may call {@link #giveBack()} and {@link #abort}, and the first call counts. Everything
 * else expects one thread at a time, as JDBC does.
 */
public final class Lease extends PoolUse {

    private static final AtomicIntegerFieldUpdater<Lease> OVER =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "over");

    private final PoolEntry entry;

    /** Null when several of the application's connections share the lease, or none has it. */
    private final @Nullable Borrower borrower;

    private final Timing use;

    /** Zero until it is given back. */
    private volatile int over;

    /** Written by the holder, because a lost session cannot be asked. */
    private boolean autoCommit;

    /** Written by the holder. */
    private boolean lost;

    /** Written by the aborting thread, which also cleans up. */
    private boolean aborted;

    Lease(ConnectionPool pool, PoolEntry entry, @Nullable Borrower borrower, Timing use) {
        super(pool);
        this.entry = entry;
        this.borrower = borrower;
        this.use = use;
        this.autoCommit = pool.settings().session().autoCommit();
    }

    @Override
    public Connection driverConnection() throws SQLException {
        if (isOver()) {
            throw new SQLException(Message.CONNECTION_CLOSED.format(pool().name()), "08003");
        }
        return entry.session().driver();
    }

    @Override
    public @Nullable Connection handle() {
        return borrower;
    }

    @Override
    public void asking() throws SQLException {
        if (isOver()) {
            throw outlived("Statement");
        }
        if (borrower != null) {
            borrower.prepare(this);
        }
    }

    @Override
    protected Lease lease() {
        return this;
    }

    @Override
    public void executing() throws SQLException {
        asking();
        if (borrower != null) { // otherwise the application does not end the work itself
            if (autoCommit) {
                session().work().beforeStatement();
            }
            entry.noteBeginning(pool().parts().reports.looksForPlaces());
        }
        entry.executing();
    }

    @Override
    public void completed() {
        if (!isOver()) {
            entry.completed();
        }
    }

    @Override
    public void changed(SessionAttribute attribute) {
        if (!isOver()) {
            session().state().changed(attribute);
        }
    }

    /** Called before the calling thread runs foreign code that prepares the connection, which has a time limit. */
    public void beginPreparing() {
        session().state().prepared();
        entry.beginPreparing();
    }

    /**
     * Called when that code has returned. Commits its work, so that the borrower cannot roll it back.
     *
     * @throws SQLException when that fails, or the code has taken too long
     */
    public void endPreparing() throws SQLException {
        Connection driver = driverConnection(); // fails if that code has swallowed a loss
        try {
            entry.keepWork();
            autoCommitIs(driver.getAutoCommit());
        } catch (SQLException e) {
            throw failed(e);
        }
        entry.completed();
        if (!entry.reclaim()) {
            throw pool().parts().reports.preparingOverdue();
        }
    }

    /**
     * Notes a change of the auto-commit mode.
     *
     * @param on the mode now
     */
    public void autoCommitIs(boolean on) {
        autoCommit = on;
    }

    @Override
    public void unwrapped() {
        if (!isOver()) {
            entry.unwrapped();
        }
    }

    /** Lets the next call borrow another session when this one is lost, except within a transaction. */
    @Override
    public SQLException failed(SQLException error) {
        if (!isOver()) {
            pool().parts().recovery.failed(entry, error);
            if (borrower != null
                    && entry.isBroken()
                    && autoCommit
                    && !session().work().isSeenInTransaction()) {
                lost = true;
                borrower.lost(this);
            }
        }
        return error;
    }

    /** {@return whether the session can no longer be used} */
    public boolean isBroken() {
        return entry.isBroken();
    }

    /** {@return whether the session was lost outside of a transaction, so that another one can take its place} */
    public boolean isLost() {
        return lost;
    }

    /**
     * Tells what would be lost if the connection were given back now.
     *
     * @return a clause for an error; null when nothing would be lost
     * @throws SQLException when the driver does not tell
     */
    public @Nullable String unfinished() throws SQLException {
        if (isOver() || lost) {
            return null;
        }
        if (isBroken()) {
            return "a transaction that was lost with its session";
        }
        if (!statements().isIdle()) {
            return "an open statement or result";
        }
        return session().work().isInTransaction()
                ? "work that is neither committed nor rolled back"
                : null;
    }

    /** Whether it was aborted: errors of the clean-up do not matter then. */
    boolean isAborted() {
        return aborted;
    }

    PoolEntry entry() {
        return entry;
    }

    /** Measures the use; the pool ends it at the return. */
    Timing use() {
        return use;
    }

    @Override
    public boolean isOver() {
        return over != 0;
    }

    /**
     * Gives the connection back; a second call has no effect. Errors are logged, because the caller can do nothing
     * about them: a connection that cannot be cleaned up is destroyed.
     */
    public void giveBack() {
        if (OVER.compareAndSet(this, 0, 1)) {
            pool().parts().returning.giveBack(this);
        }
    }

    /**
     * Destroys the connection instead of giving it back.
     *
     * @param executor as in {@link Connection#abort}
     * @throws SQLException when the driver refuses; this lease has ended all the same
     */
    public void abort(Executor executor) throws SQLException {
        if (OVER.compareAndSet(this, 0, 1)) {
            aborted = true;
            entry.beginReturning(); // a driver may want to tell the database, and wait for it
            try {
                entry.abort(executor);
            } finally {
                pool().parts().returning.giveBack(this);
            }
        }
    }

    /**
     * Has the connection destroyed when it is given back.
     *
     * @param reason why
     */
    public void evict(Eviction reason) {
        entry.markBroken(reason);
    }

    /** Called before the calling thread does a part of the return, which has a time limit. */
    public void beginReturning() {
        entry.beginReturning();
    }

    /** Called when that part is done. If the connection was taken away meanwhile, it is broken. */
    public void endReturning() {
        entry.reclaim();
    }

    /** {@return the session, for questions about its state} */
    public Session session() {
        return entry.session();
    }

    /**
     * Commits the work so far, so that the borrower cannot roll it back.
     *
     * @throws SQLException when the driver refuses, or the database would roll back instead
     */
    public void keepWork() throws SQLException {
        entry.keepWork();
    }

    /**
     * Rolls back, within the time limit of a return.
     *
     * @throws SQLException when the driver refuses, or takes too long
     */
    public void rollBack() throws SQLException {
        entry.rollBack();
    }

    /**
     * {@return whether only ending the session would end the driver's current exchange; then it is evicted}
     *
     * @throws SQLException when the driver does not tell
     */
    public boolean isBusy() throws SQLException {
        return entry.isBusy();
    }

    /**
     * {@return whether the database would roll back instead of committing}
     *
     * @throws SQLException when neither driver nor database tells
     */
    public boolean isInFailedTransaction() throws SQLException {
        return entry.isBusy() || session().work().isInFailedTransaction();
    }
}
