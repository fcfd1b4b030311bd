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
 * One session in the pool: its place, its holder, whether it is fresh, and whether it is to leave.
 *
 * <p>The {@link Opener} opens and closes it.
 *
 * <p>Thread safety: one holder at a time; the hand-over from one to the next, by {@link Slot} or by Agroal,
 * publishes the plain fields.
 */
final class PoolEntry extends Slot {

    private final Consumer<PoolEntry> closer;
    private final Session session;
    private final String pool;
    private final boolean autoCommit;
    private final Freshness freshness;
    private final Holding holding = new Holding();
    private final Departure departure;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Written once, by whoever has waited for it in vain. */
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
     * @param now by {@link System#nanoTime()}: the clock is the dearest part of a borrow
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
                kept = keep();
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
     * Notes where work begins that the application itself will have to commit or roll back.
     *
     * @param always also where nobody can know that yet
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

    /** The holder has got at an object of the driver: nobody notes what is done with that. */
    void unwrapped() {
        session.unwrapped();
        holding.noteUser();
        if (autoCommit) {
            holding.makeTrail().unwrapped();
        }
    }

    /** Whether nothing but its end gets through any more; it is broken then. */
    boolean isBusy() throws SQLException {
        boolean busy = session.work().isBusy();
        if (busy) {
            markBroken(Eviction.BUSY);
        }
        return busy;
    }

    /**
     * Makes what was done so far independent of what the application does.
     *
     * @throws SQLException also when the database would not commit it
     */
    void keepWork() throws SQLException {
        if (isBusy()) {
            throw new SQLException(
                    "the session is in the middle of an exchange that only its initiator can end");
        }
        session.work().keep();
    }

    /** Rolls back, for no longer than a return may take. */
    void rollBack() throws SQLException {
        if (isBusy()) {
            return; // the end of the session rolls back
        }
        boolean kept = beginReturning();
        if (kept) {
            try {
                session.state().rollBack();
                completed();
            } finally {
                kept = keep();
            }
        }
        if (!kept) {
            throw new SQLException("the rollback took too long", "08006");
        }
    }

    /**
     * Ends the use: nothing unfinished and no state is left for the next one.
     *
     * @param left what is still open
     * @return whether statements had run in a transaction that was neither committed nor rolled back
     * @throws SQLException when that cannot be had: the connection must be destroyed
     */
    boolean clean(OpenStatements left) throws SQLException {
        session.state().closeAll(left);
        if (isBroken()) {
            return false;
        }
        if (isBusy()) {
            return true; // with the session what it was in the middle of is rolled back
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
     * Asks the database; a connection that fails is broken. May take as long as the driver does: {@link
     * Validator} knows the limit.
     */
    boolean validate() {
        long asked = System.nanoTime();
        try {
            if (session.isValid()) {
                freshness.proven(asked);
                return true;
            }
        } catch (Throwable e) { // an Error of a driver costs its connection
            Log.debug("pool '" + pool + "': a connection failed its validation", e);
        }
        markBroken(Eviction.INVALID);
        return false;
    }

    // its end

    /** It must be destroyed when it comes back. */
    void markBroken(Eviction reason) {
        departure.markBroken(reason);
    }

    boolean isBroken() {
        return departure.isBroken();
    }

    /** It is well, but its time is over: nobody gets it any more, and it is destroyed when it comes back. */
    void retire(Eviction reason) {
        departure.retire(reason);
    }

    boolean isRetired() {
        return departure.isRetired();
    }

    Departure departure() {
        return departure;
    }

    /** It can be used no more. */
    boolean isDone() {
        return isBroken() || isRetired();
    }

    boolean isClosing() {
        return closing.get();
    }

    /** It may come back to the pool, and be used. */
    boolean isAlive() {
        return !isDone() && !isClosing();
    }

    /** The database does not answer on it. */
    void foundSilent() {
        silent = true;
        markBroken(Eviction.OVERDUE);
    }

    void abort(Executor executor) throws SQLException {
        markBroken(Eviction.ABORTED);
        session.abort(executor);
    }

    // what Agroal tells

    @Override
    protected void reaped() {
        retire(Eviction.IDLE);
    }

    /** Ends the session; returns at once, the opener's thread talks to the database. */
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
