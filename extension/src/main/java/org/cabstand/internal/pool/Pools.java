package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.cabstand.internal.Log;
import org.jspecify.annotations.Nullable;

/**
 * All pools of an application, and the one thread for their periodic tasks.
 *
 * <p>Thread safety: pools are added at deployment, before the application runs; the rest is safe for concurrent use.
 */
public final class Pools {

    /** How long all sessions together may take to close; the rest are left to the driver. */
    static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

    private final Map<String, ConnectionPool> pools = new TreeMap<>();
    private final ScheduledThreadPoolExecutor housekeeper;

    /**
     * An empty set of pools, without a thread until one is needed.
     *
     * @param loader the application's class loader
     */
    public Pools(ClassLoader loader) {
        housekeeper = new ScheduledThreadPoolExecutor(1, new PoolThreads("housekeeper", loader));
        housekeeper.setRemoveOnCancelPolicy(true);
    }

    /**
     * The thread for periodic tasks, which must not wait for a database.
     *
     * @return closed with the pools
     */
    public ScheduledThreadPoolExecutor housekeeper() {
        return housekeeper;
    }

    /**
     * Adds a pool.
     *
     * @param pool one that has not started
     */
    public void add(ConnectionPool pool) {
        pools.put(pool.name(), pool);
    }

    /**
     * A pool by its name.
     *
     * @param name a name that was configured
     * @return the pool
     */
    public @Nullable ConnectionPool get(String name) {
        return pools.get(name);
    }

    /**
     * All pools.
     *
     * @return in the order of their names
     */
    public Collection<ConnectionPool> all() {
        return pools.values();
    }

    /** Starts every pool, in the background. */
    public void start() {
        for (ConnectionPool pool : pools.values()) {
            pool.parts().life.begin();
            pool.start();
        }
    }

    /** Drains and closes all pools at the same time. A failure of one does not affect the others. */
    public void close() {
        each(ConnectionPool::refuse);
        long refusedAt = System.nanoTime();
        each(pool -> pool.closing().drain(refusedAt));
        each(ConnectionPool::closeConnections);
        Deadline deadline = Deadline.after(TIME_TO_CLOSE);
        each(pool -> pool.closing().awaitEnd(deadline));
        each(pool -> pool.parts().life.end());
        housekeeper.shutdownNow();
    }

    private void each(Consumer<ConnectionPool> step) {
        for (ConnectionPool pool : pools.values()) {
            try {
                step.accept(pool);
            } catch (Throwable e) {
                Log.notClosed("pool '" + pool.name() + "'", e);
            }
        }
    }
}
