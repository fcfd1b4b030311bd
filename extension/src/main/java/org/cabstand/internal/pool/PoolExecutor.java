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
 * The threads of a pool, for tasks that may wait for a database, and its timer, for tasks that are due later.
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
     * An executor without threads.
     *
     * @param timer runs tasks that are due, which must not wait; not closed here
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

    /** As {@link #execute}, but does nothing when the pool is closed or there is no thread. */
    void executeIfOpen(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            Log.debug("pool '" + settings.name() + "': no thread for a task", e);
        }
    }

    /** As {@link #execute}, even when the pool is closed. */
    void executeAlways(Runnable task) {
        factory.newThread(task).start();
    }

    /**
     * Begins a call of foreign code.
     *
     * @param interruptible whether an overdue thread may be interrupted
     * @throws RejectedExecutionException when the pool is closed; the outcome is not told then
     */
    <T> void call(
            CallLimit limit,
            boolean interruptible,
            Callable<T> call,
            ForeignCall.Outcome<T> outcome) {
        ForeignCall.start(threads, timer, limit.of(settings), interruptible, call, outcome);
    }

    /** As {@link #call}, even when the pool is closed. */
    <T> void callAlways(
            CallLimit limit,
            boolean interruptible,
            Callable<T> call,
            ForeignCall.Outcome<T> outcome) {
        ForeignCall.start(
                this::executeAlways, timer, limit.of(settings), interruptible, call, outcome);
    }

    /**
     * Runs a task later, on the timer's thread.
     *
     * @return false when the application has stopped and no task will run
     */
    boolean later(Duration delay, Runnable task) {
        try {
            timer.schedule(() -> runDue(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            Log.debug("pool '" + settings.name() + "': nothing is due any more", e);
            return false;
        }
    }

    /**
     * Runs a task periodically, on the timer's thread.
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

    /** Logs what a task throws: the timer would say nothing, and never run it again. */
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

    /** Accepts no more tasks; running ones may finish. */
    void shutDown() {
        threads.shutdown();
    }

    /**
     * Waits for running tasks, and ends the threads.
     *
     * @param interrupts whether running tasks may be interrupted; otherwise their threads end when they have ended
     */
    void awaitEnd(Deadline deadline, boolean interrupts) {
        boolean ended = false;
        try {
            ended =
                    threads.awaitTermination(
                            Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended && interrupts) {
            threads.shutdownNow();
        }
    }
}
