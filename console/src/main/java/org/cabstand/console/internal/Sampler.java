package org.cabstand.console.internal;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cabstand.PoolCounts;
import org.cabstand.PoolOperations;

/**
 * Samples each pool once a second while there is a console, because somebody who is called at night wants to see what
 * happened before.
 *
 * <p>A sample reads a few counts. Its thread ends with the servlet, which opens and closes this.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Sampler implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private final Map<String, History> histories = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor thread;

    Sampler(Collection<PoolOperations> pools) {
        pools.forEach(pool -> histories.put(pool.name(), new History()));
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread daemon = new Thread(task, "cabstand-console");
                            daemon.setDaemon(true);
                            return daemon;
                        });
        thread.scheduleAtFixedRate(() -> pools.forEach(this::sample), 0, 1, TimeUnit.SECONDS);
    }

    History of(String pool) {
        return histories.get(pool);
    }

    private void sample(PoolOperations pool) {
        try {
            PoolCounts counts = pool.counts();
            histories
                    .get(pool.name())
                    .add(
                            new History.Sample(
                                    counts.active(),
                                    counts.idle(),
                                    counts.waiting(),
                                    counts.max()));
        } catch (RuntimeException | Error e) { // affects one pool only; try again in a second
            LOGGER.log(Level.DEBUG, "no sample", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            // Tomcat looks next which threads of the application's are left, and warns of a leak
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
