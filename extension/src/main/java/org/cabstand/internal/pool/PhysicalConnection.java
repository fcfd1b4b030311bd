package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.Fingerprint;
import org.cabstand.internal.database.SqlTransaction.State;
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
    private final Connector connector;
    private final PoolSettings settings;
    private final DriverConnection opened;
    private final Connection driver;
    private final Baseline baseline;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Written by the holder. */
    private final Set<SessionAttribute> changed = EnumSet.noneOf(SessionAttribute.class);

    /** Written by the holder, and by who validates it: it was used since it was proven. */
    private boolean used;

    /** Written by the holder: a statement ran since the last commit or rollback. */
    private boolean executed;

    /** Written by the holder: the application has the driver's objects, and works unseen. */
    private boolean unwrapped;

    /** Written by the holder: from then on, whatever was committed since. */
    private boolean worksUnseen;

    /** Written by the holder: what the return asks of the database is bounded. */
    private boolean returnLimited;

    /** By {@link System#nanoTime()}. */
    private final long openedAt = System.nanoTime();

    /** Written by whoever validates; by {@link System#nanoTime()}. */
    private volatile long provenAt = openedAt;

    /** Written at the return, when it was in use: by {@link System#nanoTime()}. */
    private long usedUntil = provenAt;

    /** Written by the holder, at borrow and return; null while idle. */
    private volatile Thread holder;

    /** Written by the holder, at borrow, before {@code holder}. */
    private volatile long heldSince;

    /** Written by the holder: it asked the database something since it was borrowed. */
    private boolean worked;

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
    private final AtomicReference<Fingerprint> login = new AtomicReference<>();

    PhysicalConnection(
            Opener opener,
            Connector connector,
            PoolSettings settings,
            DriverConnection opened,
            Baseline baseline) {
        this.opener = opener;
        this.connector = connector;
        this.settings = settings;
        this.opened = opened;
        this.driver = opened.connection();
        this.baseline = baseline;
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
        worked = false;
        changed.clear();
        executed = false;
        if (trail != null) {
            trail = null;
        }
        unwrapped = false;
        worksUnseen = false;
        HELD_SINCE.lazySet(this, now);
        HOLDER.lazySet(this, Thread.currentThread());
        BORROWS.lazySet(this, borrows + 1);
        if (connector.marksRequests()) {
            boolean kept;
            beginPreparing();
            try {
                connector.markRequest(driver::beginRequest);
            } finally {
                kept = keep();
            }
            if (!kept) {
                throw new SQLException("beginRequest took too long");
            }
        }
    }

    Connection driver() {
        return driver;
    }

    /** In a pool of XA connections. */
    XAResource xaResource() throws SQLException {
        return opened.xa().getXAResource();
    }

    void executing() {
        executed = true;
        worked = true;
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
                && (executed
                        ? isToldSqlTransaction()
                        : always
                                || beginningsNoted < MOST_BEGINNINGS
                                        && changed.contains(SessionAttribute.AUTO_COMMIT))) {
            beginningsNoted++;
            makeTrail().begun();
        }
    }

    private boolean isToldSqlTransaction() {
        try {
            return connector.isToldSqlTransaction(driver);
        } catch (SQLException e) {
            Log.debug("pool '" + settings.name() + "': the driver does not tell", e);
            return false;
        }
    }

    void completed() {
        executed = false;
        Trail noted = trail;
        if (noted != null) {
            noted.completed();
        }
    }

    /** The holder has got at an object of the driver: nobody notes what is done with that. */
    void unwrapped() {
        unwrapped = true;
        worksUnseen = true;
        executing(); // as if it were; else it would not count
        if (settings.autoCommit()) {
            makeTrail().unwrapped();
        }
        changed.addAll(baseline.attributes());
    }

    /** Whether nothing but its end gets through any more; it is broken then. */
    boolean isBusy() throws SQLException {
        boolean busy = unwrapped && connector.isBusy(driver);
        if (busy) {
            breakUp(Eviction.BUSY);
        }
        return busy;
    }

    /** Auto-commit is off: what the driver's own objects do from now on is work. */
    void manualBegun() {
        executed |= worksUnseen;
    }

    /** Whether work was done in a transaction of the database that has not ended. */
    boolean isInTransaction() throws SQLException {
        if (unwrapped && connector.isBusy(driver)) {
            return true;
        }
        if (driver.getAutoCommit()) {
            return connector.isInSqlTransaction(driver);
        }
        return hasWorkedManually()
                || worksUnseen && connector.askedManualTransaction(driver) != State.NONE;
    }

    /** What can be known of it without a round trip, while auto-commit is off. */
    private boolean hasWorkedManually() throws SQLException {
        if (!executed && !worksUnseen) {
            return false; // a driver's own queries, for metadata, say, are no work
        }
        State told = connector.manualTransaction(driver);
        return told == State.UNKNOWN ? executed : told != State.NONE;
    }

    /** Whether there is a transaction that has begun, be it by a query of the driver's own. */
    boolean isInBegunTransaction() throws SQLException {
        if (driver.getAutoCommit()) {
            return connector.isInSqlTransaction(driver);
        }
        State told = connector.manualTransaction(driver);
        return told == State.UNKNOWN ? executed || worksUnseen : told != State.NONE;
    }

    /** Whether auto-commit is off and yet no transaction has begun, for sure. */
    boolean isBeforeTransaction() throws SQLException {
        return connector.manualTransaction(driver) == State.NONE;
    }

    /** Whether it is sure that nothing but a roll-back is possible; no round trip. */
    boolean isDoomed() throws SQLException {
        return connector.manualTransaction(driver) == State.FAILED;
    }

    /** Whether SQL had begun a transaction, as far as a driver knows whose session may be lost. */
    boolean isSeenInWork() {
        try {
            State told = connector.manualTransaction(driver);
            return tellsFailedTransactions() && told != State.NONE;
        } catch (SQLException | RuntimeException e) {
            Log.debug("the driver of a lost session tells nothing", e);
            return false;
        }
    }

    boolean tellsFailedTransactions() {
        return connector.tellsFailedTransactions();
    }

    /**
     * Makes what was done so far independent of what the application does.
     *
     * @throws SQLException also when the database would not commit it
     */
    void keepWork() throws SQLException {
        if (isBusy()) {
            throw new SQLException("it is in the middle of what only its beginner can end");
        } else if (driver.getAutoCommit()) {
            connector.commitSqlTransaction(driver);
        } else if (isDoomed()) {
            throw new SQLException("a statement failed, and with it all that was done", "25P02");
        } else {
            driver.commit();
        }
        worksUnseen = false;
    }

    /** How to come back to what an attribute was when this was opened; null where that is not known. */
    SessionChange wayBack(SessionAttribute attribute) {
        return connector.wayBack(attribute);
    }

    /** Whether the database would answer a commit by rolling back. */
    boolean isInFailedTransaction() throws SQLException {
        return isBusy() || connector.isInFailedTransaction(driver);
    }

    /** Rolls back, for no longer than a return may take. */
    void rollBackInTime() throws SQLException {
        if (isBusy()) {
            return; // the end of the session rolls back
        }
        boolean kept = beginReturning();
        if (kept) {
            try {
                limitReturn();
                driver.rollback();
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
        changed.add(attribute);
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

    void openedWith(Fingerprint fingerprint) {
        login.set(fingerprint);
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
        try {
            return driver.isReadOnly();
        } catch (SQLException e) {
            Log.debug("pool '" + settings.name() + "': isReadOnly failed", e);
            return false;
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
        if (!left.isEmpty()) {
            limitReturn(); // the rest of their rows may have to be read
            left.closeAll();
        }
        return !broken && endWork();
    }

    private boolean endWork() throws SQLException {
        if (isBusy()) {
            return true; // with the session what it was in the middle of is rolled back
        }
        boolean autoCommit = driver.getAutoCommit();
        boolean begunBySql = false;
        boolean unfinished = !autoCommit && hasWorkedManually();
        if (!autoCommit) {
            limitReturn();
            // always: metadata, updatable results and what was unwrapped do work that nobody notes
            driver.rollback();
        } else if (connector.maybeInSqlTransaction(driver)) {
            limitReturn();
            begunBySql = connector.rollBackSqlTransaction(driver);
        }
        unfinished |= begunBySql;
        if (begunBySql || autoCommit != settings.autoCommit()) {
            changed.add(SessionAttribute.AUTO_COMMIT); // SQL may have switched it
        }
        if (!changed.isEmpty()) {
            limitReturn();
            if (!baseline.reset(driver, changed)) {
                breakUp(Eviction.CHANGED);
                return unfinished;
            }
            changed.clear();
        }
        if (settings.reset() == Reset.FULL) {
            limitReturn();
            if (!connector.resetFully(driver)) {
                breakUp(Eviction.CHANGED);
                return unfinished;
            }
        }
        if (returnLimited) {
            connector.liftReturnLimit(driver);
            returnLimited = false;
        }
        executed = false; // where that was begun is still to be reported
        driver.clearWarnings();
        if (connector.marksRequests()) {
            connector.markRequest(driver::endRequest);
        }
        return unfinished;
    }

    private void limitReturn() throws SQLException {
        if (!returnLimited && connector.limitReturn(driver)) {
            returnLimited = true;
            // lifting the limit resets it, at the end
            changed.remove(SessionAttribute.NETWORK_TIMEOUT);
        }
    }

    /** Whether the last one who had it asked the database something. */
    boolean hasWorked() {
        return worked;
    }

    /** Marks the end of the use. */
    void handBack() {
        if (worked) {
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
        long proven = provenAt;
        return proven - usedUntil > 0 ? proven : usedUntil;
    }

    /** Proven a moment ago, and not used yet. */
    private boolean isNew(long now) {
        long proven = provenAt;
        return !used && now - proven < (proven == openedAt ? NEW_NANOS : JUST_VALIDATED_NANOS);
    }

    /**
     * Asks the database; a connection that fails is broken. May take as long as the driver does: {@link
     * Validator} knows the limit.
     */
    boolean validate() {
        try {
            if (ask()) {
                provenAt = System.nanoTime();
                used = false;
                return true;
            }
        } catch (Throwable e) { // an Error of a driver costs its connection
            Log.debug("pool '" + settings.name() + "': a connection failed its validation", e);
        }
        breakUp(Eviction.INVALID);
        return false;
    }

    private boolean ask() throws SQLException {
        int seconds = (int) CallLimit.validationTimeout(settings).toSeconds();
        if (settings.validationQuery() == null) {
            try {
                return driver.isValid(seconds);
            } catch (AbstractMethodError e) {
                return !driver.isClosed(); // one of JDBC 3.0 needs a validation-query for more
            }
        }
        connector.ask(driver, settings.validationQuery());
        return true;
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
        try {
            if (silent) {
                cut(); // a polite end would wait for an answer
            } else {
                connector.limitClose(driver);
            }
        } finally {
            opened.close();
        }
    }

    /** The database does not answer on it. */
    void foundSilent() {
        silent = true;
        breakUp(Eviction.OVERDUE);
    }

    /** Ends the session from outside, without a word to the database. */
    void cut() {
        connector.cut(driver);
    }

    void abort(Executor executor) throws SQLException {
        breakUp(Eviction.ABORTED);
        try {
            driver.abort(executor);
        } catch (AbstractMethodError e) {
            driver.close(); // one of JDBC 4.0 has nothing harder
        }
    }
}
