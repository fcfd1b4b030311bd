package org.cabstand.internal.agroal;

import io.agroal.api.AgroalDataSourceMetrics;
import java.time.Duration;

/**
 * Agroal's metrics, with our own figures for what does not reach Agroal: opening, most borrows, and waiting.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class AgroalMetrics implements AgroalDataSourceMetrics {

    private final AgroalDataSourceMetrics agroal;
    private final PoolStatistics pool;

    AgroalMetrics(AgroalDataSourceMetrics agroal, PoolStatistics pool) {
        this.agroal = agroal;
        this.pool = pool;
    }

    @Override
    public long awaitingCount() {
        return pool.waiting();
    }

    @Override
    public long creationCount() {
        return agroal.creationCount();
    }

    @Override
    public Duration creationTimeAverage() {
        long created = creationCount();
        return created == 0 ? Duration.ZERO : pool.openingTotal().dividedBy(created);
    }

    @Override
    public Duration creationTimeMax() {
        return pool.openingMax();
    }

    @Override
    public Duration creationTimeTotal() {
        return pool.openingTotal();
    }

    @Override
    public long leakDetectionCount() {
        return pool.leaks();
    }

    @Override
    public long invalidCount() {
        return agroal.invalidCount();
    }

    @Override
    public long flushCount() {
        return agroal.flushCount();
    }

    @Override
    public long reapCount() {
        return agroal.reapCount();
    }

    @Override
    public long destroyCount() {
        return agroal.destroyCount();
    }

    @Override
    public long activeCount() {
        return pool.active();
    }

    @Override
    public long heldCount() {
        return agroal.heldCount();
    }

    @Override
    public long maxUsedCount() {
        return Math.max(0, agroal.maxUsedCount()); // Agroal begins with Long.MIN_VALUE
    }

    @Override
    public long availableCount() {
        return pool.idle();
    }

    @Override
    public long acquireCount() {
        return pool.borrows();
    }

    @Override
    public Duration blockingTimeAverage() {
        return agroal.blockingTimeAverage();
    }

    @Override
    public Duration blockingTimeMax() {
        return agroal.blockingTimeMax();
    }

    @Override
    public Duration blockingTimeTotal() {
        return agroal.blockingTimeTotal();
    }

    @Override
    public void reset() {
        agroal.reset();
    }

    /** Built from the getters, because Agroal's own text has Agroal's counts. */
    @Override
    public String toString() {
        return "pool '%s'%n".formatted(pool.name())
                + "connections: %d created, %d invalid, %d reaped, %d flushed, %d destroyed%n"
                        .formatted(
                                creationCount(),
                                invalidCount(),
                                reapCount(),
                                flushCount(),
                                destroyCount())
                + "now: %d active, %d available, %d at most so far; %d waiting%n"
                        .formatted(activeCount(), availableCount(), maxUsedCount(), awaitingCount())
                + "so far: %d acquired, %d leaks%n".formatted(acquireCount(), leakDetectionCount())
                + "creating took %d ms on average, %d ms at most"
                        .formatted(creationTimeAverage().toMillis(), creationTimeMax().toMillis());
    }
}
