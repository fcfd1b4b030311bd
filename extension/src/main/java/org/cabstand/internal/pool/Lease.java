package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Timing;

/**
 * One hand-out of a connection: from the borrow to the one return.
 *
 * <p>Thread safety: {@link #giveBack()} may be called by several threads, the first one ends it. The rest is as
 * JDBC's: one thread at a time is expected, though not enforced.
 */
public final class Lease extends PoolUse {

    /** The application's connection that has borrowed it. */
    public interface Borrower extends Connection {

        /**
         * A statement that was made in this hand-out is about to run: makes the session be as the application
         * wants it.
         *
         * @param lease the hand-out
         * @throws SQLException when work now belongs to another connection, or the driver refuses
         */
        void prepare(Lease lease) throws SQLException;

        /**
         * The session was lost outside of a transaction: another one can take its place.
         *
         * @param lease the hand-out
         */
        void lost(Lease lease);
    }

    private static final AtomicIntegerFieldUpdater<Lease> OVER =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "over");

    private final PhysicalConnection physical;

    /** Null where no application's connection has it for itself. */
    private final Borrower borrower;

    private final Timing use;

    /** Zero until somebody ends it. */
    private volatile int over;

    /** Written by the holder: a session that is lost cannot be asked. */
    private boolean autoCommit;

    /** Written by the holder: it may not be as sessions are when they are opened. */
    private boolean prepared;

    /** Written by the holder. */
    private boolean lost;

    /** Written by the aborting thread, which is the one that cleans. */
    private boolean aborted;

    Lease(NamedPool pool, PhysicalConnection physical, Borrower borrower, Timing use) {
        super(pool);
        this.physical = physical;
        this.borrower = borrower;
        this.use = use;
        this.autoCommit = pool.settings().session().autoCommit();
    }

    @Override
    public Connection driverConnection() throws SQLException {
        if (isOver()) {
            throw new SQLException(Message.CONNECTION_CLOSED.format(pool().name()), "08003");
        }
        return physical.driver();
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
            physical.noteBeginning(pool().reports().looksForPlaces());
        }
        physical.executing();
    }

    /** Somebody works with it who is not the borrower: a customizer, or a handle in a transaction. */
    public void executingForOther() {
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

    /** The calling thread goes into code of others that prepares the connection, for a limited time. */
    public void beginPreparing() {
        prepared = true;
        physical.beginPreparing();
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
            physical.keepWork();
            autoCommitIs(driver.getAutoCommit());
        } catch (SQLException e) {
            throw failed(e);
        }
        physical.completed();
        if (!physical.keep()) {
            throw pool().preparingOverdue();
        }
    }

    /**
     * Auto-commit was set; SQL may set it, too.
     *
     * @param on what it is now
     */
    public void autoCommitIs(boolean on) {
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
            pool().failed(physical, error);
            if (borrower != null && physical.isBroken() && autoCommit && !physical.isSeenInWork()) {
                lost = true;
                borrower.lost(this);
            }
        }
        return error;
    }

    /**
     * Whether the session can be used no more.
     *
     * @return true once it is to be destroyed
     */
    public boolean isBroken() {
        return physical.isBroken();
    }

    /**
     * Whether its session was lost outside of a transaction.
     *
     * @return true when another session can take its place
     */
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
            pool().takeBack(this);
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
                pool().takeBack(this);
            }
        }
    }

    // its connection, for those who borrow

    /**
     * Has the connection destroyed when it comes back.
     *
     * @param reason why
     */
    public void evict(Eviction reason) {
        physical.breakUp(reason);
    }

    /** The calling thread goes into code of others that is part of the return, for a limited time. */
    public void beginReturning() {
        physical.beginReturning();
    }

    /** The calling thread has come out of that code, and goes on to use the connection. */
    public void endReturning() {
        physical.keep(); // false when it was taken away meanwhile: it is broken then
    }

    /** Auto-commit is off: what the driver's own objects do from now on is work. */
    public void manualBegun() {
        physical.manualBegun();
    }

    /**
     * How to come back to what an attribute is before the application changes it.
     *
     * @param attribute what it will change
     * @return null where the driver does not tell
     */
    public SessionChange wayBack(SessionAttribute attribute) {
        if (prepared) {
            try {
                return physical.wayBackToNow(attribute);
            } catch (SQLException | RuntimeException e) {
                Log.debug("the driver does not tell its " + attribute, e);
            }
        }
        return physical.wayBack(attribute);
    }

    /**
     * Whether the database undoes a change of an attribute with the transaction that it was made in.
     *
     * @param attribute what is changed
     * @return false when it stays
     */
    public boolean isUndoneByRollback(SessionAttribute attribute) {
        return pool().database().isUndoneByRollback(attribute);
    }

    /**
     * Makes what was done so far independent of what the application does.
     *
     * @throws SQLException also when the database would not commit it
     */
    public void keepWork() throws SQLException {
        physical.keepWork();
    }

    /**
     * Rolls back, for no longer than a return may take.
     *
     * @throws SQLException when the driver refuses, or takes too long
     */
    public void rollBack() throws SQLException {
        physical.rollBackInTime();
    }

    /**
     * The driver's resource, in a pool of XA connections.
     *
     * @return the one of this session
     * @throws SQLException when the driver refuses
     */
    public XAResource xaResource() throws SQLException {
        return physical.xaResource();
    }

    /**
     * Whether nothing but its end gets through to the database; it is broken then.
     *
     * @return true in the middle of an exchange that only its beginner can end
     * @throws SQLException when the driver does not tell
     */
    public boolean isBusy() throws SQLException {
        return physical.isBusy();
    }

    /**
     * Whether there is a transaction of the database, be it begun by a query of the driver's own.
     *
     * @return true when it has begun
     * @throws SQLException when the driver does not tell
     */
    public boolean isInBegunTransaction() throws SQLException {
        return physical.isInBegunTransaction();
    }

    /**
     * Whether auto-commit is off and yet no transaction has begun.
     *
     * @return true when that is sure
     * @throws SQLException when the driver does not tell
     */
    public boolean isBeforeTransaction() throws SQLException {
        return physical.isBeforeTransaction();
    }

    /**
     * Whether nothing but a roll-back is possible; no round trip.
     *
     * @return true when that is sure
     * @throws SQLException when the driver does not tell
     */
    public boolean isDoomed() throws SQLException {
        return physical.isDoomed();
    }

    /**
     * Whether the database would answer a commit by rolling back.
     *
     * @return true when it would
     * @throws SQLException when neither driver nor database tells
     */
    public boolean isInFailedTransaction() throws SQLException {
        return physical.isInFailedTransaction();
    }

    /**
     * Whether a transaction that a failed statement has doomed can be known by asking.
     *
     * @return false where the error itself must be remembered
     */
    public boolean tellsFailedTransactions() {
        return physical.tellsFailedTransactions();
    }
}
