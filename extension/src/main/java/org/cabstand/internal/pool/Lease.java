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

/**
 * One hand-out of a connection: from the borrow to the one return.
 *
 * <p>Thread safety: {@link #giveBack()} may be called by several threads, the first one ends it. The rest is as
 * JDBC's: one thread at a time is expected, though not enforced.
 */
public final class Lease extends PoolUse {

    private static final AtomicIntegerFieldUpdater<Lease> OVER =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "over");

    private final PoolEntry entry;

    /** Null where no application's connection has it for itself. */
    private final Borrower borrower;

    private final Timing use;

    /** Zero until somebody ends it. */
    private volatile int over;

    /** Written by the holder: a session that is lost cannot be asked. */
    private boolean autoCommit;

    /** Written by the holder. */
    private boolean lost;

    /** Written by the aborting thread, which is the one that cleans. */
    private boolean aborted;

    Lease(NamedPool pool, PoolEntry entry, Borrower borrower, Timing use) {
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
    public Connection handle() {
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
    public void executing() throws SQLException {
        asking();
        if (borrower != null) { // else the transaction manager, or the pool, will end it
            entry.noteBeginning(pool().parts().reports.looksForPlaces());
        }
        entry.executing();
    }

    /** Somebody works with it who is not the borrower: a customizer, or a handle in a transaction. */
    public void executingForOther() {
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

    /** The calling thread goes into code of others that prepares the connection, for a limited time. */
    public void beginPreparing() {
        session().state().prepared();
        entry.beginPreparing();
    }

    /**
     * The calling thread has come out of that code. What it has done stays, whatever the borrower rolls back;
     * and none of it counts as his.
     *
     * @throws SQLException when it cannot stay, or has taken too long
     */
    public void endPreparing() throws SQLException {
        Connection driver = driverConnection(); // lost, if that code has swallowed that
        try {
            entry.keepWork();
            autoCommitIs(driver.getAutoCommit());
        } catch (SQLException e) {
            throw failed(e);
        }
        entry.completed();
        if (!entry.keep()) {
            throw pool().parts().reports.preparingOverdue();
        }
    }

    /**
     * Notes that auto-commit was set.
     *
     * @param on what it is now
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

    /**
     * A session that is lost is let go, so that the next call borrows another one: but not from within a
     * transaction, whose first half would be missing.
     */
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

    /** {@return whether the session can be used no more, and is to be destroyed} */
    public boolean isBroken() {
        return entry.isBroken();
    }

    /** {@return whether its session was lost outside of a transaction: another one can take its place} */
    public boolean isLost() {
        return lost;
    }

    /**
     * What would be lost if it were given back now.
     *
     * @return a clause for an error; null when it is idle
     * @throws SQLException when the driver does not tell
     */
    public String unfinished() throws SQLException {
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

    /** Errors while it is cleaned are of no interest then. */
    boolean isAborted() {
        return aborted;
    }

    PoolEntry entry() {
        return entry;
    }

    /** Ended by the pool, when the connection has come back. */
    Timing use() {
        return use;
    }

    @Override
    public boolean isOver() {
        return over != 0;
    }

    /**
     * Gives the connection back; again has no effect. Errors are logged: the caller can do nothing about
     * them, and a connection that cannot be cleaned is destroyed.
     */
    public void giveBack() {
        if (OVER.compareAndSet(this, 0, 1)) {
            pool().parts().returning.giveBack(this);
        }
    }

    /**
     * Destroys the connection and ends this hand-out.
     *
     * @param executor as {@link Connection#abort} wants it
     * @throws SQLException when the driver refuses; the hand-out has ended all the same
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
     * Has the connection destroyed when it comes back.
     *
     * @param reason why
     */
    public void evict(Eviction reason) {
        entry.breakUp(reason);
    }

    /** The calling thread goes into code of others that is part of the return, for a limited time. */
    public void beginReturning() {
        entry.beginReturning();
    }

    /** The calling thread has come out of that code, and goes on to use the connection. */
    public void endReturning() {
        entry.keep(); // false when it was taken away meanwhile: it is broken then
    }

    /** {@return the session: what was done in it, and changed} */
    public Session session() {
        return entry.session();
    }

    /**
     * Makes what was done so far independent of what the application does.
     *
     * @throws SQLException also when the database would not commit it
     */
    public void keepWork() throws SQLException {
        entry.keepWork();
    }

    /**
     * Rolls back, for no longer than a return may take.
     *
     * @throws SQLException when the driver refuses, or takes too long
     */
    public void rollBack() throws SQLException {
        entry.rollBack();
    }

    /**
     * {@return whether nothing but its end gets through to the database; it is broken then}
     *
     * @throws SQLException when the driver does not tell
     */
    public boolean isBusy() throws SQLException {
        return entry.isBusy();
    }

    /**
     * {@return whether the database would answer a commit by rolling back}
     *
     * @throws SQLException when neither driver nor database tells
     */
    public boolean isInFailedTransaction() throws SQLException {
        return entry.isBusy() || session().work().isInFailedTransaction();
    }
}
