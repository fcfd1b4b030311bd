package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.monitor.Monitors;
import org.cabstand.internal.monitor.StatementWatches;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a pool, and how they are connected: each gets those that were created before it.
 *
 * <p>Thread safety: immutable.
 */
final class PoolParts {

    /** How long an idle connection stays in the cache at most. */
    private static final Duration CACHED_FOR = Duration.ofSeconds(1);

    private final PoolSettings settings;
    final Database database;

    /** The current limits, as configured or changed since by {@link LimitChanges}. */
    final AtomicReference<PoolLimits> limits;

    final Gate gate = new Gate();
    final Monitors monitors = new Monitors();

    /** Null where nobody looks for them. */
    final @Nullable SlowStatements slowStatements;

    final StatementWatches watches = monitors.statements();
    final WaitQueue<PoolEntry> waiting = new WaitQueue<>(System::nanoTime);
    final Suspicion suspicion = new Suspicion();
    final AgroalPool<PoolEntry> agroal;
    final PoolExecutor threads;
    final SessionFactory factory;
    final SessionRegistry sessions;
    final PoolReports reports;
    final LifeSigns life;

    /** Null where nobody looks for them. */
    final @Nullable SecondConnections secondConnections;

    final IdleConnections idle;
    final Opener opener;
    final Validator validator;
    final Recovery recovery;
    final Borrowing borrowing;
    final Returning returning;
    final Watch watch;
    final LimitChanges changes;
    final ConfigWatch configWatch;
    final HealthProbe probe;

    PoolParts(
            PoolSettings settings,
            DriverSource driver,
            LiveConfig config,
            String application,
            ScheduledExecutorService housekeeper,
            ClassLoader loader) {
        this.settings = settings;
        database = settings.hasUrl() ? Database.of(settings.url()) : Database.OTHER;
        limits = new AtomicReference<>(settings.limits());
        factory = new SessionFactory(settings, database, driver, config, application);
        agroal =
                new AgroalPool<>(
                        settings.name(),
                        PoolEntry.class,
                        settings.lifetime().idle(),
                        waiting::signal);
        threads = new PoolExecutor(settings, housekeeper, loader);
        sessions = new SessionRegistry(limits::get, agroal);
        reports = new PoolReports(settings, limits::get, sessions, waiting, housekeeper);
        secondConnections =
                SecondConnections.areLookedFor(settings)
                        ? new SecondConnections(settings, sessions)
                        : null;
        slowStatements = slowStatements();
        life = new LifeSigns(settings, limits::get, factory, sessions, monitors.tally());
        idle = new IdleConnections(gate, agroal, sessions, waiting, reports);
        Lifetimes lifetimes = new Lifetimes(settings.lifetime().max(), housekeeper, idle::check);
        opener =
                new Opener(
                        settings,
                        gate,
                        limits::get,
                        factory,
                        sessions,
                        agroal,
                        waiting,
                        lifetimes,
                        monitors,
                        reports,
                        life,
                        threads);
        validator = new Validator(settings, factory, threads, sessions, idle, waiting, suspicion);
        recovery = new Recovery(settings, database, sessions, idle, validator);
        borrowing =
                new Borrowing(
                        settings,
                        gate,
                        limits::get,
                        sessions,
                        idle,
                        waiting,
                        opener,
                        validator,
                        suspicion,
                        reports,
                        monitors,
                        new SlowAcquire(
                                settings,
                                limits::get,
                                sessions,
                                waiting,
                                opener,
                                gate,
                                reports,
                                threads));
        returning = new Returning(idle, recovery, reports, monitors);
        watch = new Watch(settings, factory, sessions, idle, validator, reports, threads);
        changes = new LimitChanges(settings, limits, sessions, idle, opener);
        configWatch =
                new ConfigWatch(
                        settings,
                        config,
                        changes,
                        sessions,
                        lifetimes,
                        threads,
                        reports.outageLog());
        probe =
                new HealthProbe(
                        settings, gate, database, sessions, waiting, idle, opener, validator,
                        suspicion, threads);
    }

    private @Nullable SlowStatements slowStatements() {
        Duration limit = settings.watching().slowSql();
        if (limit == null) {
            return null;
        }
        SlowStatements slow =
                new SlowStatements(settings, limit, database::masked, watches, threads::later);
        watches.add(slow);
        return slow;
    }

    /** The current limits. */
    PoolLimits limits() {
        return Objects.requireNonNull(limits.get());
    }

    /** Starts the parts, in the background. */
    void start() {
        agroal.start(limits().minSize(), limits().maxSize(), validator::mayStay);
        opener.start();
        threads.repeat(settings.validation().interval(), this::validateIdle);
        threads.repeat(ConfigWatch.PERIOD, configWatch::look);
        threads.repeat(Watch.PERIOD, watch::look);
        threads.repeat(CACHED_FOR, idle::moveAllToAgroal);
        if (settings.timeouts().leak() != null) {
            long period = Math.min(Math.max(settings.timeouts().leak().toMillis() / 4, 20), 10_000);
            threads.repeat(Duration.ofMillis(period), reports::leaks);
        }
    }

    /** Called when the pool is closed. */
    void end() {
        reports.end();
        if (slowStatements != null) {
            slowStatements.end();
        }
    }

    private void validateIdle() {
        suspicion.validateIdle();
        idle.check();
    }
}
