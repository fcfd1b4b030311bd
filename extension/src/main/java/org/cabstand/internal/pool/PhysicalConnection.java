package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.Fingerprint;
import org.cabstand.internal.connect.Session;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.cabstand.internal.monitor.Eviction;

/**
 * One session of the database, as Agroal pools it: the driver's connection and what we know of it.
 *
 * <p>The {@link Opener} opens it, Agroal closes it, through {@link #close()}, which the opener counts.
 *
 * <p>Thread safety: one holder at a time; the hand-over from one to the next, by {@code place} or by Agroal,
 * publishes the plain fields. The volatile ones are also read by reports, which need not see them at once:
 * hence {@code lazySet}, a fence less.
 */
final class PhysicalConnection extends Slot {

    private static final long NEW_NANOS = 1_000_000_000;

    /** For who gets it from a borrower that did not wait for its validation. */
    private static final long JUST_VALIDATED_NANOS = 100_000_000;

    /**
     * Places that leave work unfinished show themselves early; to note each transaction's would cost all of
     * them 3 µs.
     */
    private static final int MOST_BEGINNINGS = 1_000;

    private static final AtomicReferenceFieldUpdater<PhysicalConnection, Thread> HOLDER =
            AtomicReferenceFieldUpdater.newUpdater(
                    PhysicalConnection.class, Thread.class, "holder");
    private static final AtomicLongFieldUpdater<PhysicalConnection> HELD_SINCE =
            AtomicLongFieldUpdater.newUpdater(PhysicalConnection.class, "heldSince");
    private static final AtomicLongFieldUpdater<PhysicalConnection> BORROWS =
            AtomicLongFieldUpdater.newUpdater(PhysicalConnection.class, "borrows");

    private final Opener opener;
    private final PoolSettings settings;
    private final Session session;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Written by the holder, and by who validates it: it was used since it was proven. */
    private boolean used;

    /** By {@link System#nanoTime()}. */
    private final long openedAt = System.nanoTime();

    /** Written by whoever validates, when the answer is there; by {@link System#nanoTime()}. */
    private long answeredAt = openedAt;

    /** Written by whoever validates, with the moment before it asked; by {@link System#nanoTime()}. */
    private volatile long provenAt = openedAt;

    /** Written at the return, when it was in use: by {@link System#nanoTime()}. */
    private long usedUntil = provenAt;

    /** Written by the holder, at borrow and return; null while idle. */
    private volatile Thread holder;

    /** Written by the holder, at borrow, before {@code holder}. */
    private volatile long heldSince;

    /** Written by holders: how often it was borrowed. */
    private volatile long borrows;

    /** Written by the leak report; back to false at the return. */
    private volatile boolean reportedAsLeak;

    /** Written by who uses it, and at borrow; null as long as nothing was noted since. */
    private volatile Trail trail;

    /** Written once, by whoever finds out. */
    private volatile boolean broken;

    /** Written once, by whoever has waited for it in vain. */
    private volatile boolean silent;

    /** Written once, by whoever decides. */
    private volatile boolean retired;

    /** The first reason, before {@code broken} or {@code retired} is set. */
    private final AtomicReference<Eviction> eviction = new AtomicReference<>();

    /** Written by the holder. */
    private int beginningsNoted;

    /** Null when it may live for ever. */
    private final AtomicReference<Future<?>> endOfLife = new AtomicReference<>();

    /** What it was opened with; null once it is to be replaced because that has changed. */
    private final AtomicReference<Fingerprint> login;

    PhysicalConnection(Opener opener, Session session, PoolSettings settings) {
        this.opener = opener;
        this.session = session;
        this.settings = settings;
        this.login = new AtomicReference<>(session.login());
        if (session.isSpoiled()) {
            retire(Eviction.CHANGED);
        }
    }

    // use

    @Override
    boolean takeAway() {
        boolean taken = super.takeAway();
        if (taken) {
            foundSilent();
            HOLDER.lazySet(this, null);
        }
        return taken;
    }

    /**
     * Marks the beginning of a use by the calling thread.
     *
     * @param now by {@link System#nanoTime()}: the clock is the dearest part of a borrow
     */
    void handOut(long now) throws SQLException {
        used = true;
        session.begin();
        if (trail != null) {
            trail = null;
        }
        HELD_SINCE.lazySet(this, now);
        HOLDER.lazySet(this, Thread.currentThread());
        BORROWS.lazySet(this, borrows + 1);
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

    Connection driver() {
        return session.driver();
    }

    /** In a pool of XA connections. */
    XAResource xaResource() throws SQLException {
        return session.xaResource();
    }

    void executing() {
        session.work().executing();
        noteUser();
    }

    private void noteUser() {
        Thread thread = Thread.currentThread();
        if (thread != holder) {
            makeTrail().usedBy(thread);
        }
    }

    /**
     * Notes where work begins that the application itself will have to commit or roll back.
     *
     * @param always also where nobody can know that yet
     */
    void noteBeginning(boolean always) {
        Trail noted = trail;
        if (settings.autoCommit()
                && (noted == null || !noted.isBegun())
                && (session.work().hasExecuted()
                        ? session.work().isToldInSqlTransaction()
                        : always
                                || beginningsNoted < MOST_BEGINNINGS
                                        && session.state()
                                                .isChanged(SessionAttribute.AUTO_COMMIT))) {
            beginningsNoted++;
            makeTrail().begun();
        }
    }

    void completed() {
        session.work().completed();
        Trail noted = trail;
        if (noted != null) {
            noted.completed();
        }
    }

    /** The holder has got at an object of the driver: nobody notes what is done with that. */
    void unwrapped() {
        session.unwrapped();
        noteUser();
        if (settings.autoCommit()) {
            makeTrail().unwrapped();
        }
    }

    /** Whether nothing but its end gets through any more; it is broken then. */
    boolean isBusy() throws SQLException {
        boolean busy = session.work().isBusy();
        if (busy) {
            breakUp(Eviction.BUSY);
        }
        return busy;
    }

    /** Auto-commit is off: what the driver's own objects do from now on is work. */
    void manualBegun() {
        session.work().manualBegun();
    }

    /** Whether work was done in a transaction of the database that has not ended. */
    boolean isInTransaction() throws SQLException {
        return session.work().isInTransaction();
    }

    /** Whether there is a transaction that has begun, be it by a query of the driver's own. */
    boolean isInBegunTransaction() throws SQLException {
        return session.work().isInBegunTransaction();
    }

    /** Whether auto-commit is off and yet no transaction has begun, for sure. */
    boolean isBeforeTransaction() throws SQLException {
        return session.work().isBeforeTransaction();
    }

    /** Whether it is sure that nothing but a roll-back is possible; no round trip. */
    boolean isDoomed() throws SQLException {
        return session.work().isDoomed();
    }

    /** Whether SQL had begun a transaction, as far as a driver knows whose session may be lost. */
    boolean isSeenInWork() {
        return session.work().isSeenInTransaction();
    }

    boolean tellsFailedTransactions() {
        return session.work().tellsFailedTransactions();
    }

    /**
     * Makes what was done so far independent of what the application does.
     *
     * @throws SQLException also when the database would not commit it
     */
    void keepWork() throws SQLException {
        if (isBusy()) {
            throw new SQLException("it is in the middle of what only its beginner can end");
        }
        session.work().keep();
    }

    /** How to come back to what an attribute was when this was opened; null where that is not known. */
    SessionChange wayBack(SessionAttribute attribute) {
        return session.state().wayBack(attribute);
    }

    /** How to come back to what an attribute is now. */
    SessionChange wayBackToNow(SessionAttribute attribute) throws SQLException {
        return session.state().wayBackToNow(attribute);
    }

    /** Whether the database would answer a commit by rolling back. */
    boolean isInFailedTransaction() throws SQLException {
        return isBusy() || session.work().isInFailedTransaction();
    }

    /** Rolls back, for no longer than a return may take. */
    void rollBackInTime() throws SQLException {
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
            throw new SQLException("the roll-back took too long", "08006");
        }
    }

    void changed(SessionAttribute attribute) {
        session.state().changed(attribute);
    }

    /** It must be destroyed when it comes back. */
    void breakUp(Eviction reason) {
        eviction.compareAndSet(null, reason);
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    /** It is well, but its time is over: nobody gets it any more, and it is destroyed when it comes back. */
    void retire(Eviction reason) {
        eviction.compareAndSet(null, reason);
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** What will retire it, instead of what would have; null when nothing needs to. */
    void endsBy(Future<?> task) {
        Future<?> before = endOfLife.getAndSet(task);
        if (before != null) {
            before.cancel(false);
        }
    }

    /** Whether it was opened with other credentials; true once. */
    boolean leavesFor(Fingerprint current) {
        Fingerprint own = login.get();
        return own != null && !own.equals(current) && login.compareAndSet(own, null);
    }

    boolean isClosing() {
        return closing.get();
    }

    /** Whether somebody wants it read-only; false when that cannot be known. */
    boolean isMeantToBeReadOnly() {
        return session.isMeantToBeReadOnly();
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
        if (broken) {
            return false;
        }
        if (isBusy()) {
            return true; // with the session what it was in the middle of is rolled back
        }
        boolean unfinished = session.state().endWork();
        if (!session.state().reset()) {
            breakUp(Eviction.CHANGED);
        }
        return unfinished;
    }

    /** Whether the last one who had it asked the database something. */
    boolean hasWorked() {
        return session.work().hasAsked();
    }

    /** Marks the end of the use. */
    void handBack() {
        if (session.work().hasAsked()) {
            usedUntil = System.nanoTime();
        }
        HOLDER.lazySet(this, null);
        if (reportedAsLeak) {
            reportedAsLeak = false;
        }
    }

    // validation

    /** Whether it may be used without asking the database. */
    boolean isFresh(long suspectSince, long now) {
        if (!isProvenSince(suspectSince)) {
            return false;
        }
        Duration limit = settings.validateAfterIdle();
        return limit == null
                || isNew(now)
                || !limit.isZero() && now - lastAnswer() <= limit.toNanos();
    }

    /** When it was used or validated: to be borrowed and not used tells nothing of a session. */
    private long lastAnswer() {
        long answered = answeredAt;
        return answered - usedUntil > 0 ? answered : usedUntil;
    }

    /** Proven a moment ago, and not used yet. */
    private boolean isNew(long now) {
        long answered = answeredAt;
        return !used && now - answered < (answered == openedAt ? NEW_NANOS : JUST_VALIDATED_NANOS);
    }

    /**
     * Asks the database; a connection that fails is broken. May take as long as the driver does: {@link
     * Validator} knows the limit.
     */
    boolean validate() {
        // what was answered before an outage proves nothing after it, however late that is noted
        long asked = System.nanoTime();
        try {
            if (session.isValid()) {
                answeredAt = System.nanoTime();
                provenAt = asked;
                used = false;
                return true;
            }
        } catch (Throwable e) { // an Error of a driver costs its connection
            Log.debug("pool '" + settings.name() + "': a connection failed its validation", e);
        }
        breakUp(Eviction.INVALID);
        return false;
    }

    /** It can be used no more. */
    boolean isDone() {
        return broken || retired;
    }

    /** It may come back to the pool while a thread waits for it. */
    boolean mayComeTo(Thread waiting) {
        return isAlive() && holder != waiting;
    }

    /** It may come back to the pool, and be used. */
    boolean isAlive() {
        return !isDone() && !isClosing();
    }

    boolean isProvenSince(long suspectSince) {
        return provenAt - suspectSince > 0;
    }

    // reports

    /** Why it leaves the pool; null as long as there is no reason. */
    Eviction eviction() {
        return eviction.get();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }

    /** Null while idle. */
    Thread holder() {
        return holder;
    }

    /** Whether a thread holds it that borrowed it, and no other one has used it since. */
    boolean isOnlyHeldBy(Thread thread) {
        Trail noted = trail;
        return holder == thread && (noted == null || noted.laterUser() == null);
    }

    /** Where it has been since it was borrowed; null when nothing was noted. */
    Trail trail() {
        return trail;
    }

    Trail makeTrail() {
        Trail made = trail;
        if (made == null) {
            made = new Trail();
            trail = made;
        }
        return made;
    }

    long heldNanos() {
        return System.nanoTime() - heldSince;
    }

    /** How often it was borrowed. */
    long borrows() {
        return borrows;
    }

    boolean isReportedAsLeak() {
        return reportedAsLeak;
    }

    void reportAsLeak() {
        reportedAsLeak = true;
    }

    // what Agroal asks

    @Override
    protected boolean mayStay() {
        return opener.mayStay(this);
    }

    @Override
    protected void reaped() {
        retire(Eviction.IDLE);
    }

    /** Ends the session; returns at once, the opener's thread talks to the database. */
    @Override
    protected void close() {
        if (closing.compareAndSet(false, true)) {
            endsBy(null);
            opener.close(this);
        }
    }

    /** Closes the driver's connection; may take as long as the database does. */
    void closeNow() throws SQLException {
        session.close(silent);
    }

    /** The database does not answer on it. */
    void foundSilent() {
        silent = true;
        breakUp(Eviction.OVERDUE);
    }

    /** Ends the session from outside, without a word to the database. */
    void cut() {
        session.cut();
    }

    void abort(Executor executor) throws SQLException {
        breakUp(Eviction.ABORTED);
        session.abort(executor);
    }
}
