package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.monitor.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Retires each connection at its own moment, up to a tenth of {@code max-lifetime} early, so that connections that were
 * opened together, for example by many servers after a restart of the database, are not replaced together.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Lifetimes {

    private static final double JITTER = 0.1;

    private final @Nullable Duration maxLifetime;
    private final ScheduledExecutorService housekeeper;
    private final Runnable closeIdle;

    /**
     * The lifetimes of a pool.
     *
     * @param maxLifetime null for ever
     * @param closeIdle closes idle connections that are retired, in the background
     */
    Lifetimes(
            @Nullable Duration maxLifetime,
            ScheduledExecutorService housekeeper,
            Runnable closeIdle) {
        this.maxLifetime = maxLifetime;
        this.housekeeper = housekeeper;
        this.closeIdle = closeIdle;
    }

    /** Begins the lifetime of a connection that nobody uses yet. */
    void begin(PoolEntry connection) {
        if (maxLifetime != null) {
            double share = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
            endAfter(connection, (long) (maxLifetime.toNanos() * share), Eviction.OLD);
        }
    }

    /** Retires a connection at a random moment within a time. */
    void endWithin(PoolEntry connection, Duration time, Eviction reason) {
        long nanos = ThreadLocalRandom.current().nextLong(time.toNanos());
        endAfter(connection, nanos, reason);
    }

    private void endAfter(PoolEntry connection, long nanos, Eviction reason) {
        connection
                .departure()
                .isDueBy(
                        housekeeper.schedule(
                                () -> end(connection, reason), nanos, TimeUnit.NANOSECONDS));
    }

    private void end(PoolEntry connection, Eviction reason) {
        connection.retire(reason);
        closeIdle.run();
    }
}
