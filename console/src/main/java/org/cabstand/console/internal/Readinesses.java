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
 * What the readiness checks say, asked while somebody looks. A check takes its time when the database is silent: so
 * several pools are asked at once, nobody waits for long, and who has not answered yet is shown as it was.
 *
 * <p>Thread safety: safe for concurrent use. The threads end when they have had nothing to do for a while, and with the
 * servlet, which opens and closes this.
 */
final class Readinesses implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final int THREADS = 8;

    /** A check answers within a second unless somebody has configured otherwise. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    private final Map<String, Readiness> last = new ConcurrentHashMap<>();

    /** By the pool's name; those that are under way. */
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

    /** Asks all of these, and waits a little. */
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
                return; // shown as it was
            } catch (ExecutionException e) {
                LOGGER.log(Level.DEBUG, "no readiness", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the server's to see
                return;
            }
        }
    }

    private void ask(PoolOperations pool) {
        last.put(pool.name(), pool.readiness());
    }

    /** What the check of a pool said last; null until it has. */
    Readiness of(String pool) {
        return last.get(pool);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
