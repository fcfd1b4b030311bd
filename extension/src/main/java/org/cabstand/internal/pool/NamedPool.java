package org.cabstand.internal.pool;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.PoolExhaustedException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Transactions;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.jdbc.ConnectionHandle;

/**
 * A pool: gate → Agroal → opener → driver.
 *
 * <p>The gate lets in as many as there are connections; Agroal keeps the idle ones; the opener makes new
 * ones. A {@link Lease} is one hand-out.
 *
 * <p>Thread safety: safe for concurrent use. {@code agroal} is written once under the monitor and read
 * after {@code started}, which is volatile.
 */
public final class NamedPool {

    /** In how long connections are replaced when the credentials have changed. */
    static final Duration ROTATION = Duration.ofSeconds(10);

    private final PoolSettings settings;
    private final TransactionContext transactions;
    private final Supplier<List<ConnectionCustomizer>> customizers;
    private final ScheduledExecutorService housekeeper;
    private final Database database;
    private final Connector connector;
    private final Opener opener;
    private final Gate gate;
    private final HealthProbe probe;
    private final String openerId = UUID.randomUUID().toString();
    private final Reports reports;
    private final ConfigWatch watch;
    private final Trust trust;

    /** Written by the watch. */
    private volatile Limits limits;

    private AgroalDataSource agroal;
    private volatile boolean started;

    /**
     * A pool that has opened nothing yet.
     *
     * @param settings its settings
     * @param driver what opens connections; null only when the pool is not active
     * @param config asked anew for credentials, for each physical connection, and for limits
     * @param transactions knows the JTA transactions of threads
     * @param customizers the application's customizers, asked for at the first borrow
     * @param application the application's name
     * @param housekeeper runs what is due from time to time; not closed here
     * @param loader the application's class loader
     */
    public NamedPool(
            PoolSettings settings,
            DriverSource driver,
            LiveConfig config,
            TransactionContext transactions,
            Supplier<List<ConnectionCustomizer>> customizers,
            String application,
            ScheduledExecutorService housekeeper,
            ClassLoader loader) {
        this.settings = settings;
        this.transactions =
                settings.transactions() == Transactions.OFF
                        ? TransactionContext.NONE
                        : transactions;
        this.customizers = customizers;
        this.housekeeper = housekeeper;
        this.database = settings.url() == null ? Database.OTHER : Database.of(settings.url());
        this.connector =
                new Connector(
                        settings,
                        database,
                        driver,
                        new Logins(settings.name(), config),
                        application);
        this.limits = settings.limits();
        this.opener =
                new Opener(
                        settings,
                        this::limits,
                        connector,
                        new Lifetimes(settings.maxLifetime(), housekeeper, this::checkIdle),
                        loader);
        this.trust = new Trust(settings, database, opener, this::checkIdle);
        this.gate = new Gate(limits.maxSize(), settings.maxWaiting());
        this.reports = new Reports(settings, this::limits);
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
        if (started || !settings.active() || gate.isClosed()) {
            return;
        }
        OpenerDataSource.register(openerId, opener);
        AgroalCallbacks callbacks = new AgroalCallbacks(name(), opener, trust::toBeProvenSince);
        try {
            agroal =
                    AgroalDataSource.from(
                            AgroalConfiguration.of(settings, openerId, callbacks), callbacks);
        } catch (SQLException e) {
            OpenerDataSource.unregister(openerId);
            throw new IllegalStateException("Agroal does not start", e);
        }
        opener.attach(agroal);
        started = true;
        schedule(settings.validationInterval(), trust::validateIdle);
        schedule(ConfigWatch.PERIOD, this::lookAtConfig);
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

    private void schedule(Duration period, Runnable task) {
        if (period != null) {
            housekeeper.scheduleWithFixedDelay(
                    task, period.toMillis(), Math.max(1, period.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    // what may change

    /** What holds now. */
    Limits limits() {
        return limits;
    }

    /** Looks whether the configuration has changed, in the background; done from time to time anyway. */
    public void lookAtConfig() {
        watch.look(opener::execute);
    }

    /** Called by the watch. */
    void follow(Limits next) {
        limits = next;
        gate.resize(next.maxSize());
        AgroalConfiguration.follow(agroal.getConfiguration().connectionPoolConfiguration(), next);
        opener.resized();
        checkIdle();
    }

    /** Called by the watch; whether there was anything to replace. */
    boolean replaceOthers(Fingerprint current) {
        return opener.replaceOthers(current, ROTATION);
    }

    AgroalDataSource agroal() throws SQLException {
        if (!started) {
            if (!settings.active()) {
                throw new SQLException(
                        Message.POOL_INACTIVE.format(settings.name(), settings.keyOf(Key.ACTIVE)),
                        "08003");
            }
            start();
            if (!started) {
                throw closedError();
            }
        }
        return agroal;
    }

    // borrow and return

    /**
     * Borrows a connection, waiting for no longer than {@code acquisition-timeout}.
     *
     * @param handle what the application holds
     * @return a hand-out that the caller must end
     * @throws PoolExhaustedException when all connections stay in use
     * @throws SQLException when the database refuses, the pool is closed or not active, or the thread was
     *     interrupted (its flag stays set)
     */
    Lease borrow(ConnectionHandle handle) throws SQLException {
        Deadline deadline = Deadline.after(limits.acquisitionTimeout());
        agroal();
        try {
            switch (gate.enter(deadline)) {
                case ENTERED:
                    break;
                case TIMED_OUT:
                    throw reports.exhausted(state(), gate.inside(), opener.sessions());
                case TOO_MANY_WAITING:
                    throw reports.tooManyWaiting(state(), gate.inside(), opener.sessions());
                default:
                    throw closedError();
            }
            Lease lease = lend(deadline, handle);
            customize(lease);
            return lease;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    Message.INTERRUPTED.format(settings.name()), "08001", e);
        }
    }

    /**
     * Borrows a connection to check the database with; no customizer is called.
     *
     * @return null when the pool is full until the deadline
     */
    Lease borrowForCheck(Deadline toEnter, Deadline deadline)
            throws SQLException, InterruptedException {
        agroal();
        return switch (gate.enter(toEnter)) {
            case ENTERED -> lend(deadline, null);
            case CLOSED -> throw closedError();
            default -> null;
        };
    }

    /** Called inside the gate; leaves it unless a lease is returned. */
    private Lease lend(Deadline deadline, ConnectionHandle handle)
            throws SQLException, InterruptedException {
        Lease lease = null;
        try {
            for (boolean again = false; lease == null; again = true) {
                // whoever comes in may take what is idle without a look at the clock
                boolean late = again && deadline.hasPassed();
                Connection pooled = late ? null : opener.take(deadline);
                if (pooled == null) {
                    throw new SQLTransientConnectionException(
                            Message.OPEN_TIMEOUT.format(
                                    settings.name(),
                                    settings.shownUrl(),
                                    Reports.shown(limits.acquisitionTimeout()),
                                    opener.opening(),
                                    gate.inside() - 1,
                                    limits.maxSize()),
                            "08001");
                }
                PhysicalConnection physical = pooled.unwrap(PhysicalConnection.class);
                boolean fit = false;
                try {
                    fit = isFit(physical, deadline);
                } finally {
                    if (!fit) {
                        giveBack(pooled);
                    }
                }
                if (fit) {
                    lease = new Lease(this, physical, pooled, handle);
                }
            }
            return lease;
        } finally {
            if (lease == null) {
                gate.leave();
            }
        }
    }

    private boolean isFit(PhysicalConnection physical, Deadline deadline)
            throws InterruptedException {
        if (physical.isRetired()) {
            physical.breakUp();
            return false;
        }
        try {
            long now = System.nanoTime();
            if (!physical.isFresh(trust.suspectSince(), now)) {
                if (!opener.validate(physical, deadline)) {
                    return false;
                }
                now = System.nanoTime();
            }
            physical.handOut(now);
            return true;
        } catch (SQLException e) {
            Log.debug("pool '" + settings.name() + "': beginRequest failed", e);
            physical.breakUp();
            return false;
        } catch (InterruptedException e) {
            physical.breakUp(); // its validation may still run
            throw e;
        }
    }

    private void customize(Lease lease) throws SQLException {
        boolean done = false;
        try {
            for (ConnectionCustomizer customizer : customizers.get()) {
                customizer.customize(settings.name(), new CustomizedConnection(lease));
            }
            done = true;
        } catch (SQLException | RuntimeException e) {
            throw new SQLException(
                    Message.CUSTOMIZER_FAILED.format(settings.name(), e.getMessage()),
                    e instanceof SQLException error ? error.getSQLState() : null,
                    e);
        } finally {
            if (!done) {
                lease.end();
            }
        }
    }

    // transactions

    /** The calling thread's JTA transaction, if this pool takes part in such; null without one. */
    GlobalTransaction transaction() throws SQLException {
        return transactions.current(settings.name());
    }

    void checkOutsideAllowed() throws SQLException {
        if (settings.transactions() == Transactions.REQUIRED) {
            throw new SQLException(
                    Message.TRANSACTION_REQUIRED.format(
                            settings.name(), settings.keyOf(Key.TRANSACTIONS)),
                    "25000");
        }
    }

    /**
     * Fails at once when the calling thread holds every connection itself: nobody else can end its wait.
     *
     * @param reason why it cannot do with what it has
     */
    void checkNotBlocked(String reason) throws SQLException {
        if (gate.inside() < limits.maxSize()) {
            return;
        }
        Thread thread = Thread.currentThread();
        long held = opener.sessions().stream().filter(c -> c.holder() == thread).count();
        if (held >= limits.maxSize()) {
            throw reports.blocked(state(), (int) held, reason);
        }
    }

    SQLException statementElsewhere() {
        return new SQLException(Message.STATEMENT_ELSEWHERE.format(settings.name()), "25000");
    }

    /** The return: called once for each lease, by {@link Lease#end()}. */
    void takeBack(Lease lease) {
        PhysicalConnection physical = lease.physical();
        boolean clean = false;
        try {
            clean = clean(lease, physical);
        } finally {
            if (!clean || physical.isRetired()) {
                physical.breakUp();
            }
            if (physical.isReportedAsLeak()) {
                reports.leakReturned(physical);
            }
            physical.handBack();
            giveBack(lease.pooled());
            if (physical.isRetired() && !physical.isBroken()) {
                checkIdle(); // retired a moment ago, when nobody could know whether it was idle
            }
            gate.leave();
            opener.idleAgain();
        }
    }

    private boolean clean(Lease lease, PhysicalConnection physical) {
        try {
            if (physical.clean(lease.statements())) {
                reports.unfinished(physical);
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            if (e instanceof SQLException error) {
                failed(physical, error);
            }
            if (!lease.isAborted()) {
                reports.returnFailed(e);
            }
            return false;
        }
    }

    /** Agroal keeps it, or destroys it when it is broken. */
    private void giveBack(Connection pooled) {
        try {
            pooled.close();
        } catch (SQLException | RuntimeException e) {
            reports.returnFailed(e);
        }
    }

    /** Told of every error of a driver. */
    void failed(PhysicalConnection physical, SQLException error) {
        trust.failed(physical, error);
    }

    /** Told that the database has ended a session. */
    void suspect() {
        trust.suspect();
    }

    /** Validates idle connections that need it, and closes retired ones, on Agroal's own thread. */
    private void checkIdle() {
        agroal.flush(FlushMode.INVALID);
    }

    // reports

    /**
     * The pool as it is now.
     *
     * @return counts; all zero but the limit before the pool has started
     */
    public PoolState state() {
        if (!started) {
            return new PoolState(0, 0, limits.maxSize(), 0);
        }
        int active = (int) agroal.getMetrics().activeCount();
        int idle = (int) Math.max(0, agroal.getMetrics().availableCount());
        return new PoolState(active, idle, limits.maxSize(), gate.waiting() + opener.waiting());
    }

    /** Whether the last that was heard of the database was bad. */
    boolean isInTrouble() {
        return opener.isFailing() || !trust.isProven();
    }

    long leaks() {
        return reports.leakCount();
    }

    Reports reports() {
        return reports;
    }

    void execute(Runnable task) {
        opener.execute(task);
    }

    boolean isClosed() {
        return gate.isClosed();
    }

    private SQLException closedError() {
        return new SQLException(Message.POOL_CLOSED.format(settings.name()), "08003");
    }

    // closing

    /** Lets nobody borrow any more; what is borrowed may go on. */
    public void refuse() {
        gate.close();
        opener.stop();
    }

    /**
     * Closes the pool: waits until what is borrowed has come back, but not for longer than {@code
     * drain-timeout}, then closes every connection. Call {@link #refuse()} first.
     *
     * @param refusedAt when the pool was told to refuse, by {@link System#nanoTime()}
     */
    public synchronized void close(long refusedAt) {
        if (started) {
            long deadline = refusedAt + settings.drainTimeout().toNanos();
            while (gate.inside() > 0
                    && deadline - System.nanoTime() > 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
            }
            if (gate.inside() > 0) {
                reports.drainIncomplete(gate.inside(), opener.sessions());
            }
            agroal.close();
            OpenerDataSource.unregister(openerId);
        }
        opener.close();
    }
}
