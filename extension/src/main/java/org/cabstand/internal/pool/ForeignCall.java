package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.internal.Log;
import org.jspecify.annotations.Nullable;

/**
 * A call of foreign code on a thread of the pool, with a limit on how long anybody waits for it.
 *
 * <p>A driver may hang in any call, and a read from a socket ends only when the socket is closed. So a call that takes
 * too long is given up: its {@link Outcome} is told, exactly once and instead of the call's end, that the call is
 * overdue. If the call ends after all, its result is late.
 *
 * <p>Thread safety: safe for concurrent use; {@code state} decides whether the end or the limit came first; the monitor
 * guards the thread.
 *
 * @param <T> the result of the call
 */
final class ForeignCall<T> implements Runnable {

    /** Told how a call ends. Exactly one of {@link #ended} and {@link #overdue} is called. */
    interface Outcome<T> {

        /**
         * Called when the call has ended within its limit.
         *
         * @param result null also when it failed
         * @param error the exception or Error that it threw; null when it did not fail
         */
        void ended(@Nullable T result, @Nullable Throwable error);

        /**
         * Called when the call has exceeded its limit and is given up. Runs on the timer's thread, so it must not wait.
         */
        void overdue();

        /**
         * Called when a call that was given up has ended.
         *
         * @param result null also when it failed
         */
        default void late(@Nullable T result) {
            // most calls have no result that must be cleaned up
        }
    }

    private enum State {
        RUNNING,
        ENDED,
        OVERDUE
    }

    private final Callable<T> call;
    private final Outcome<T> outcome;
    private final boolean interruptible;
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    /** Guarded by the monitor; null before and after the call. */
    private @Nullable Thread thread;

    private ForeignCall(Callable<T> call, Outcome<T> outcome, boolean interruptible) {
        this.call = call;
        this.outcome = outcome;
        this.interruptible = interruptible;
    }

    /**
     * Begins a call.
     *
     * @param interruptible whether an overdue thread may be interrupted; a database within this process may lose its
     *     files to an interrupt
     * @throws RejectedExecutionException when the pool is closed; the outcome is not told then
     */
    static <T> void start(
            Executor threads,
            ScheduledExecutorService timer,
            Duration limit,
            boolean interruptible,
            Callable<T> call,
            Outcome<T> outcome) {
        ForeignCall<T> foreign = new ForeignCall<>(call, outcome, interruptible);
        threads.execute(
                () -> {
                    Future<?> alarm = foreign.alarm(timer, limit);
                    try {
                        foreign.run();
                    } finally {
                        if (alarm != null) {
                            alarm.cancel(false);
                        }
                    }
                });
    }

    private @Nullable Future<?> alarm(ScheduledExecutorService timer, Duration limit) {
        try {
            return timer.schedule(this::giveUp, limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null; // the application has stopped and waits for nothing
        }
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        T result = null;
        Throwable error = null;
        try {
            result = call.call();
        } catch (Throwable e) { // a driver's Error must cost no more than its connection
            error = e;
        } finally {
            synchronized (this) {
                thread = null;
            }
        }
        if (state.compareAndSet(State.RUNNING, State.ENDED)) {
            outcome.ended(result, error);
        } else {
            Thread.interrupted(); // the interrupt was meant for the call
            outcome.late(result);
        }
    }

    private void giveUp() {
        if (state.compareAndSet(State.RUNNING, State.OVERDUE)) {
            try {
                outcome.overdue();
            } catch (RuntimeException | Error e) {
                Log.debug("a call that was given up could not be cleared away", e);
            }
            interrupt();
        }
    }

    private synchronized void interrupt() {
        if (thread != null && interruptible) {
            thread.interrupt();
        }
    }
}
