package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.cabstand.PoolExhaustedException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.agroal.PoolStatistics;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.internal.connect.Fingerprint;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Monitors;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.PoolState;
import org.cabstand.internal.monitor.Timing;

/**
 * A pool: idle connections → Agroal → opener → driver.
 *
 * <p>{@link IdleConnections} hands them out and has the line of those who wait; Agroal keeps what is idle;
 * the opener makes new ones, never more than {@code max-size}. A {@link Lease} is one hand-out.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class NamedPool {

    /** How long the cache keeps a connection that nobody uses, at most. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(1);

    /** In how long connections are replaced when the credentials have changed. */
    static final Duration ROTATION = Duration.ofSeconds(10);

    /** In how long a thread that was handed a connection begins to use it. */
    private static final Duration TO_HAND_OVER = Duration.ofMillis(500);

    private final PoolSettings settings;
    private final ScheduledExecutorService housekeeper;
    private final Database database;
    private final SessionFactory factory;
    private final Opener opener;
    private final WaitQueue<PoolEntry> waiting = new WaitQueue<>(System::nanoTime);
    private final AgroalPool<PoolEntry> agroal;
    private final IdleConnections idle;
    private final HealthProbe probe;
    private final Reports reports;
    private final ConfigWatch watch;
    private final Trust trust;
    private final Validator validator;
    private final Watch callWatch;
    private final Monitors monitors = new Monitors();
    private final boolean tracesBorrows;

    /** Written by the watch. */
    private volatile Limits limits;

    /** Written once, under the monitor. */
    private volatile boolean started;

    /** Written once. */
    private volatile boolean closed;

    /**
     * A pool that has opened nothing yet.
     *
     * @param settings its settings
     * @param driver what opens connections; null only when the pool is not active
     * @param config asked anew for credentials, for each physical connection, and for limits
     * @param application the application's name
     * @param housekeeper runs what is due from time to time; not closed here
     * @param loader the application's class loader
     */
    public NamedPool(
            PoolSettings settings,
            DriverSource driver,
            LiveConfig config,
            String application,
            ScheduledExecutorService housekeeper,
            ClassLoader loader) {
        this.settings = settings;
        this.housekeeper = housekeeper;
        this.database = settings.url() == null ? Database.OTHER : Database.of(settings.url());
        this.factory = new SessionFactory(settings, database, driver, config, application);
        this.limits = settings.limits();
        this.tracesBorrows = settings.leakTimeout() != null;
        this.agroal =
                new AgroalPool<>(
                        settings.name(), PoolEntry.class, settings.idleTimeout(), waiting::signal);
        this.opener =
                new Opener(
                        settings,
                        this::limits,
                        factory,
                        new Lifetimes(settings.maxLifetime(), housekeeper, this::checkIdle),
                        agroal,
                        waiting,
                        this::mayStay,
                        monitors,
                        housekeeper,
                        loader);
        this.trust = new Trust(settings, database, opener, this::checkIdle, this::checkSuspects);
        this.reports = new Reports(settings, this::limits, housekeeper);
        this.idle =
                new IdleConnections(
                        agroal,
                        opener,
                        waiting,
                        this::longestLine,
                        this::lineTooLong,
                        this::patience,
                        reports);
        this.validator =
                new Validator(
                        settings,
                        factory,
                        opener.threads(),
                        housekeeper,
                        this::giveBack,
                        trust::silent);
        this.callWatch = new Watch(settings, opener, this::takenAway);
        this.watch = new ConfigWatch(this, config);
        this.probe = new HealthProbe(this);
    }

    /**
     * The pool's name.
     *
     * @return as in {@code cabstand.pool.<name>.<key>}
     */
    public String name() {
        return settings.name();
    }

    /**
     * What was configured.
     *
     * @return the settings
     */
    public PoolSettings settings() {
        return settings;
    }

    /**
     * The pool's health.
     *
     * @return the one probe of this pool
     */
    public HealthProbe probe() {
        return probe;
    }

    /**
     * Starts the pool, in the background: neither waits for the database nor fails without it. The first
     * borrow starts a pool too.
     */
    public synchronized void start() {
        if (isStarted() || !settings.active() || closed) {
            return;
        }
        agroal.start(limits.minSize(), limits.maxSize());
        started = true;
        opener.start();
        schedule(settings.validationInterval(), trust::validateIdle);
        schedule(ConfigWatch.PERIOD, this::lookAtConfig);
        schedule(Watch.PERIOD, callWatch::look);
        schedule(CACHED_FOR, idle::settle);
        if (settings.leakTimeout() != null) {
            long period = Math.min(Math.max(settings.leakTimeout().toMillis() / 4, 20), 10_000);
            schedule(Duration.ofMillis(period), () -> reports.leaks(opener.sessions()));
        }
        if (database == Database.OTHER) {
            Log.log(
                    Level.INFO,
                    Message.UNKNOWN_DATABASE.format(settings.name(), settings.shownUrl()));
        }
        Log.debug("started " + settings);
    }

    /**
     * Has what happens from now on measured.
     *
     * @param monitor told until it is removed
     */
    public void add(PoolMonitor monitor) {
        monitors.add(monitor);
    }

    /**
     * Ends what {@link #add} began.
     *
     * @param monitor told no more, but for what it has begun to measure
     */
    public void remove(PoolMonitor monitor) {
        monitors.remove(monitor);
    }

    private void schedule(Duration period, Runnable task) {
        if (period != null) {
            housekeeper.scheduleWithFixedDelay(
                    () -> runDue(task),
                    period.toMillis(),
                    Math.max(1, period.toMillis()),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** A task that throws would never be run again. */
    private void runDue(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Log.debug("pool '" + settings.name() + "': what was due has failed", e);
        }
    }

    // what may change

    /** Looks whether the configuration has changed, in the background; done from time to time anyway. */
    public void lookAtConfig() {
        if (isStarted()) {
            watch.look(opener.threads(), housekeeper);
        }
    }

    /** Called by the watch. */
    void follow(Limits next) {
        limits = next;
        opener.resized();
        checkIdle();
    }

    /** Called by the watch; whether there was anything to replace. */
    boolean replaceOthers(Fingerprint current) {
        return opener.replaceOthers(current, ROTATION);
    }

    private boolean isStarted() {
        return started;
    }

    private void startIfNeeded() throws SQLException {
        if (!isStarted()) {
            if (!settings.active()) {
                throw new SQLException(
                        Message.POOL_INACTIVE.format(settings.name(), settings.keyOf(Key.ACTIVE)),
                        "08003");
            }
            start();
            if (!isStarted()) {
                throw closedError();
            }
        }
    }

    // borrow and return

    /**
     * Borrows a connection, waiting for no longer than {@code acquisition-timeout}.
     *
     * @param borrower what the application holds; null for who manages the connection's work itself
     * @return a hand-out that the caller must end
     * @throws PoolExhaustedException when all connections stay in use
     * @throws SQLException when the database refuses, the pool is closed or not active, or the thread was
     *     interrupted (its flag stays set)
     */
    public Lease borrow(Borrower borrower) throws SQLException {
        Timing borrowing = monitors.borrowing();
        PoolEntry connection = null;
        try {
            connection = find();
        } finally {
            borrowing.end(connection != null);
        }
        if (tracesBorrows) {
            connection.holding().makeTrail().borrowed();
        }
        Lease lease = new Lease(this, connection, borrower, monitors.using());
        if (closed) {
            lease.giveBack();
            throw closedError();
        }
        return lease;
    }

    private PoolEntry find() throws SQLException {
        PoolEntry cached = idle.poll();
        return cached != null && handOutIfFresh(cached) ? cached : find(cached);
    }

    private PoolEntry find(PoolEntry stale) throws SQLException {
        Deadline deadline = Deadline.after(limits.acquisitionTimeout());
        try {
            PoolEntry connection = find(stale, deadline);
            while (connection == null && !deadline.hasPassed()) {
                checkNotBlocked(reports.givesNoneBack(opener.sessions()));
                connection = find(null, deadline);
            }
            if (connection == null) {
                monitors.timedOut();
                throw withFailure(timedOut());
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    Message.INTERRUPTED.format(settings.name()), "08001", e);
        }
    }

    /** Why there were no more connections, where the database has refused some. */
    private SQLException withFailure(SQLException error) {
        SQLException failure = opener.failure();
        if (failure != null) {
            error.initCause(failure);
        }
        return error;
    }

    /**
     * Who holds every connection itself need not wait for long: it would have to give one back. Unless it has
     * handed one to another thread, which is going to do so: that needs a moment to begin.
     */
    private Deadline patience(Deadline deadline) {
        return holdsAll() ? deadline.orAfter(TO_HAND_OVER) : deadline;
    }

    private SQLException timedOut() {
        int inUse = inUse();
        if (inUse < limits.maxSize() && opener.isBusy()) {
            return new SQLTransientConnectionException(
                    Message.OPEN_TIMEOUT.format(
                            settings.name(),
                            settings.shownUrl(),
                            Reports.shown(limits.acquisitionTimeout()),
                            opener.opening(),
                            inUse,
                            limits.maxSize()),
                    "08001");
        }
        return reports.exhausted(state(), inUse, opener.sessions());
    }

    SQLException preparingOverdue() {
        return new SQLTransientConnectionException(
                Message.PREPARING_OVERDUE.format(
                        settings.name(), Reports.shown(CallLimit.PREPARE.of(settings))),
                "08001");
    }

    // what the probe wants

    /**
     * An idle connection to check the database with, in use by the caller: never one that somebody waits for.
     *
     * @return null when there is none
     */
    PoolEntry takeIdle() throws SQLException {
        startIfNeeded();
        if (closed) {
            throw closedError();
        }
        return idle.takeIdle();
    }

    /** Whether a connection of {@link #takeIdle()} is valid; it goes back in any case. */
    boolean check(PoolEntry connection, Deadline deadline) throws InterruptedException {
        if (!connection.isDone() && !validator.isValid(connection, deadline)) {
            return false; // it goes back when its validation has ended
        }
        boolean valid = !connection.isDone();
        giveBack(connection);
        return valid;
    }

    /** Takes back what nobody has worked with; what can be used no more is destroyed. */
    private void giveBack(PoolEntry connection) {
        if (connection.isDone()) {
            connection.breakUp(Eviction.INVALID);
        }
        idle.giveBack(connection);
    }

    /** As {@link Opener#tryToOpen()}. */
    CompletableFuture<Void> tryToOpen() {
        return opener.tryToOpen();
    }

    /** Whether the database has as many sessions as it may, and some of them are ours: it is well. */
    boolean isFullAtDatabase(SQLException error) {
        return database.isFull(error) && opener.sessions().stream().anyMatch(PoolEntry::isAlive);
    }

    /**
     * Finds a connection that may be used.
     *
     * @param candidate in use by the caller; null to begin with another one
     * @return null when the deadline has passed
     */
    private PoolEntry find(PoolEntry candidate, Deadline deadline)
            throws SQLException, InterruptedException {
        startIfNeeded();
        if (closed) {
            if (candidate != null) {
                idle.giveBack(candidate);
            }
            throw closedError();
        }
        PoolEntry connection = candidate == null ? idle.take(deadline) : candidate;
        while (connection != null) {
            if (isFit(connection, deadline)) {
                return connection;
            }
            connection = deadline.hasPassed() ? null : idle.take(deadline);
        }
        return null;
    }

    /** Whether it may be used; if not, it goes back. */
    private boolean isFit(PoolEntry connection, Deadline deadline) throws InterruptedException {
        if (!connection.isDone()) {
            if (handOutIfFresh(connection)) {
                return true;
            }
            if (!connection.isDone()) {
                if (!validator.isValid(connection, deadline)) {
                    return false;
                }
                if (handOut(connection, System.nanoTime())) {
                    return true;
                }
            }
        }
        giveBack(connection);
        return false;
    }

    private boolean handOutIfFresh(PoolEntry connection) {
        long now = System.nanoTime();
        return !connection.isRetired()
                && connection.freshness().isFresh(trust.suspectSince(), now)
                && handOut(connection, now);
    }

    private boolean handOut(PoolEntry connection, long now) {
        try {
            connection.handOut(now);
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            Log.debug("pool '" + settings.name() + "': beginRequest failed", e);
            connection.breakUp(Eviction.INVALID);
            return false;
        }
    }

    Database database() {
        return database;
    }

    /**
     * Fails at once when the calling thread holds every connection itself: nobody else can end its wait.
     *
     * @param reason why it cannot do with what it has
     * @throws PoolExhaustedException when it does
     */
    public void checkNotBlocked(String reason) throws SQLException {
        if (holdsAll()) {
            throw reports.blocked(state(), inUse(), reason);
        }
    }

    /** Whether the calling thread holds all that there may be, in what it does now: nothing that was forgotten. */
    private boolean holdsAll() {
        Thread thread = Thread.currentThread();
        int max = limits.maxSize();
        List<PoolEntry> held =
                opener.sessions().stream()
                        .filter(session -> session.holding().isOnlyBy(thread))
                        .toList();
        return held.size() >= max && held.stream().allMatch(Holders::isOfThisWork);
    }

    /** The return: called once for each lease, by {@link Lease#giveBack()}. */
    void takeBack(Lease lease) {
        PoolEntry physical = lease.entry();
        if (!physical.beginReturning()) {
            physical.keep(); // it was taken away, and has gone back
            lease.use().end(false);
            return;
        }
        boolean clean = false;
        try {
            clean = clean(lease, physical);
        } finally {
            if (!clean || physical.isRetired()) {
                physical.breakUp(Eviction.UNCLEAN);
            }
            if (physical.holding().isReportedAsLeak()) {
                reports.leakReturned(physical);
            }
            physical.handBack();
            idle.giveBack(physical);
            lease.use().end(true);
            if (physical.isRetired() && !physical.isBroken()) {
                checkIdle(); // retired a moment ago, when nobody could know whether it was idle
            }
        }
    }

    private boolean clean(Lease lease, PoolEntry physical) {
        try {
            if (physical.clean(lease.statements())) {
                reports.unfinished(physical);
                monitors.unfinished();
            }
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            if (e instanceof SQLException error) {
                failed(physical, error);
            }
            if (!lease.isAborted()) {
                reports.returnFailed(e);
            }
            return false;
        }
    }

    /** Told of every error of a driver. */
    void failed(PoolEntry physical, SQLException error) {
        trust.failed(physical, error);
    }

    /** Told that the database has ended a session. */
    public void suspect() {
        trust.suspect();
    }

    /** Validates idle connections that are not proven, all at once and in the background. */
    private void checkSuspects() {
        List<PoolEntry> taken = new ArrayList<>();
        // no more than there are: others come back meanwhile
        for (int i = opener.sessions().size(); i > 0; i--) {
            PoolEntry connection = isStarted() ? idle.takeIdle() : null;
            if (connection == null) {
                break;
            }
            taken.add(connection);
        }
        for (PoolEntry connection : taken) {
            if (connection.isDone() || connection.freshness().isProvenSince(trust.suspectSince())) {
                giveBack(connection);
            } else {
                validator.check(connection);
            }
        }
    }

    /** Whether an idle connection may stay: what was not proven lately is asked. May take its time. */
    private boolean mayStay(PoolEntry connection) {
        return !connection.isDone()
                && (connection.freshness().isProvenSince(trust.toBeProvenSince())
                        || validator.isValid(connection));
    }

    /** Told by the watch, on the housekeeper's thread: its user does not come out of code that is not ours. */
    private void takenAway(PoolEntry connection) {
        boolean returning = connection.wasReturning();
        if (returning) {
            reports.returnOverdue(connection, connection.userName());
        }
        idle.evict(connection);
        // what is read from a socket ends by that, what waits in another way by the interrupt
        opener.executeIfOpen(
                () -> {
                    connection.session().cut();
                    if (factory.mayInterrupt()) {
                        connection.interruptUser();
                    }
                });
        trust.silent();
    }

    /** Validates idle connections that need it, and closes retired ones, on Agroal's own thread. */
    private void checkIdle() {
        idle.settle();
        agroal.check();
    }

    // reports

    /**
     * Agroal's own type as applications may see it.
     *
     * @param connections where its connections come from
     * @return what refuses all that would break the pool's promises
     * @throws SQLException when the pool is closed or not active
     */
    public DataSource agroalView(DataSource connections) throws SQLException {
        startIfNeeded();
        return agroal.view(connections, new Statistics());
    }

    private final class Statistics implements PoolStatistics {

        @Override
        public String name() {
            return NamedPool.this.name();
        }

        @Override
        public int active() {
            return state().active();
        }

        @Override
        public int idle() {
            return state().idle();
        }

        @Override
        public int waiting() {
            return waiting.size();
        }

        @Override
        public long borrows() {
            return opener.borrows();
        }

        @Override
        public long leaks() {
            return reports.leakCount();
        }

        @Override
        public Duration openingTotal() {
            return opener.openingTotal();
        }

        @Override
        public Duration openingMax() {
            return opener.openingMax();
        }
    }

    /**
     * The pool as it is now.
     *
     * @return counts; all zero but the limit before the pool has started
     */
    public PoolState state() {
        int inUse = 0;
        int resting = 0;
        for (PoolEntry session : opener.sessions()) {
            if (session.isInUse()) {
                inUse++;
            } else if (!session.isClosing()) {
                resting++;
            }
        }
        return new PoolState(inUse, resting, limits.maxSize(), waiting.size());
    }

    private int inUse() {
        return (int) opener.sessions().stream().filter(PoolEntry::isInUse).count();
    }

    /** How many may be in the line: {@code max-waiting}, and those for whom there is room. */
    private int longestLine() {
        return settings.maxWaiting() == 0
                ? Integer.MAX_VALUE
                : settings.maxWaiting() + Math.max(0, limits.maxSize() - inUse());
    }

    private SQLException lineTooLong() {
        return reports.tooManyWaiting(state(), inUse(), opener.sessions());
    }

    /**
     * What holds now.
     *
     * @return the limits, as they were configured or changed since
     */
    public Limits limits() {
        return limits;
    }

    /** Whether the last that was heard of the database was bad. */
    boolean isInTrouble() {
        return opener.failure() != null || !trust.isProven();
    }

    Reports reports() {
        return reports;
    }

    /**
     * A log of trouble that comes in crowds, for who uses this pool.
     *
     * @return closed with the pool
     */
    public OutageLog outageLog() {
        return reports.outageLog();
    }

    /**
     * Reports that a connection could not be returned as it should be.
     *
     * @param error what was thrown
     */
    public void returnFailed(Throwable error) {
        reports.returnFailed(error);
    }

    /**
     * Runs something that may wait for the database, on a thread of the pool.
     *
     * @param task what to run
     * @throws RejectedExecutionException when the pool has been closed
     */
    public void execute(Runnable task) {
        opener.execute(task);
    }

    boolean isClosed() {
        return closed;
    }

    private SQLException closedError() {
        return new SQLException(Message.POOL_CLOSED.format(settings.name()), "08003");
    }

    // closing

    /** Lets nobody borrow any more; what is borrowed may go on. */
    public void refuse() {
        closed = true;
        try {
            opener.stop();
        } finally {
            idle.close();
        }
    }

    /**
     * Drains and closes this pool alone. Call {@link #refuse()} first.
     *
     * @param refusedAt when the pool was told to refuse, by {@link System#nanoTime()}
     */
    public void close(long refusedAt) {
        drain(refusedAt);
        closeConnections();
        awaitEnd(Deadline.after(Pools.TIME_TO_CLOSE));
    }

    /**
     * Waits until what is borrowed has come back, but not for longer than {@code drain-timeout}. Call {@link
     * #refuse()} first.
     *
     * @param refusedAt when the pool was told to refuse, by {@link System#nanoTime()}
     */
    void drain(long refusedAt) {
        long deadline = refusedAt + settings.drainTimeout().toNanos();
        while (inUse() > 0
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
        }
        int inUse = inUse();
        if (inUse > 0) {
            reports.drainIncomplete(inUse, opener.sessions());
        }
    }

    /** Begins to close every connection. */
    synchronized void closeConnections() {
        try {
            if (isStarted()) {
                agroal.close();
            }
        } finally {
            opener.shutDown();
        }
    }

    /** Waits until every connection is closed, and ends the threads. */
    void awaitEnd(Deadline deadline) {
        try {
            opener.close(deadline);
        } finally {
            reports.end();
        }
    }
}
