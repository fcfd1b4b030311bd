package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue of borrowers who found no idle connection: first come, first served.
 *
 * <p>A returned connection on which statements ran is handed directly to the first waiter if it has waited for longer
 * than {@link Waiter#PATIENCE_NANOS}, so that no later thread can be quicker. Otherwise the first waiter is signalled
 * to look again, and a running thread may be quicker.
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

    /** The most waiters that are awake at a time; more would only get in the way of running threads. */
    private static final int MOST_AWAKE =
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final LongSupplier nanoTime;

    /** Waiters who have got nothing yet, in the order of arrival. Guarded by the monitor. */
    private final WaiterList<C> waiters = new WaiterList<>();

    /** Creates the error for threads that come after the end; null before. Guarded by the monitor. */
    private @Nullable Supplier<SQLException> ended;

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

    /** The first waiter, who has waited for longest; null when nobody waits. */
    synchronized @Nullable Waiter<C> first() {
        return waiters.first();
    }

    /** How long the first waiter has waited. */
    long longestWaitNanos() {
        Waiter<C> first = first();
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
    @Nullable C leave(Waiter<C> waiter, boolean found) {
        if (waiter.given == null) { // otherwise it was removed when it was given the connection
            wake(withdraw(waiter, found, nanoTime.getAsLong()));
        }
        return waiter.given;
    }

    /**
     * Removes a waiter, and passes on the signals that it has not used.
     *
     * @param found whether the waiter found what it was signalled for
     * @return the one who is signalled, whom the caller must wake
     */
    private synchronized @Nullable Waiter<C> withdraw(Waiter<C> waiter, boolean found, long now) {
        boolean more = missed || waiter.more;
        boolean toPassOn = more || waiter.signalled || waiter.awake && !found;
        waiter.more = false;
        waiter.signalled = false;
        waiters.setAwake(waiter, false);
        remove(waiter, now);
        missed = false;
        return toPassOn ? signalFirst(more) : null;
    }

    private void remove(Waiter<C> waiter, long now) {
        boolean first = waiter == waiters.first();
        if (waiters.remove(waiter)) {
            size = waiters.size();
        }
        if (first) {
            Waiter<C> second = waiters.first();
            next = second != null && second.hasWaitedLong(now) ? second : null;
        }
    }

    /** Wakes a waiter. Not called under the monitor, which it may want at once. */
    private static void wake(@Nullable Waiter<?> waiter) {
        if (waiter != null) {
            LockSupport.unpark(waiter.thread);
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
            waiters.setAwake(waiter, false);
            waiters.setWants(waiter, true);
            if (next == null
                    && waiter == waiters.first()
                    && waiter.hasWaitedLong(nanoTime.getAsLong())) {
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
                long patience = waiter.patienceNanos(nanoTime.getAsLong());
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
        waiter.checkNotFailed();
        waiter.signalled = false;
        return true;
    }

    private synchronized boolean isFirst(Waiter<C> waiter) {
        return waiter == waiters.first();
    }

    /** How many want a new connection. */
    synchronized int wanting() {
        return waiters.wanting();
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
    boolean handOver(C connection, boolean worked) {
        Waiter<C> receiver = give(connection, worked, nanoTime.getAsLong());
        wake(receiver);
        return receiver != null;
    }

    private synchronized @Nullable Waiter<C> give(C connection, boolean worked, long now) {
        Waiter<C> first = waiters.first();
        if (first == null || first != next && !(worked && first.hasWaitedLong(now))) {
            return null;
        }
        first.given = connection;
        Waiter<C> other = withdraw(first, true, now);
        if (other != null) {
            LockSupport.unpark(other.thread); // rare, so it may be under the monitor
        }
        return first;
    }

    /** Wakes a waiter, because it is worth looking again. */
    void signal() {
        if (size > 0 && !missed) {
            wake(signalFirst(false));
        }
    }

    /**
     * Signals the first parked waiter. A waiter who finds something signals the next one.
     *
     * @return the one who is signalled, whom the caller must wake; null if there is none
     */
    private synchronized @Nullable Waiter<C> signalFirst(boolean more) {
        Waiter<C> parked = waiters.awake() < MOST_AWAKE ? waiters.firstParked() : null;
        if (parked == null) {
            missed = size > 0;
            return null;
        }
        parked.signalled = true;
        parked.more |= more;
        waiters.setWants(parked, false);
        waiters.setAwake(parked, true);
        return parked;
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
        remove(waiter, nanoTime.getAsLong());
        LockSupport.unpark(waiter.thread);
    }
}
