package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a pool, for what may wait for a database, and the clock for what is due later.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class PoolExecutor {

    private static final long IDLE_SECONDS = 5;

    private final PoolSettings settings;
    private final ScheduledExecutorService timer;
    private final PoolThreads factory;
    private final ThreadPoolExecutor threads;

    /**
     * No threads yet.
     *
     * @param timer runs what is due; nothing on it may wait; not closed here
     * @param loader the application's class loader
     */
    PoolExecutor(PoolSettings settings, ScheduledExecutorService timer, ClassLoader loader) {
        this.settings = settings;
        this.timer = timer;
        this.factory = new PoolThreads(settings.name(), loader);
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        factory);
    }

    /**
     * Runs a task on a thread that is not the caller's.
     *
     * @throws RejectedExecutionException when the pool is closed
     */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** The same, but nothing where the pool is closed, or where there is no thread. */
    void executeIfOpen(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            Log.debug("pool '" + settings.name() + "': no thread for a task", e);
        }
    }

    /** The same, also when the pool is closed. */
    void executeAlways(Runnable task) {
        factory.newThread(task).start();
    }

    /**
     * Begins a call of code that is not ours.
     *
     * @param interruptible whether a thread that is overdue may be interrupted
     * @throws RejectedExecutionException when the pool is closed; nothing is told then
     */
    <T> void call(
            CallLimit limit,
            boolean interruptible,
            Callable<T> call,
            ForeignCall.Outcome<T> outcome) {
        ForeignCall.start(threads, timer, limit.of(settings), interruptible, call, outcome);
    }

    /** The same, also when the pool is closed. */
    <T> void callAlways(
            CallLimit limit,
            boolean interruptible,
            Callable<T> call,
            ForeignCall.Outcome<T> outcome) {
        ForeignCall.start(
                this::executeAlways, timer, limit.of(settings), interruptible, call, outcome);
    }

    /**
     * Does something later, on the timer's thread.
     *
     * @return false when the application has stopped, and nothing is due any more
     */
    boolean later(Duration delay, Runnable task) {
        try {
            timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            Log.debug("pool '" + settings.name() + "': nothing is due any more", e);
            return false;
        }
    }

    /**
     * Does something from time to time, on the timer's thread.
     *
     * @param period null for never
     */
    void repeat(@Nullable Duration period, Runnable task) {
        if (period != null) {
            timer.scheduleWithFixedDelay(
                    () -> runDue(task),
                    period.toMillis(),
                    Math.max(1, period.toMillis()),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** A task that throws would never be run again. */
    private void runDue(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            Log.debug("pool '" + settings.name() + "': what was due has failed", e);
        }
    }

    boolean isShutDown() {
        return threads.isShutdown();
    }

    /** Begins nothing more; what goes on may come to its end. */
    void shutDown() {
        threads.shutdown();
    }

    /** Waits for what goes on, and ends the threads. */
    void awaitEnd(Deadline deadline) {
        try {
            if (!threads.awaitTermination(
                    Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
