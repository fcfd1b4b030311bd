package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import javax.sql.DataSource;
import org.cabstand.PoolCounts;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.monitor.Monitors;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.Timing;
import org.jspecify.annotations.Nullable;

/**
 * A pool, which hands connections out and takes them back. It connects its parts, each of which has one job.
 *
 * <p>{@link Borrowing} finds a connection: an idle one in {@link IdleConnections}, which has a cache in front of
 * Agroal, or, after waiting in the {@link WaitQueue}, one that is returned or that the {@link Opener} opens. The
 * {@link SessionRegistry} keeps the number of sessions within {@code max-size}. A {@link Lease} is one hand-out;
 * {@link Returning} takes it back.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class ConnectionPool {

    private final PoolSettings settings;
    private final PoolParts parts;
    private final IdleConnections idle;
    private final Borrowing borrowing;
    private final Gate gate;
    private final Monitors monitors;
    private final Closing closing;
    private final PoolControl control;
    private final boolean tracesBorrows;
    private final @Nullable SecondConnections secondConnections;

    /** Written once, under the monitor. */
    private volatile boolean started;

    /**
     * A pool that has opened nothing yet.
     *
     * @param settings its settings
     * @param driver opens connections
     * @param config read again for the credentials of each physical connection, and for changed limits
     * @param housekeeper runs periodic tasks; not closed here
     * @param loader the application's class loader
     */
    public ConnectionPool(
            PoolSettings settings,
            DriverSource driver,
            LiveConfig config,
            String application,
            ScheduledExecutorService housekeeper,
            ClassLoader loader) {
        this.settings = settings;
        parts = new PoolParts(settings, driver, config, application, housekeeper, loader);
        idle = parts.idle;
        borrowing = parts.borrowing;
        gate = parts.gate;
        monitors = parts.monitors;
        closing = new Closing(settings, parts);
        control = new PoolControl(this, parts);
        secondConnections = parts.secondConnections;
        tracesBorrows = settings.timeouts().leak() != null || secondConnections != null;
    }

    /** {@return the pool's name, as in {@code cabstand.pool.<name>.<key>}} */
    public String name() {
        return settings.name();
    }

    /** {@return the pool's settings, as deployed} */
    public PoolSettings settings() {
        return settings;
    }

    /** {@return the current limits, as configured or changed since} */
    public PoolLimits limits() {
        return parts.limits();
    }

    // starting

    /** Starts the pool in the background, whether or not the database is up. The first borrow also starts a pool. */
    public synchronized void start() {
        if (started || !settings.active() || gate.isClosed()) {
            return;
        }
        parts.start();
        started = true;
        if (parts.database == Database.OTHER) {
            Log.log(
                    Level.INFO,
                    Message.UNKNOWN_DATABASE.format(settings.name(), settings.shownUrl()));
        }
        Log.debug("started " + settings);
    }

    /** Checks in the background whether the configuration has changed. This also happens periodically. */
    public void lookAtConfig() {
        if (started) {
            parts.configWatch.look();
        }
    }

    /** Starts the pool, unless it has started. */
    void checkUsable() throws SQLException {
        if (!settings.active()) {
            throw parts.reports.inactive();
        }
        if (!started) {
            start();
        }
        if (gate.isClosed()) {
            throw parts.reports.closed();
        }
    }

    // borrow and return

    /**
     * Borrows a connection, waiting for no longer than {@code acquisition-timeout}.
     *
     * @param borrower the application's connection; null for a caller that tracks the connection's work itself
     * @return a lease that the caller must end
     * @throws SQLException when all connections stay in use, the database refuses, the pool is closed or not active, or
     *     the thread was interrupted (its flag stays set)
     */
    public Lease borrow(@Nullable Borrower borrower) throws SQLException {
        if (secondConnections != null && borrower != null) {
            secondConnections.check();
        }
        Timing timing = monitors.borrowing();
        PoolEntry connection = null;
        try {
            connection = find();
        } finally {
            timing.end(connection != null);
        }
        if (tracesBorrows) {
            connection.holding().makeTrail().borrowed(borrower == null);
        }
        return new Lease(this, connection, borrower, monitors.using());
    }

    private PoolEntry find() throws SQLException {
        PoolEntry cached = idle.poll();
        if (cached != null) {
            if (gate.isShut()) {
                idle.giveBack(cached);
                cached = null;
            } else if (borrowing.useIfFresh(cached)) {
                return cached;
            }
        }
        return findOrWait(cached);
    }

    private PoolEntry findOrWait(@Nullable PoolEntry candidate) throws SQLException {
        checkUsable();
        PoolEntry found = borrowing.find(candidate);
        if (gate.isClosed()) {
            new Lease(this, found, null, Timing.NONE).giveBack();
            throw parts.reports.closed();
        }
        return found;
    }

    /**
     * Fails at once when the calling thread holds every connection itself: nobody else can end its wait.
     *
     * @param reason why it cannot do with what it has
     */
    public void checkNotBlocked(String reason) throws SQLException {
        borrowing.checkNotBlocked(reason);
    }

    /** Notes that the database has ended a session. */
    public void suspect() {
        parts.validator.suspectAll();
    }

    /**
     * Runs something that may wait for the database, on a thread of the pool.
     *
     * @param task what to run
     * @throws RejectedExecutionException when the pool has been closed
     */
    public void execute(Runnable task) {
        parts.threads.execute(task);
    }

    /**
     * Agroal's own DataSource type, as applications may see it.
     *
     * @param connections where its connections come from
     * @return a view that refuses whatever would break the pool's promises
     * @throws SQLException when the pool is closed or not active
     */
    public DataSource agroalView(DataSource connections) throws SQLException {
        checkUsable();
        return parts.agroal.view(
                connections, new Statistics(name(), parts.sessions, parts.waiting, parts.reports));
    }

    /** {@return the pool's health} Some servers ask before the application has started: that starts the pool, too. */
    public HealthProbe probe() {
        if (!started) {
            start();
        }
        return parts.probe;
    }

    /** {@return the pool's current counts; all are zero before it has started} */
    public PoolCounts counts() {
        return parts.sessions.counts(parts.waiting.size());
    }

    /** {@return the pool's operations} */
    public PoolControl control() {
        return control;
    }

    /**
     * Adds a monitor.
     *
     * @param monitor called until it is removed
     */
    public void add(PoolMonitor monitor) {
        monitors.add(monitor);
    }

    /**
     * Removes a monitor.
     *
     * @param monitor not called any more
     */
    public void remove(PoolMonitor monitor) {
        monitors.remove(monitor);
    }

    /** The parts, for leases, closing and operations. */
    PoolParts parts() {
        return parts;
    }

    /** {@return a log for repeated trouble, for the users of this pool; it ends with the pool} */
    public OutageLog outageLog() {
        return parts.reports.outageLog();
    }

    /**
     * Reports that the return of a connection has failed.
     *
     * @param error what was thrown
     */
    public void returnFailed(Throwable error) {
        parts.reports.returnFailed(error);
    }

    // closing

    /** Refuses new borrows; connections that are in use may go on. */
    public void refuse() {
        gate.close();
        try {
            parts.opener.stop();
        } finally {
            idle.moveAllToAgroal();
        }
    }

    /** Drains and closes only this pool. */
    public void close() {
        refuse();
        closing.drain(System.nanoTime());
        closeConnections();
        closing.awaitEnd(Deadline.after(Pools.TIME_TO_CLOSE));
    }

    /** As {@link Closing#closeConnections()}, unless it is being started. */
    synchronized void closeConnections() {
        closing.closeConnections();
    }

    /** The steps of its end. */
    Closing closing() {
        return closing;
    }
}
