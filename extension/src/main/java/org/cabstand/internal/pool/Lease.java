package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.TrackedResource;
import org.cabstand.internal.monitor.Timing;

/**
 * One hand-out of a connection: from the borrow to the one return.
 *
 * <p>Thread safety: {@link #end()} may be called by several threads, the first one ends it. The rest is as
 * JDBC's: one thread at a time is expected, though not enforced.
 */
public final class Lease implements ConnectionUse {

    private static final AtomicIntegerFieldUpdater<Lease> OVER =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "over");

    private final NamedPool pool;
    private final PhysicalConnection physical;

    /** Null for a transaction's own, and for checks. */
    private final BorrowingConnection handle;

    private final Timing use;

    /** Zero until somebody ends it. */
    private volatile int over;

    /** Written by the holder: a session that is lost cannot be asked. */
    private boolean autoCommit;

    /** Written by the holder. */
    private boolean lost;

    /** Written by the aborting thread, which is the one that cleans. */
    private boolean aborted;

    private final OpenStatements statements = new OpenStatements();

    Lease(NamedPool pool, PhysicalConnection physical, BorrowingConnection handle, Timing use) {
        this.pool = pool;
        this.physical = physical;
        this.handle = handle;
        this.use = use;
        this.autoCommit = pool.settings().autoCommit();
    }

    @Override
    public Connection driverConnection() throws SQLException {
        if (isOver()) {
            throw new SQLException(Message.CONNECTION_CLOSED.format(pool.name()), "08003");
        }
        return physical.driver();
    }

    @Override
    public Connection handle() {
        return handle;
    }

    @Override
    public SQLException endedFor(String what) {
        return isOver() ? pool.outlived(what) : null;
    }

    @Override
    public SQLException refusal(ConnectionUse setIn) {
        return setIn == this ? null : pool.savepointElsewhere();
    }

    @Override
    public void asking() throws SQLException {
        if (isOver()) {
            throw pool.outlived("Statement");
        }
        // without a handle it is a transaction's own, and a customizer is at work
        if (handle != null) {
            if (pool.transaction() != null) {
                throw pool.statementElsewhere();
            }
            handle.bringUpToDate(this);
        }
    }

    @Override
    public void executing() throws SQLException {
        asking();
        if (handle != null) { // else the transaction manager, or the pool, will end it
            physical.noteBeginning(pool.reports().looksForPlaces());
        }
        physical.executing();
    }

    @Override
    public void completed() {
        if (!isOver()) {
            physical.completed();
        }
    }

    @Override
    public SQLException refusal(String method) {
        return null;
    }

    @Override
    public SQLException refusal(SessionAttribute attribute) {
        return null;
    }

    @Override
    public void changed(SessionAttribute attribute) {
        if (!isOver()) {
            physical.changed(attribute);
        }
    }

    /**
     * What customizers have done stays, whatever the borrower rolls back; and none of it counts as his.
     *
     * @throws SQLException when it cannot stay
     */
    void customized() throws SQLException {
        Connection driver = driverConnection(); // lost, if a customizer has swallowed that
        try {
            physical.keepWork();
            autoCommitIs(driver.getAutoCommit());
        } catch (SQLException e) {
            throw failed(e);
        }
        physical.completed();
    }

    /** What was set; SQL may set it, too. */
    void autoCommitIs(boolean on) {
        autoCommit = on;
    }

    @Override
    public void unwrapped() {
        if (!isOver()) {
            physical.unwrapped();
        }
    }

    /**
     * A session that is lost is let go, so that the next call borrows another one: but not from within a
     * transaction, whose first half would be missing.
     */
    @Override
    public SQLException failed(SQLException error) {
        if (!isOver()) {
            pool.failed(physical, error);
            if (handle != null && physical.isBroken() && autoCommit && !physical.isSeenInWork()) {
                lost = true;
                handle.lost(this);
            }
        }
        return error;
    }

    boolean isBroken() {
        return physical.isBroken();
    }

    /** Whether its session was lost outside of a transaction. */
    boolean isLost() {
        return lost;
    }

    @Override
    public <R extends TrackedResource> R track(R resource) {
        statements.add(resource);
        return resource;
    }

    @Override
    public void forget(TrackedResource resource) {
        statements.remove(resource);
    }

    /** What is still open in this hand-out. */
    OpenStatements statements() {
        return statements;
    }

    /**
     * What would be lost if it were given back now.
     *
     * @return a clause for an error; null when it is idle
     */
    String unfinished() throws SQLException {
        if (isOver() || lost) {
            return null;
        }
        if (isBroken()) {
            return "a transaction that was lost with its session";
        }
        if (!statements.isIdle()) {
            return "an open statement or result";
        }
        return physical.isInTransaction() ? "work that is neither committed nor rolled back" : null;
    }

    /** Errors while it is cleaned are of no interest then. */
    boolean isAborted() {
        return aborted;
    }

    PhysicalConnection physical() {
        return physical;
    }

    /** Ended by the pool, when the connection has come back. */
    Timing use() {
        return use;
    }

    /**
     * Whether this hand-out has ended.
     *
     * @return true once {@link #end()} was called
     */
    public boolean isOver() {
        return over != 0;
    }

    /**
     * Gives the connection back; again has no effect. Errors are logged: the caller can do nothing about
     * them, and a connection that cannot be cleaned is destroyed.
     */
    public void end() {
        if (OVER.compareAndSet(this, 0, 1)) {
            pool.takeBack(this);
        }
    }

    /**
     * Destroys the physical connection and ends this hand-out.
     *
     * @param executor as {@link Connection#abort} wants it
     * @throws SQLException when the driver refuses; the hand-out has ended all the same
     */
    public void abort(Executor executor) throws SQLException {
        if (OVER.compareAndSet(this, 0, 1)) {
            aborted = true;
            physical.beginReturning(); // a driver may want to tell the database, and wait for it
            try {
                physical.abort(executor);
            } finally {
                pool.takeBack(this);
            }
        }
    }
}
