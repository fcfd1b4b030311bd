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
 * A call of code that is not ours, on a thread of the pool, of which nobody waits for longer than a limit.
 *
 * <p>A driver may hang in any call, and a read from a socket cannot be ended but by closing it. So a call
 * that takes too long is given up: its outcome is told that it is overdue, exactly once and instead of its
 * end; when it comes to an end all the same, what it gives is late.
 *
 * <p>Thread safety: safe for concurrent use; {@code state} decides which of end and limit was first, the
 * monitor guards the thread.
 *
 * @param <T> what the call gives
 */
final class ForeignCall<T> implements Runnable {

    /** What becomes of a call. */
    interface Outcome<T> {

        /**
         * The call has ended within its limit.
         *
         * @param result null also when it failed
         * @param error what it threw, an Error too; null when it did not fail
         */
        void ended(@Nullable T result, @Nullable Throwable error);

        /** The call takes longer than its limit, and is given up. Told on the timer's thread: must not wait. */
        void overdue();

        /**
         * A call that was given up has ended.
         *
         * @param result null also when it failed
         */
        default void late(@Nullable T result) {
            // most give nothing that would have to be cleared away
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
     * @param interruptible whether a thread that is overdue may be interrupted: databases that are part of
     *     this process may lose their files by that
     * @throws RejectedExecutionException when the pool is closed; nothing is told then
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
            return null; // the application has stopped, and waits for nothing
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
        } catch (Throwable e) { // a driver's Error costs no more than its connection
            error = e;
        } finally {
            synchronized (this) {
                thread = null;
            }
        }
        if (state.compareAndSet(State.RUNNING, State.ENDED)) {
            outcome.ended(result, error);
        } else {
            Thread.interrupted(); // it was for the call
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
