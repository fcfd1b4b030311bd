package org.cabstand.internal.monitor;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;

/**
 * All monitors of one pool. A monitor that throws is reported and removed; no connection is lost.
 *
 * <p>Thread safety: safe for concurrent use. Changes are made under the monitor; the array is never
 * changed.
 */
public final class Monitors implements PoolMonitor {

    private final Tally tally = new Tally();
    private final StatementWatches statements = new StatementWatches();
    private volatile PoolMonitor[] all = {};

    /** {@return the counts} */
    public Tally tally() {
        return tally;
    }

    /** {@return the watches of statements} */
    public StatementWatches statements() {
        return statements;
    }

    /**
     * Adds a monitor.
     *
     * @param monitor called from now on
     */
    public synchronized void add(PoolMonitor monitor) {
        PoolMonitor[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = monitor;
        all = more;
        if (monitor instanceof StatementWatch watch) {
            statements.add(watch);
        }
    }

    /**
     * Removes a monitor.
     *
     * @param monitor still gets the end of the measurements that it has begun
     * @return whether it was there
     */
    public synchronized boolean remove(PoolMonitor monitor) {
        PoolMonitor[] before = all;
        all = Arrays.stream(before).filter(one -> one != monitor).toArray(PoolMonitor[]::new);
        if (monitor instanceof StatementWatch watch) {
            statements.remove(watch);
        }
        return all.length < before.length;
    }

    @Override
    public Timing borrowing() {
        return begin(PoolMonitor::borrowing);
    }

    @Override
    public Timing using() {
        return begin(PoolMonitor::using);
    }

    @Override
    public Timing opening() {
        return begin(PoolMonitor::opening);
    }

    private Timing begin(Function<PoolMonitor, Timing> what) {
        Timing timing = Timing.NONE;
        for (PoolMonitor monitor : all) {
            try {
                timing = both(timing, monitor, what.apply(monitor));
            } catch (RuntimeException | Error e) {
                failed(monitor, e);
            }
        }
        return timing;
    }

    private Timing both(Timing one, PoolMonitor monitor, Timing other) {
        if (other == Timing.NONE) {
            return one;
        }
        return succeeded -> {
            one.end(succeeded);
            try {
                other.end(succeeded);
            } catch (RuntimeException | Error e) {
                failed(monitor, e);
            }
        };
    }

    @Override
    public void timedOut() {
        tally.timedOut();
        tell(PoolMonitor::timedOut);
    }

    @Override
    public void unfinished() {
        tally.unfinished();
        tell(PoolMonitor::unfinished);
    }

    @Override
    public void evicted(Eviction reason, Duration age) {
        tally.evicted(reason);
        tell(monitor -> monitor.evicted(reason, age));
    }

    private void tell(Consumer<PoolMonitor> event) {
        for (PoolMonitor monitor : all) {
            try {
                event.accept(monitor);
            } catch (RuntimeException | Error e) {
                failed(monitor, e);
            }
        }
    }

    private void failed(PoolMonitor monitor, Throwable error) {
        if (remove(monitor)) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(
                            monitor, error, "It no longer measures the pool."),
                    error);
        }
    }
}
