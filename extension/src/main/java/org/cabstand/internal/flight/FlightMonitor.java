package org.cabstand.internal.flight;

import java.time.Duration;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.Timing;

/**
 * Writes a pool's events to JDK Flight Recorder.
 *
 * <p>While nothing is recorded it reads neither the clock nor thread names.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class FlightMonitor implements PoolMonitor {

    private final String pool;

    /**
     * Creates the monitor of one pool.
     *
     * @param pool the pool's name
     */
    public FlightMonitor(String pool) {
        this.pool = pool;
    }

    @Override
    public Timing borrowing() {
        return new BorrowEvent().begun(pool);
    }

    @Override
    public Timing using() {
        return new UseEvent().begun(pool);
    }

    @Override
    public Timing opening() {
        return new CreateEvent().begun(pool);
    }

    @Override
    public void timedOut() {
        // the event of the borrow says that it failed
    }

    @Override
    public void unfinished() {
        // the log says who it was
    }

    @Override
    public void evicted(Eviction reason, Duration age) {
        EvictionEvent event = new EvictionEvent();
        if (event.isEnabled()) {
            event.pool = pool;
            event.reason = reason.toString();
            event.age = age.toNanos();
            event.commit();
        }
    }

    @Override
    public String toString() {
        return "Flight Recorder";
    }
}
