package org.cabstand.internal.pool;

import java.time.Duration;
import org.cabstand.internal.agroal.PoolStatistics;

/**
 * A pool's figures for Agroal's metrics.
 *
 * <p>Thread safety: safe for concurrent use.
 */
record Statistics(
        String name, SessionRegistry sessions, WaitQueue<PoolEntry> queue, PoolReports reports)
        implements PoolStatistics {

    @Override
    public int active() {
        return sessions.inUse();
    }

    @Override
    public int idle() {
        return sessions.counts(0).idle();
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public long borrows() {
        return sessions.borrows();
    }

    @Override
    public long leaks() {
        return reports.leakCount();
    }

    @Override
    public Duration openingTotal() {
        return sessions.openings().total();
    }

    @Override
    public Duration openingMax() {
        return sessions.openings().max();
    }
}
