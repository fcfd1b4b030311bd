package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cabstand.PoolExhaustedException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pool's errors and log messages about its users.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class PoolReports {

    /** The number of places for which unfinished work is a warning; further places are logged at DEBUG. */
    private static final int PLACES_TO_WARN_OF = 100;

    private final PoolSettings settings;
    private final Supplier<PoolLimits> limits;
    private final SessionRegistry sessions;
    private final WaitQueue<PoolEntry> waiting;
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();
    private final AtomicLong leaks = new AtomicLong();
    private final OutageLog failedReturns;
    private final OutageLog overdueReturns;

    /** The logs of this pool's users. */
    private final List<OutageLog> others = new CopyOnWriteArrayList<>();

    private final ScheduledExecutorService housekeeper;

    /** Set when unfinished work is reported whose place is unknown. */
    private volatile boolean looksForPlaces;

    /**
     * Reports of a pool that has not started.
     *
     * @param housekeeper runs periodic tasks; not closed here
     */
    PoolReports(
            PoolSettings settings,
            Supplier<PoolLimits> limits,
            SessionRegistry sessions,
            WaitQueue<PoolEntry> waiting,
            ScheduledExecutorService housekeeper) {
        this.settings = settings;
        this.limits = limits;
        this.sessions = sessions;
        this.waiting = waiting;
        this.housekeeper = housekeeper;
        this.failedReturns = new OutageLog(settings.name(), housekeeper);
        this.overdueReturns = new OutageLog(settings.name(), housekeeper);
    }

    // errors of borrowers

    PoolExhaustedException exhausted() {
        int inUse = sessions.inUse();
        return exhausted(
                Message.EXHAUSTED.format(
                        settings.name(),
                        Durations.shown(limits.get().acquisitionTimeout()),
                        inUse,
                        limits.get().maxSize(),
                        waiting.size(),
                        oldest(),
                        settings.keyOf(Key.MAX_SIZE)),
                inUse);
    }

    PoolExhaustedException tooManyWaiting() {
        int inUse = sessions.inUse();
        return exhausted(
                Message.TOO_MANY_WAITING.format(
                        settings.name(),
                        inUse,
                        limits.get().maxSize(),
                        waiting.size(),
                        settings.keyOf(Key.MAX_WAITING),
                        oldest(),
                        settings.keyOf(Key.MAX_SIZE)),
                inUse);
    }

    /** The error for a borrower of a suspended pool; the clause says why it does not wait any longer. */
    PoolExhaustedException suspended(String clause) {
        int inUse = sessions.inUse();
        return exhausted(
                Message.SUSPENDED.format(
                        settings.name(), clause, inUse, limits.get().maxSize(), waiting.size()),
                inUse);
    }

    /**
     * Logs a long wait.
     *
     * @param whole whether to name the holders, whose threads are looked at
     */
    String slowAcquire(Duration waited, boolean whole) {
        return Message.SLOW_ACQUIRE.format(
                settings.name(),
                Durations.shown(waited),
                sessions.inUse(),
                limits.get().maxSize(),
                waiting.size(),
                whole ? oldest() : "",
                settings.keyOf(Key.MAX_SIZE));
    }

    /** The error for a thread that would wait for itself. */
    PoolExhaustedException blocked(String reason) {
        int held = sessions.inUse();
        return exhausted(
                Message.BLOCKED_BY_ITSELF.format(
                        settings.name(),
                        held,
                        limits.get().maxSize(),
                        reason,
                        settings.keyOf(Key.MAX_SIZE)),
                held);
    }

    /** The reason why a thread that holds all connections blocks itself. */
    String givesNoneBack() {
        return "returns none while it waits"
                + Holders.ofThisThread(sessions.all(), settings.keyOf(Key.LEAK_TIMEOUT));
    }

    private PoolExhaustedException exhausted(String message, int inUse) {
        return new PoolExhaustedException(
                message, settings.name(), inUse, limits.get().maxSize(), waiting.size());
    }

    SQLException closed() {
        return new SQLException(Message.POOL_CLOSED.format(settings.name()), "08003");
    }

    SQLException inactive() {
        return new SQLException(
                Message.POOL_INACTIVE.format(settings.name(), settings.keyOf(Key.ACTIVE)), "08003");
    }

    /** The error when the database, or the way to it, is slow. */
    SQLException openTimeout() {
        return new SQLTransientConnectionException(
                Message.OPEN_TIMEOUT.format(
                        settings.name(),
                        settings.shownUrl(),
                        Durations.shown(limits.get().acquisitionTimeout()),
                        sessions.opening(),
                        sessions.inUse(),
                        limits.get().maxSize()),
                "08001");
    }

    /** The error when a customizer does not return. */
    SQLException preparingOverdue() {
        return new SQLTransientConnectionException(
                Message.PREPARING_OVERDUE.format(
                        settings.name(), Durations.shown(CallLimit.PREPARE.of(settings))),
                "08001");
    }

    private String oldest() {
        return Holders.oldest(sessions.all(), settings.keyOf(Key.LEAK_TIMEOUT));
    }

    // log messages about connections

    void openRecovered(OpeningBackoff.Outage outage) {
        Log.log(
                Level.INFO,
                Message.OPEN_RECOVERED.format(
                        settings.name(),
                        settings.shownUrl(),
                        outage.failures(),
                        Durations.shown(outage.lasted().truncatedTo(ChronoUnit.MILLIS))));
    }

    /**
     * Logs unfinished work: a warning, once for each place. Not when auto-commit is off by configuration, because then
     * every SELECT opens a transaction.
     */
    void unfinished(PoolEntry connection) {
        String thread = Holders.name(connection.holding().thread());
        String begun = Holders.begun(connection);
        String closer = begun.isEmpty() ? Holders.closer() : "";
        String place = begun + closer;
        boolean first =
                settings.session().autoCommit()
                        && warnedOf.size() < PLACES_TO_WARN_OF
                        && warnedOf.add(place);
        if (settings.session().autoCommit() && place.isEmpty()) {
            looksForPlaces = true;
        }
        Log.log(
                first ? Level.WARNING : Level.DEBUG,
                Message.UNFINISHED_WORK.format(
                        settings.name(),
                        begun.isEmpty() ? "" : ", begun at " + begun + ",",
                        closer.isEmpty() ? thread : closer + " on " + thread));
    }

    /**
     * Whether to note where all work begins, because unfinished work was found that had not looked like work to be
     * committed.
     */
    boolean looksForPlaces() {
        return looksForPlaces;
    }

    /** Each leak is reported once. */
    void leaks() {
        Duration timeout = settings.timeouts().leak();
        if (timeout == null) {
            return;
        }
        for (PoolEntry connection : sessions.all()) {
            if (connection.holding().thread() != null
                    && !connection.holding().isReportedAsLeak()
                    && connection.holding().nanos() > timeout.toNanos()) {
                String holder = Holders.of(connection);
                if (!holder.isEmpty()) {
                    connection.holding().reportAsLeak();
                    leaks.incrementAndGet();
                    Log.log(
                            Level.WARNING,
                            Message.LEAK.format(settings.name(), Durations.shown(timeout), holder));
                }
            }
        }
    }

    void leakReturned(PoolEntry connection) {
        Log.log(
                Level.INFO,
                Message.LEAK_RETURNED.format(
                        settings.name(),
                        Holders.name(connection.holding().thread())
                                + Holders.borrowed(connection)));
    }

    long leakCount() {
        return leaks.get();
    }

    void returnFailed(Throwable error) {
        failedReturns.report(
                Message.RETURN_FAILED.format(settings.name(), error.getMessage()), error);
    }

    void returnOverdue(PoolEntry connection, @Nullable String user) {
        overdueReturns.report(
                Message.RETURN_OVERDUE.format(
                        settings.name(), Durations.shown(CallLimit.RETURN.of(settings)), user),
                null);
    }

    /** Creates a log for other trouble; it ends with the pool. */
    OutageLog outageLog() {
        OutageLog log = new OutageLog(settings.name(), housekeeper);
        others.add(log);
        return log;
    }

    /** Logs the counts that have not been logged yet, when the pool is closed. */
    void end() {
        failedReturns.end();
        overdueReturns.end();
        others.forEach(OutageLog::end);
    }

    void drainIncomplete(int inUse) {
        Log.log(
                Level.WARNING,
                Message.DRAIN_INCOMPLETE.format(
                        settings.name(),
                        inUse,
                        Durations.shown(settings.timeouts().drain()),
                        settings.keyOf(Key.DRAIN_TIMEOUT),
                        oldest()));
    }
}
