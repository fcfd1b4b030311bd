package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reports the holders of connections when a borrower has waited for {@code slow-acquire}, before the first one times
 * out.
 *
 * <p>No waiter wakes up for that. The timer looks at the first one, who has waited for longest, as long as somebody
 * waits. A thread of the pool writes the report, because the log may be slow.
 *
 * <p>Thread safety: safe for concurrent use. One look at a time is due, so looks do not overlap.
 */
final class SlowAcquire {

    /** The time between two looks while a long wait goes on. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final @Nullable Duration limit;
    private final long limitNanos;
    private final Supplier<PoolLimits> limits;
    private final SessionRegistry sessions;
    private final WaitQueue<PoolEntry> waiting;
    private final Opener opener;
    private final Gate gate;
    private final PoolReports reports;
    private final PoolExecutor threads;
    private final OutageLog log;
    private final AtomicBoolean lookIsDue = new AtomicBoolean();

    /** How many have waited for so long and wait no more, and were neither reported nor counted. */
    private final AtomicInteger ended = new AtomicInteger();

    SlowAcquire(
            PoolSettings settings,
            Supplier<PoolLimits> limits,
            SessionRegistry sessions,
            WaitQueue<PoolEntry> waiting,
            Opener opener,
            Gate gate,
            PoolReports reports,
            PoolExecutor threads) {
        this.limit = settings.watching().slowAcquire();
        this.limitNanos = limit == null ? 0 : limit.toNanos();
        this.limits = limits;
        this.sessions = sessions;
        this.waiting = waiting;
        this.opener = opener;
        this.gate = gate;
        this.reports = reports;
        this.threads = threads;
        this.log = reports.outageLog();
    }

    /** Called when a borrower has begun to wait. */
    void begun() {
        if (limit != null && !lookIsDue.get() && lookIsDue.compareAndSet(false, true)) {
            lookLater(limit, limit);
        }
    }

    /**
     * Called when a borrower no longer waits.
     *
     * <p>There is no branch for long waits: HotSpot would leave it out as long as nobody takes it, and when all of a
     * crowd take it, each would go on interpreted.
     */
    void ended(Waiter<PoolEntry> waiter) {
        if (limit != null) {
            long missing = waiter.since + limitNanos - System.nanoTime();
            ended.addAndGet((int) ((missing - 1) >>> 63)); // 1 if nothing is missing, else 0
        }
    }

    private void lookLater(Duration delay, Duration limit) {
        threads.later(delay, () -> look(limit));
    }

    private void look(Duration limit) {
        Duration next = null;
        try {
            next = nextLook(limit);
        } finally {
            if (next != null) {
                lookLater(next, limit);
            } else {
                lookIsDue.set(false);
                // somebody may have come meanwhile, who has seen that a look is due
                if (waiting.size() > 0) {
                    begun();
                }
            }
        }
    }

    /** Looks; returns when to look again, or null when nobody waits. */
    private @Nullable Duration nextLook(Duration limit) {
        int more = ended.get();
        if (more > 0) {
            ended.addAndGet(-more);
            log.add(more, reports.slowAcquire(limit, false));
        }
        Waiter<PoolEntry> first = waiting.first();
        if (first == null) {
            return null;
        }
        long rest = first.since + limit.toNanos() - System.nanoTime();
        if (rest > 0) {
            return Duration.ofNanos(rest);
        }
        if (isBeforeTimeout(limit) && !isSaidOtherwise() && log.begin()) {
            ended.decrementAndGet(); // this one is not counted as well
            threads.executeIfOpen(() -> Log.log(Level.WARNING, reports.slowAcquire(limit, true)));
        }
        return PERIOD;
    }

    /** Otherwise the error says it all. */
    private boolean isBeforeTimeout(Duration limit) {
        Duration timeout = limits.get().acquisitionTimeout();
        return timeout.isZero() || limit.compareTo(timeout) < 0;
    }

    /**
     * Not if the database opens no sessions, or the pool is suspended: both are reported elsewhere, and there are no
     * holders.
     */
    private boolean isSaidOtherwise() {
        return gate.isSuspended() || opener.failure() != null || sessions.isShortOfOpenOnes();
    }
}
