package org.cabstand.console.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cabstand.PoolOperations;
import org.cabstand.Readiness;

/**
 * The results of readiness checks, which run while somebody looks. A check is slow when the database is silent, so
 * pools are checked in parallel, nobody waits long, and a pool without a result yet is shown with its last one.
 *
 * <p>Thread safety: safe for concurrent use. The threads end when they have had nothing to do for a while, and with the
 * servlet, which opens and closes this.
 */
final class Readinesses implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final int THREADS = 8;

    /** How long to wait for the checks, which by default take a second at most. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    private final Map<String, Readiness> last = new ConcurrentHashMap<>();

    /** Running checks by the pool's name. */
    private final Map<String, Future<?>> asked = new ConcurrentHashMap<>();

    private final ExecutorService threads;

    Readinesses() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread daemon = new Thread(task, "cabstand-console-readiness");
                            daemon.setDaemon(true);
                            return daemon;
                        });
        executor.allowCoreThreadTimeOut(true);
        threads = executor;
    }

    /** Checks pools, and waits a little. */
    void ask(Collection<PoolOperations> pools) {
        List<Future<?>> answers = new ArrayList<>();
        for (PoolOperations pool : pools) {
            answers.add(
                    asked.compute(
                            pool.name(),
                            (name, before) ->
                                    before != null && !before.isDone()
                                            ? before
                                            : threads.submit(() -> ask(pool))));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Future<?> answer : answers) {
            try {
                answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return; // shown with its last result
            } catch (ExecutionException e) {
                LOGGER.log(Level.DEBUG, "no readiness", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // for the server
                return;
            }
        }
    }

    private void ask(PoolOperations pool) {
        last.put(pool.name(), pool.readiness());
    }

    /** The last result for a pool; null before the first. */
    Readiness of(String pool) {
        return last.get(pool);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
