package org.cabstand.internal;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes what threads of pools log, on a thread of its own: a handler of the application's log may block, or want a
 * connection of the pool.
 *
 * <p>Callers wait for a moment, so that messages stay in order. While one is stuck, nobody waits; its followers are
 * written when it goes on, and too many of them are dropped.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class LogWriter {

    /** The longest that a caller waits. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MOST_WAITING = 1_000;

    /** Short, because the thread keeps the class loader of the application that has this class. */
    private static final long IDLE_MILLIS = 100;

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(
                    0,
                    1,
                    IDLE_MILLIS,
                    TimeUnit.MILLISECONDS,
                    new LinkedBlockingQueue<>(MOST_WAITING),
                    LogWriter::newThread);

    /** A message that nobody waits for any more; null when there is none. Written by whoever gave it up. */
    private volatile @Nullable Future<?> stuck;

    private static Thread newThread(Runnable task) {
        Thread writer = new Thread(null, task, "cabstand-log", 0, false);
        writer.setDaemon(true); // one that is stuck must not keep the process
        writer.setContextClassLoader(null);
        return writer;
    }

    /** Writes a message with the calling thread's context class loader, by which servers tell applications apart. */
    void write(Runnable message) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Future<?> written;
        try {
            written = thread.submit(() -> writeFor(loader, message));
        } catch (RejectedExecutionException e) {
            return; // the log has been stuck for a thousand messages
        }
        Future<?> before = stuck;
        if (before == null || before.isDone()) {
            await(written);
        }
    }

    private void await(Future<?> written) {
        try {
            written.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stuck = written;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is written all the same
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void writeFor(@Nullable ClassLoader loader, Runnable message) {
        Thread writer = Thread.currentThread();
        writer.setContextClassLoader(loader);
        try {
            message.run();
        } finally {
            writer.setContextClassLoader(null);
        }
    }
}
