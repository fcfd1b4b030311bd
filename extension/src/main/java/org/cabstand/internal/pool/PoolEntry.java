package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.Session;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.monitor.Eviction;

/**
 * One session in the pool, with its place, its holder, whether it is fresh, and whether it must leave.
 *
 * <p>The {@link Opener} opens and closes it.
 *
 * <p>Thread safety: one holder at a time; the hand-over from one to the next, by {@link Slot} or by Agroal, publishes
 * the plain fields.
 */
final class PoolEntry extends Slot {

    private final Consumer<PoolEntry> closer;
    private final Session session;
    private final String pool;
    private final boolean autoCommit;
    private final Freshness freshness;
    private final Holding holding = new Holding();
    private final Departure departure;
    private final Cancellations cancellations = new Cancellations();
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Written once, by a thread that has waited for it in vain. */
    private volatile boolean silent;

    PoolEntry(Consumer<PoolEntry> closer, Session session, PoolSettings settings) {
        this.closer = closer;
        this.session = session;
        this.pool = settings.name();
        this.autoCommit = settings.session().autoCommit();
        this.freshness = new Freshness(settings.validation().afterIdle());
        this.departure = new Departure(session.login());
        if (session.isSpoiled()) {
            departure.retire(Eviction.CHANGED);
        }
    }

    Session session() {
        return session;
    }

    Holding holding() {
        return holding;
    }

    Freshness freshness() {
        return freshness;
    }

    Cancellations cancellations() {
        return cancellations;
    }

    // use

    @Override
    boolean takeAway() {
        boolean taken = super.takeAway();
        if (taken) {
            foundSilent();
            holding.taken();
        }
        return taken;
    }

    /**
     * Marks the beginning of a use by the calling thread.
     *
     * @param now by {@link System#nanoTime()}; passed because reading the clock is the most expensive part of a borrow
     */
    void handOut(long now) throws SQLException {
        freshness.beginUse();
        session.begin();
        holding.begin(now);
        if (session.marksRequests()) {
            boolean kept;
            beginPreparing();
            try {
                session.beginRequest();
            } finally {
                kept = reclaim();
            }
            if (!kept) {
                throw new SQLException("beginRequest took too long");
            }
        }
    }

    void executing() {
        session.work().executing();
        holding.noteUser();
    }

    /**
     * Notes where work begins that the application itself must commit or roll back.
     *
     * @param always also if it is not known yet whether it must
     */
    void noteBeginning(boolean always) {
        Trail noted = holding.trail();
        if (autoCommit && (noted == null || !noted.isBegun()) && isBeginning(always)) {
            holding.noteBeginning();
        }
    }

    private boolean isBeginning(boolean always) {
        if (session.work().hasExecuted()) {
            return session.work().isToldInSqlTransaction();
        }
        return always
                || holding.isWorthNoting()
                        && session.state().isChanged(SessionAttribute.AUTO_COMMIT);
    }

    void completed() {
        session.work().completed();
        holding.completed();
    }

    /** Notes that the holder has got an object of the driver, whose use is not noted. */
    void unwrapped() {
        session.unwrapped();
        holding.noteUser();
        if (autoCommit) {
            holding.makeTrail().unwrapped();
        }
    }

    /** Whether only ending the session is possible any more; it is broken then. */
    boolean isBusy() throws SQLException {
        boolean busy = session.work().isBusy();
        if (busy) {
            markBroken(Eviction.BUSY);
        }
        return busy;
    }

    /**
     * Commits the work so far, so that the application cannot undo it.
     *
     * @throws SQLException if the database refuses, or would roll back instead
     */
    void keepWork() throws SQLException {
        if (isBusy()) {
            throw new SQLException(
                    "the session is in the middle of an exchange that only its initiator can end");
        }
        session.work().keep();
    }

    /** Rolls back, within the time limit of a return. */
    void rollBack() throws SQLException {
        if (isBusy()) {
            return; // ending the session rolls back
        }
        boolean kept = beginReturning();
        if (kept) {
            try {
                session.state().rollBack();
                completed();
            } finally {
                kept = reclaim();
            }
        }
        if (!kept) {
            throw new SQLException("the rollback took too long", "08006");
        }
    }

    /**
     * Cleans up after a use: neither unfinished work nor changed state is left for the next borrower.
     *
     * @param left the statements and results that are still open
     * @return whether unfinished work was rolled back
     * @throws SQLException when that fails and the connection must be destroyed
     */
    boolean clean(OpenStatements left) throws SQLException {
        session.state().closeAll(left);
        if (isBroken()) {
            return false;
        }
        if (isBusy()) {
            return true; // ending the session rolls back what it was in the middle of
        }
        boolean unfinished = session.state().endWork();
        if (!session.state().reset()) {
            markBroken(Eviction.CHANGED);
        }
        return unfinished;
    }

    /** Marks the end of the use. */
    void endUse() {
        if (session.work().hasAsked()) {
            freshness.endUse();
        }
        holding.end();
    }

    /**
     * Asks the database; a connection that fails is broken. May take as long as the driver does; {@link Validator}
     * limits it.
     */
    boolean validate() {
        long asked = System.nanoTime();
        try {
            if (session.isValid()) {
                freshness.proven(asked);
                return true;
            }
        } catch (Throwable e) { // a driver's Error costs its connection
            Log.debug("pool '" + pool + "': a connection failed its validation", e);
        }
        markBroken(Eviction.INVALID);
        return false;
    }

    // its end

    /** Marks the connection to be destroyed when it is given back. */
    void markBroken(Eviction reason) {
        departure.markBroken(reason);
    }

    boolean isBroken() {
        return departure.isBroken();
    }

    /** Marks the connection as not to be borrowed again, and to be destroyed when it is given back. It still works. */
    void retire(Eviction reason) {
        departure.retire(reason);
    }

    boolean isRetired() {
        return departure.isRetired();
    }

    Departure departure() {
        return departure;
    }

    /** Whether it must not be used again. */
    boolean isDone() {
        return isBroken() || isRetired();
    }

    boolean isClosing() {
        return closing.get();
    }

    /** Whether it may be given back and used again. */
    boolean isAlive() {
        return !isDone() && !isClosing();
    }

    /** Notes that the database does not answer on it. */
    void foundSilent() {
        silent = true;
        markBroken(Eviction.OVERDUE);
    }

    void abort(Executor executor) throws SQLException {
        markBroken(Eviction.ABORTED);
        session.abort(executor);
    }

    // called by Agroal's pool

    @Override
    protected void reaped() {
        retire(Eviction.IDLE);
    }

    /** Ends the session in the background; a thread of the pool talks to the database. */
    @Override
    protected void close() {
        if (closing.compareAndSet(false, true)) {
            departure.isDueBy(null);
            closer.accept(this);
        }
    }

    /** Closes the driver's connection; may take as long as the database does. */
    void closeNow() throws SQLException {
        session.close(silent);
    }
}
