package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cabstand.PoolExhaustedException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.config.PoolSettings;

/**
 * What a pool says about those who use it: in its errors and in the log.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Reports {

    /** Beyond this many, holders of unfinished work are reported at DEBUG only. */
    private static final int HOLDERS_TO_WARN_OF = 100;

    private final PoolSettings settings;
    private final Supplier<Limits> limits;
    private final Set<String> warnedOf = ConcurrentHashMap.newKeySet();
    private final AtomicLong leaks = new AtomicLong();

    Reports(PoolSettings settings, Supplier<Limits> limits) {
        this.settings = settings;
        this.limits = limits;
    }

    /** A duration as users write it, e.g. {@code 1.5s}. */
    static String shown(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    PoolExhaustedException exhausted(
            PoolState state, int inUse, List<PhysicalConnection> sessions) {
        return exhausted(
                Message.EXHAUSTED.format(
                        settings.name(),
                        shown(limits.get().acquisitionTimeout()),
                        inUse,
                        state.max(),
                        state.waiting(),
                        Holders.oldest(sessions),
                        settings.keyOf(Key.MAX_SIZE)),
                state,
                inUse);
    }

    PoolExhaustedException tooManyWaiting(
            PoolState state, int inUse, List<PhysicalConnection> sessions) {
        return exhausted(
                Message.TOO_MANY_WAITING.format(
                        settings.name(),
                        inUse,
                        state.max(),
                        state.waiting(),
                        settings.keyOf(Key.MAX_WAITING),
                        Holders.oldest(sessions),
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

    private PoolExhaustedException exhausted(String message, PoolState state, int inUse) {
        return new PoolExhaustedException(
                message, settings.name(), inUse, state.max(), state.waiting());
    }

    /** A WARN once for each holder, which is a place, or a thread where no place is known; without auto-commit every SELECT opens a transaction, so never. */
    void unfinished(PhysicalConnection connection) {
        String thread = Holders.name(connection.holder());
        Optional<String> closer = Holders.closer();
        boolean first =
                settings.autoCommit()
                        && warnedOf.size() < HOLDERS_TO_WARN_OF
                        && warnedOf.add(closer.orElse(thread));
        String holder = closer.map(place -> place + " on " + thread).orElse(thread);
        Log.log(
                first ? Level.WARNING : Level.DEBUG,
                Message.UNFINISHED_WORK.format(settings.name(), holder));
    }

    /** Each leak is reported once. */
    void leaks(List<PhysicalConnection> sessions) {
        for (PhysicalConnection connection : sessions) {
            Thread holder = connection.holder();
            if (holder != null
                    && !connection.isReportedAsLeak()
                    && connection.heldNanos() > settings.leakTimeout().toNanos()) {
                connection.reportAsLeak();
                leaks.incrementAndGet();
                Log.log(
                        Level.WARNING,
                        Message.LEAK.format(
                                settings.name(),
                                shown(settings.leakTimeout()),
                                Holders.name(holder),
                                Holders.whereIsNow(holder)));
            }
        }
    }

    void leakReturned(PhysicalConnection connection) {
        Log.log(
                Level.INFO,
                Message.LEAK_RETURNED.format(settings.name(), Holders.name(connection.holder())));
    }

    long leakCount() {
        return leaks.get();
    }

    void returnFailed(Throwable error) {
        Log.log(
                Level.WARNING,
                Message.RETURN_FAILED.format(settings.name(), error.getMessage()),
                error);
    }

    void returnOverdue(PhysicalConnection connection, String user) {
        Log.log(
                Level.WARNING,
                Message.RETURN_OVERDUE.format(
                        settings.name(), shown(CallLimit.RETURN.of(settings)), user));
    }

    void commitFailed(Throwable cause) {
        Log.log(
                Level.WARNING,
                Message.COMMIT_FAILED.format(settings.name(), cause.getMessage()),
                cause);
    }

    void prepareRefused() {
        Log.log(
                Level.WARNING,
                Message.PREPARE_REFUSED.format(settings.name(), settings.keyOf(Key.TRANSACTIONS)));
    }

    void drainIncomplete(int inUse, List<PhysicalConnection> sessions) {
        Log.log(
                Level.WARNING,
                Message.DRAIN_INCOMPLETE.format(
                        settings.name(),
                        inUse,
                        shown(settings.drainTimeout()),
                        settings.keyOf(Key.DRAIN_TIMEOUT),
                        Holders.oldest(sessions)));
    }
}
