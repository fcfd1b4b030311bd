package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The line of borrowers who found nothing idle, first come first served.
 *
 * <p>A connection that was at work is handed to the first one, if that has waited for longer than {@link
 * #PATIENCE_NANOS}: nobody who comes later is quicker then. Before, the first one is signalled that it is worth
 * looking again, and whoever runs already may be quicker.
 *
 * <p>A connection that was asked nothing goes to whoever comes: it was held for a moment, nearly always, and to
 * hand it over would take longer. So that nobody starves by that, the first one looks again when its patience
 * is over; if it finds nothing, it gets what comes back next, and so do all behind it who have waited for as
 * long.
 *
 * <p>Thread safety: safe for concurrent use. The monitor, which is held for a few instructions only, guards
 * the line; a waiter's own fields are volatile, or guarded by the monitor too.
 */
final class Line {

    /**
     * Shorter, and threads that change places take more of the processor than short statements; longer, and
     * it would be seen in the answers.
     */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /**
     * Agroal takes idle connections away for a moment, to see whether they are to be reaped, and does not
     * tell when they are back.
     */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** To wake up more would only make them stand in the way of those who run already. */
    private static final int MOST_AWAKE =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Makes the error for those who come after the end; null before. Guarded by the monitor. */
    private Supplier<SQLException> ended;

    /** Guarded by the monitor: how many were woken up, and have not looked yet. */
    private int awake;

    /** Written under the monitor, read without it. */
    private volatile int size;

    /** Written under the monitor, read without it: nobody was woken up, for one of those awake will look again. */
    private volatile boolean missed;

    /** Written under the monitor, read without it: who gets the next connection that comes back. */
    private volatile Waiter next;

    int size() {
        return size;
    }

    /**
     * Joins the line; {@link #leave} must follow.
     *
     * @param limit how long the line may become
     * @return null when it is that long
     */
    synchronized Waiter join(int limit) throws SQLException {
        if (ended != null) {
            throw ended.get();
        }
        if (waiters.size() >= limit) {
            return null;
        }
        Waiter waiter = new Waiter();
        waiters.add(waiter);
        size = waiters.size();
        return waiter;
    }

    /**
     * Leaves the line.
     *
     * @param found whether the waiter found what it was woken up for
     * @return what was handed to the waiter meanwhile; null if nothing was
     */
    synchronized PhysicalConnection leave(Waiter waiter, boolean found) {
        waiters.remove(waiter);
        size = waiters.size();
        boolean toPassOn = missed || waiter.signalled || waiter.awake && !found;
        sleep(waiter);
        if (next == waiter) {
            next = firstImpatient();
        }
        if (toPassOn) {
            missed = false;
            signalFirst();
        }
        return waiter.given;
    }

    /** The waiter looked and found nothing: it wants a new connection, unless it was signalled meanwhile. */
    synchronized void want(Waiter waiter) {
        if (missed) {
            missed = false;
            waiter.signalled = true;
        }
        if (waiter.mayRest()) {
            sleep(waiter);
            waiter.wants = true;
            if (next == null && waiter == waiters.peekFirst() && waiter.isImpatient()) {
                next = waiter;
            }
        }
    }

    /**
     * Waits until something was handed over or it is worth looking again: which the first one does from
     * time to time, the others when they are signalled.
     *
     * @return false when the deadline has passed
     */
    boolean await(Waiter waiter, Deadline deadline) throws SQLException, InterruptedException {
        boolean early = true;
        while (waiter.mayRest()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long remaining = deadline.remainingNanos();
            if (remaining <= 0) {
                return false;
            }
            boolean first = isFirst(waiter);
            if (first && !early) {
                return true;
            }
            long rest = first && !waiter.isImpatient() ? PATIENCE_NANOS : LOOK_AGAIN_NANOS;
            LockSupport.parkNanos(this, Math.min(remaining, rest));
            early = false;
        }
        SQLException error = waiter.failure;
        if (error != null && waiter.given == null) {
            throw Connector.again(error);
        }
        waiter.signalled = false;
        return true;
    }

    private synchronized boolean isFirst(Waiter waiter) {
        return waiter == waiters.peekFirst();
    }

    private void sleep(Waiter waiter) {
        if (waiter.awake) {
            waiter.awake = false;
            awake--;
        }
    }

    /** How many want a new connection. */
    synchronized int wanted() {
        int wanted = 0;
        for (Waiter waiter : waiters) {
            wanted += waiter.wants ? 1 : 0;
        }
        return wanted;
    }

    /** Hands over a connection that came back; false when it is for whoever comes first. */
    boolean handOver(PhysicalConnection connection) {
        return (next != null || size > 0 && connection.hasWorked())
                && connection.keep()
                && handToNext(connection);
    }

    private synchronized boolean handToNext(PhysicalConnection connection) {
        Waiter waiter = next == null ? firstImpatient() : next;
        if (waiter == null) {
            return false;
        }
        waiter.wants = false;
        waiter.given = connection;
        if (waiter == next) {
            next = firstImpatient();
        }
        LockSupport.unpark(waiter.thread);
        return true;
    }

    /** Null when the first who gets something has not waited for long. */
    private Waiter firstImpatient() {
        Waiter first = firstUnserved();
        return first != null && first.isImpatient() ? first : null;
    }

    /** Null when each of them has a connection, or an error, to go away with. */
    private Waiter firstUnserved() {
        for (Waiter waiter : waiters) {
            if (waiter.given == null && waiter.failure == null) {
                return waiter;
            }
        }
        return null;
    }

    /** It is worth looking again, for one. */
    void signalOne() {
        if (size > 0 && !missed) {
            signalFirst();
        }
    }

    private synchronized void signalFirst() {
        Waiter resting = awake < MOST_AWAKE ? firstResting() : null;
        if (resting == null) {
            missed = size > 0;
            return;
        }
        resting.signalled = true;
        resting.wants = false;
        if (!resting.awake) {
            resting.awake = true;
            awake++;
        }
        LockSupport.unpark(resting.thread);
    }

    private Waiter firstResting() {
        for (Waiter waiter : waiters) {
            if (waiter.mayRest()) {
                return waiter;
            }
        }
        return null;
    }

    /**
     * An attempt has failed, and no other one goes on: who has nothing else to wait for hears of it. Who came
     * after it was begun does not: the database may be well since; they get an attempt of their own.
     *
     * @param begun by {@link System#nanoTime()}
     * @param inVain whether a thread has nothing else to wait for
     */
    synchronized void fail(SQLException error, long begun, Predicate<Thread> inVain) {
        for (Waiter waiter : waiters) {
            if (waiter.given == null
                    && waiter.failure == null
                    && begun - waiter.since >= 0
                    && inVain.test(waiter.thread)) {
                fail(waiter, error);
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
        private final long since = System.nanoTime();

        /** Written by the signaller, under the monitor; cleared by the waiter. */
        private volatile boolean signalled;

        /** Written under the monitor. */
        private volatile SQLException failure;

        /** Written under the monitor, by whoever hands it over: in use by the waiter already. */
        private volatile PhysicalConnection given;

        /** Guarded by the monitor: looked and found nothing, and was not signalled since. */
        private boolean wants;

        /** Guarded by the monitor: counted in {@link Line#awake}. */
        private boolean awake;

        private boolean mayRest() {
            return !signalled && failure == null && given == null;
        }

        private boolean isImpatient() {
            return System.nanoTime() - since >= PATIENCE_NANOS;
        }

        /** What was handed over; null if nothing was. */
        PhysicalConnection given() {
            return given;
        }
    }
}
