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
 * The queue of borrowers who found no idle connection: first come, first served.
 *
 * <p>A returned connection on which statements ran is handed directly to the first waiter if it has waited for longer
 * than {@link #PATIENCE_NANOS}, so that no later thread can be quicker. Otherwise the first waiter is signalled to look
 * again, and a running thread may be quicker.
 *
 * <p>A connection on which nothing ran goes to whoever comes first: it was held only for a moment, nearly always, and
 * handing it over would take longer. So that nobody starves, the first waiter looks again when its patience is over. If
 * it finds nothing, it gets the next connection that is returned, and so do all behind it who have waited as long.
 *
 * <p>Otherwise waiters are parked until something happens, so waiting costs nothing. Only {@link #fail} and
 * {@link #end} take longer when more wait.
 *
 * <p>Thread safety: safe for concurrent use. The monitor, held for a few instructions only, guards the queue. Waiters'
 * fields are volatile or guarded by it, too.
 *
 * @param <C> the type of connection
 */
final class WaitQueue<C> {

    /** Less, and switching threads would cost more than short statements; more would show in response times. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** The most waiters that are awake at a time; more would only get in the way of running threads. */
    private static final int MOST_AWAKE =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final LongSupplier nanoTime;

    /** Waiters who have got nothing yet, in the order of arrival. Guarded by the monitor. */
    private final WaiterList<C> waiters = new WaiterList<>();

    /** Creates the error for threads that come after the end; null before. Guarded by the monitor. */
    private @Nullable Supplier<SQLException> ended;

    /** How many waiters were signalled and have not looked yet. Guarded by the monitor. */
    private int awake;

    /** How many waiters want a new connection. Guarded by the monitor. */
    private int wanting;

    /** Written under the monitor, read without it. */
    private volatile int size;

    /**
     * A signal came while enough were awake, for one of them to pass on. Written under the monitor, read without it.
     */
    private volatile boolean missed;

    /** The waiter who gets the next connection that is returned. Written under the monitor, read without it. */
    private volatile @Nullable Waiter<C> next;

    /** An empty queue, with a clock like {@link System#nanoTime()}. */
    WaitQueue(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The number of waiters. */
    int size() {
        return size;
    }

    /** How long the first waiter has waited. */
    synchronized long longestWaitNanos() {
        Waiter<C> first = waiters.first();
        return first == null ? 0 : nanoTime.getAsLong() - first.since;
    }

    /**
     * Joins the queue; {@link #leave} must follow.
     *
     * @param limit the longest that the queue may be
     * @return null when it is that long already
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
     * @return the connection that was handed to the waiter meanwhile; null if none was
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

    /** Called by a waiter that has found nothing: it wants a new connection, unless it was signalled meanwhile. */
    synchronized void want(Waiter<C> waiter) {
        waiter.more = missed;
        if (missed) {
            missed = false;
            waiter.signalled = true;
        }
        if (waiter.mayPark()) {
            calmDown(waiter);
            wants(waiter, true);
            if (next == null && waiter == waiters.first() && hasWaitedLong(waiter)) {
                next = waiter;
            }
        }
    }

    /**
     * Waits until a connection was handed over or it is worth looking again: after a signal, and for the first waiter
     * once when its patience is over.
     *
     * @return false when the deadline has passed
     */
    boolean await(Waiter<C> waiter, Deadline deadline) throws SQLException, InterruptedException {
        while (waiter.mayPark()) {
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

    /** Whether a returned connection may have to be handed over; takes no lock. */
    boolean mayTake(boolean worked) {
        return next != null || worked && size > 0;
    }

    /**
     * Hands a returned connection over.
     *
     * @param connection belongs to the caller, and then to the waiter
     * @param worked whether statements ran on it
     * @return false when it is for whoever takes it first
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

    /** Wakes a waiter, because it is worth looking again. */
    void signal() {
        if (size > 0 && !missed) {
            signalFirst(false);
        }
    }

    /** Signals the first parked waiter. A waiter who finds something signals the next one. */
    private synchronized void signalFirst(boolean more) {
        Waiter<C> parked = awake < MOST_AWAKE ? firstParked() : null;
        if (parked == null) {
            missed = size > 0;
            return;
        }
        parked.signalled = true;
        parked.more |= more;
        wants(parked, false);
        if (!parked.awake) {
            parked.awake = true;
            awake++;
        }
        LockSupport.unpark(parked.thread);
    }

    /** The first parked waiter; only the few who are awake can be before it. */
    private @Nullable Waiter<C> firstParked() {
        Waiter<C> waiter = waiters.first();
        while (waiter != null && !waiter.mayPark()) {
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
     * Called when an attempt has failed and no other one is running. Fails the waiters who have nothing else to wait
     * for, except those who came after the attempt had begun: they get an attempt of their own, because the database
     * may be back.
     *
     * @param begun when the attempt began
     * @param inVain whether a thread has nothing else to wait for
     */
    synchronized void fail(SQLException error, long begun, Predicate<Thread> inVain) {
        for (Waiter<C> waiter : waiters.all()) {
            if (begun - waiter.since >= 0 && inVain.test(waiter.thread)) {
                fail(waiter, error);
            }
        }
    }

    /** Fails all waiters, and all who come later. */
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
