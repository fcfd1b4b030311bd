package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The line of borrowers who found nothing idle, first come first served.
 *
 * <p>A waiter is signalled when it is worth looking again, and failed when there is nothing to wait for.
 *
 * <p>Thread safety: safe for concurrent use. The monitor, which is held for a few instructions only, guards
 * the line; a waiter's own fields are volatile, or guarded by the monitor too.
 */
final class Line {

    /**
     * Agroal takes idle connections away for a moment, to see whether they are to be reaped, and does not
     * tell when they are back.
     */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Makes the error for those who come after the end; null before. Guarded by the monitor. */
    private Supplier<SQLException> ended;

    /** Written under the monitor, read without it. */
    private volatile int size;

    int size() {
        return size;
    }

    /** Joins the line; {@link #leave} must follow. */
    synchronized Waiter join() throws SQLException {
        if (ended != null) {
            throw ended.get();
        }
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        size = waiters.size();
        return waiter;
    }

    synchronized void leave(Waiter waiter) {
        waiters.remove(waiter);
        size = waiters.size();
        if (waiter.signalled) {
            signalFirst(); // what it was woken up for may still be there
        }
    }

    /** The waiter looked and found nothing: it wants a new connection, unless it was signalled meanwhile. */
    synchronized void want(Waiter waiter) {
        waiter.wants = !waiter.signalled && waiter.failure == null;
    }

    /** How many want a new connection. */
    synchronized int wanted() {
        int wanted = 0;
        for (Waiter waiter : waiters) {
            wanted += waiter.wants ? 1 : 0;
        }
        return wanted;
    }

    /** It is worth looking again, for one. */
    void signalOne() {
        if (size > 0) {
            signalFirst();
        }
    }

    private synchronized void signalFirst() {
        for (Waiter waiter : waiters) {
            if (!waiter.signalled && waiter.failure == null) {
                waiter.signalled = true;
                waiter.wants = false;
                LockSupport.unpark(waiter.thread);
                return;
            }
        }
    }

    /** An attempt for one of them has failed: the first one hears of it. */
    synchronized void failFirst(SQLException error) {
        for (Waiter waiter : waiters) {
            if (waiter.failure == null) {
                fail(waiter, error);
                return;
            }
        }
    }

    /** Sends everybody away, and whoever comes later. */
    synchronized void end(Supplier<SQLException> error) {
        ended = error;
        waiters.forEach(waiter -> fail(waiter, error.get()));
    }

    private static void fail(Waiter waiter, SQLException error) {
        waiter.failure = error;
        waiter.wants = false;
        LockSupport.unpark(waiter.thread);
    }

    /** One who waits; made by the thread that does. */
    static final class Waiter {

        private final Thread thread = Thread.currentThread();

        /** Written by the signaller, under the monitor; cleared by the waiter. */
        private volatile boolean signalled;

        /** Written under the monitor. */
        private volatile SQLException failure;

        /** Guarded by the monitor: looked and found nothing, and was not signalled since. */
        private boolean wants;

        /** True when it is worth looking again, false when the deadline has passed. */
        boolean await(Deadline deadline) throws SQLException, InterruptedException {
            long lookAgain = System.nanoTime() + LOOK_AGAIN_NANOS;
            while (!signalled && lookAgain - System.nanoTime() > 0) {
                SQLException error = failure;
                if (error != null) {
                    throw Connector.again(error);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long remaining = deadline.remainingNanos();
                if (remaining <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, Math.min(remaining, LOOK_AGAIN_NANOS));
            }
            signalled = false;
            return true;
        }
    }
}
