package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
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
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.monitor.PoolState;

/**
 * What a pool says about those who use it: in its errors and in the log.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Reports {

    /** Beyond this many, places of unfinished work are reported at DEBUG only. */
    private static final int PLACES_TO_WARN_OF = 100;

    private final PoolSettings settings;
    private final Supplier<Limits> limits;
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();
    private final AtomicLong leaks = new AtomicLong();
    private final OutageLog failedReturns;
    private final OutageLog overdueReturns;

    /** Of those who use the pool. */
    private final List<OutageLog> others = new CopyOnWriteArrayList<>();

    private final ScheduledExecutorService housekeeper;

    /** Written by whoever reports unfinished work whose place is not known. */
    private volatile boolean looksForPlaces;

    /**
     * Has nothing to say yet.
     *
     * @param housekeeper runs what is due from time to time; not closed here
     */
    Reports(PoolSettings settings, Supplier<Limits> limits, ScheduledExecutorService housekeeper) {
        this.settings = settings;
        this.limits = limits;
        this.housekeeper = housekeeper;
        this.failedReturns = new OutageLog(settings.name(), housekeeper);
        this.overdueReturns = new OutageLog(settings.name(), housekeeper);
    }

    /** A duration as users write it, e.g. {@code 1.5s}. */
    static String shown(Duration duration) {
        return Durations.shown(duration);
    }

    PoolExhaustedException exhausted(PoolState state, int inUse, List<PoolEntry> sessions) {
        return exhausted(
                Message.EXHAUSTED.format(
                        settings.name(),
                        shown(limits.get().acquisitionTimeout()),
                        inUse,
                        state.max(),
                        state.waiting(),
                        oldest(sessions),
                        settings.keyOf(Key.MAX_SIZE)),
                state,
                inUse);
    }

    PoolExhaustedException tooManyWaiting(PoolState state, int inUse, List<PoolEntry> sessions) {
        return exhausted(
                Message.TOO_MANY_WAITING.format(
                        settings.name(),
                        inUse,
                        state.max(),
                        state.waiting(),
                        settings.keyOf(Key.MAX_WAITING),
                        oldest(sessions),
                        settings.keyOf(Key.MAX_SIZE)),
                state,
                inUse);
    }

    /** The calling thread waits for itself. */
    PoolExhaustedException blocked(PoolState state, int held, String reason) {
        return exhausted(
                Message.BLOCKED_BY_ITSELF.format(
                        settings.name(), held, state.max(), reason, settings.keyOf(Key.MAX_SIZE)),
                state,
                held);
    }

    /** Why a thread blocks itself that holds all of these. */
    String givesNoneBack(List<PoolEntry> sessions) {
        return "gives none back while it waits"
                + Holders.ofThisThread(sessions, settings.keyOf(Key.LEAK_TIMEOUT));
    }

    private PoolExhaustedException exhausted(String message, PoolState state, int inUse) {
        return new PoolExhaustedException(
                message, settings.name(), inUse, state.max(), state.waiting());
    }

    private String oldest(List<PoolEntry> sessions) {
        return Holders.oldest(sessions, settings.keyOf(Key.LEAK_TIMEOUT));
    }

    /** A WARN once for each place; without auto-commit every SELECT opens a transaction, so never. */
    void unfinished(PoolEntry connection) {
        String thread = Holders.name(connection.holding().thread());
        String begun = Holders.begun(connection);
        String closer = begun.isEmpty() ? Holders.closer() : "";
        String place = begun + closer;
        boolean first =
                settings.autoCommit() && warnedOf.size() < PLACES_TO_WARN_OF && warnedOf.add(place);
        if (settings.autoCommit() && place.isEmpty()) {
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
     * Whether the place of all work is to be noted: work was found unfinished of which nobody could know that it
     * would have to be finished.
     */
    boolean looksForPlaces() {
        return looksForPlaces;
    }

    /** Each leak is reported once. */
    void leaks(List<PoolEntry> sessions) {
        for (PoolEntry connection : sessions) {
            if (connection.holding().thread() != null
                    && !connection.holding().isReportedAsLeak()
                    && connection.holding().nanos() > settings.leakTimeout().toNanos()) {
                String holder = Holders.of(connection);
                if (!holder.isEmpty()) {
                    connection.holding().reportAsLeak();
                    leaks.incrementAndGet();
                    Log.log(
                            Level.WARNING,
                            Message.LEAK.format(
                                    settings.name(), shown(settings.leakTimeout()), holder));
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

    void returnOverdue(PoolEntry connection, String user) {
        overdueReturns.report(
                Message.RETURN_OVERDUE.format(
                        settings.name(), shown(CallLimit.RETURN.of(settings)), user),
                null);
    }

    /** One for other trouble than that which is reported here; it ends with the pool. */
    OutageLog outageLog() {
        OutageLog log = new OutageLog(settings.name(), housekeeper);
        others.add(log);
        return log;
    }

    /** The pool is closed: what was counted and not yet said is said now. */
    void end() {
        failedReturns.end();
        overdueReturns.end();
        others.forEach(OutageLog::end);
    }

    void drainIncomplete(int inUse, List<PoolEntry> sessions) {
        Log.log(
                Level.WARNING,
                Message.DRAIN_INCOMPLETE.format(
                        settings.name(),
                        inUse,
                        shown(settings.drainTimeout()),
                        settings.keyOf(Key.DRAIN_TIMEOUT),
                        oldest(sessions)));
    }
}
