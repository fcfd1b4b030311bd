package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.cabstand.internal.connect.ConnectErrors;
import org.jspecify.annotations.Nullable;

/**
 * The borrowers who found nothing idle, first come first served.
 *
 * <p>A connection that was at work is handed to the first waiter, if that has waited for longer than {@link
 * #PATIENCE_NANOS}: nobody who comes later is quicker then. Before, the first one is signalled to look again, and a
 * thread that runs already may be quicker.
 *
 * <p>A connection that was asked nothing goes to whoever comes: it was held for a moment, nearly always, and to hand it
 * over would take longer. So that nobody starves by that, the first waiter looks again when its patience is over, and
 * if it finds nothing it gets what comes back next; so do all behind it who have waited for as long.
 *
 * <p>Otherwise who waits is parked until something happens: waiting costs nothing. Nothing here but {@link #fail} takes
 * longer when more wait.
 *
 * <p>Thread safety: safe for concurrent use. The monitor, which is held for a few instructions only, guards the queue;
 * a waiter's own fields are volatile, or guarded by the monitor too.
 *
 * @param <C> what is waited for
 */
final class WaitQueue<C> {

    /**
     * Shorter, and threads that change places take more of the processor than short statements; longer, and
     * it would be seen in the answers.
     */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** To wake up more would only make them stand in the way of those who run already. */
    private static final int MOST_AWAKE =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final LongSupplier nanoTime;

    /** Guarded by the monitor: those who have got nothing yet, in the order of their arrival. */
    private final WaiterList<C> waiters = new WaiterList<>();

    /** Makes the error for those who come after the end; null before. Guarded by the monitor. */
    private @Nullable Supplier<SQLException> ended;

    /** Guarded by the monitor: how many were signalled, and have not looked yet. */
    private int awake;

    /** Guarded by the monitor: how many want a new connection. */
    private int wanting;

    /** Written under the monitor, read without it. */
    private volatile int size;

    /** Written under the monitor, read without it: signals came while enough were awake; one of them passes it on. */
    private volatile boolean missed;

    /** Written under the monitor, read without it: who gets the next connection that comes back. */
    private volatile @Nullable Waiter<C> next;

    /** Nobody waits yet. The clock is as {@link System#nanoTime()}. */
    WaitQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many wait. */
    int size() {
        return size;
    }

    /**
     * Joins the queue; {@link #leave} must follow.
     *
     * @param limit how long the queue may become
     * @return null when it is that long
     */
    synchronized @Nullable Waiter<C> join(int limit) throws SQLException {
        if (ended != null) {
            throw ended.get();
        }
        if (waiters.size() >= limit) {
            return null;
        }
        Waiter<C> waiter = new Waiter<>(nanoTime.getAsLong());
        waiters.add(waiter);
        size = waiters.size();
        return waiter;
    }

    /**
     * Leaves the queue.
     *
     * @param found whether the waiter found what it was signalled for
     * @return what was handed to the waiter meanwhile; null if nothing was
     */
    synchronized @Nullable C leave(Waiter<C> waiter, boolean found) {
        boolean more = missed || waiter.more;
        boolean toPassOn = more || waiter.signalled || waiter.awake && !found;
        calmDown(waiter);
        remove(waiter);
        missed = false;
        if (toPassOn) {
            signalFirst(more);
        }
        return waiter.given;
    }

    private void remove(Waiter<C> waiter) {
        boolean first = waiter == waiters.first();
        if (waiters.remove(waiter)) {
            size = waiters.size();
            wants(waiter, false);
        }
        if (first) {
            Waiter<C> second = waiters.first();
            next = second != null && hasWaitedLong(second) ? second : null;
        }
    }

    /** The waiter has looked and found nothing: it wants a new connection, unless it was signalled meanwhile. */
    synchronized void want(Waiter<C> waiter) {
        waiter.more = missed;
        if (missed) {
            missed = false;
            waiter.signalled = true;
        }
        if (waiter.mayRest()) {
            calmDown(waiter);
            wants(waiter, true);
            if (next == null && waiter == waiters.first() && hasWaitedLong(waiter)) {
                next = waiter;
            }
        }
    }

    /**
     * Waits until something was handed over or it is worth looking again: when signalled, and once for the first one,
     * when its patience is over.
     *
     * @return false when the deadline has passed
     */
    boolean await(Waiter<C> waiter, Deadline deadline) throws SQLException, InterruptedException {
        while (waiter.mayRest()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long rest = deadline.remainingNanos();
            if (rest <= 0) {
                return false;
            }
            if (!waiter.outOfPatience) {
                long patience = waiter.since + PATIENCE_NANOS - nanoTime.getAsLong();
                if (patience > 0) {
                    rest = Math.min(rest, patience);
                } else {
                    waiter.outOfPatience = true;
                    if (isFirst(waiter)) {
                        return true;
                    }
                }
            }
            LockSupport.parkNanos(this, rest);
        }
        SQLException error = waiter.failure;
        if (error != null && waiter.given == null) {
            throw ConnectErrors.again(error);
        }
        waiter.signalled = false;
        return true;
    }

    private synchronized boolean isFirst(Waiter<C> waiter) {
        return waiter == waiters.first();
    }

    /** How many want a new connection. */
    synchronized int wanting() {
        return wanting;
    }

    private void wants(Waiter<C> waiter, boolean wants) {
        if (waiter.wants != wants) {
            waiter.wants = wants;
            wanting += wants ? 1 : -1;
        }
    }

    /** Whether a connection that comes back may be somebody's already; no lock. */
    boolean mayTake(boolean worked) {
        return next != null || worked && size > 0;
    }

    /**
     * Hands over a connection that came back.
     *
     * @param connection in use by the caller, and by the waiter from now on
     * @param worked whether it was at work
     * @return false when it is for whoever comes first
     */
    synchronized boolean handOver(C connection, boolean worked) {
        Waiter<C> first = waiters.first();
        if (first == null || first != next && !(worked && hasWaitedLong(first))) {
            return false;
        }
        first.given = connection;
        remove(first);
        LockSupport.unpark(first.thread);
        return true;
    }

    private boolean hasWaitedLong(Waiter<C> waiter) {
        return nanoTime.getAsLong() - waiter.since >= PATIENCE_NANOS;
    }

    /** It is worth looking again, for one. */
    void signal() {
        if (size > 0 && !missed) {
            signalFirst(false);
        }
    }

    /** Whoever finds something passes on that there may be more; whoever finds nothing knows that there is none. */
    private synchronized void signalFirst(boolean more) {
        Waiter<C> resting = awake < MOST_AWAKE ? firstResting() : null;
        if (resting == null) {
            missed = size > 0;
            return;
        }
        resting.signalled = true;
        resting.more |= more;
        wants(resting, false);
        if (!resting.awake) {
            resting.awake = true;
            awake++;
        }
        LockSupport.unpark(resting.thread);
    }

    /** No more than the few who are awake come before it. */
    private @Nullable Waiter<C> firstResting() {
        Waiter<C> waiter = waiters.first();
        while (waiter != null && !waiter.mayRest()) {
            waiter = waiter.after;
        }
        return waiter;
    }

    private void calmDown(Waiter<C> waiter) {
        if (waiter.awake) {
            waiter.awake = false;
            awake--;
        }
    }

    /**
     * An attempt has failed, and no other one goes on: who has nothing else to wait for hears of it. Who came
     * after it was begun does not: the database may be well since; they get an attempt of their own.
     *
     * @param begun when the attempt was begun
     * @param inVain whether a thread has nothing else to wait for
     */
    synchronized void fail(SQLException error, long begun, Predicate<Thread> inVain) {
        for (Waiter<C> waiter : waiters.all()) {
            if (begun - waiter.since >= 0 && inVain.test(waiter.thread)) {
                fail(waiter, error);
            }
        }
    }

    /** Sends everybody away, and whoever comes later. */
    synchronized void end(Supplier<SQLException> error) {
        ended = error;
        for (Waiter<C> waiter : waiters.all()) {
            fail(waiter, error.get());
        }
    }

    private void fail(Waiter<C> waiter, SQLException error) {
        waiter.failure = error;
        remove(waiter);
        LockSupport.unpark(waiter.thread);
    }
}
