package org.cabstand.internal.pool;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets in as many borrowers as a pool has connections; the others wait in line, first come first served,
 * and for no longer than their deadline.
 *
 * <p>A newcomer may pass those who have just begun to wait: it runs already, and to wake up somebody for
 * each return costs many times what a borrow does. It may not pass once somebody has waited for longer
 * than {@link #PATIENCE_NANOS}: nobody starves.
 *
 * <p>A permit belongs to one hand-out of a connection: whoever entered leaves exactly once.
 *
 * <p>Thread safety: safe for concurrent use. The semaphore publishes the permits; the monitor keeps its
 * size, which is not asked for by those who enter and leave.
 */
final class Gate {

    /** More permits than there can be waiters: handed out on close, so that all of them wake up. */
    private static final int EVERYBODY = 1 << 24;

    /** How an attempt to enter ended. */
    enum Entry {
        ENTERED,
        TIMED_OUT,
        TOO_MANY_WAITING,
        CLOSED
    }

    /** A semaphore that can shrink; it has less than no permits then, until enough were given back. */
    private static final class Permits extends Semaphore {

        private static final long serialVersionUID = 1L;

        Permits(int size) {
            super(size, true);
        }

        void shrink(int reduction) {
            reducePermits(reduction);
        }
    }

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Permits permits;

    /** How many wait. */
    private final AtomicInteger waiting = new AtomicInteger();

    /** How many of them have waited for so long that nobody may pass them. */
    private final AtomicInteger impatient = new AtomicInteger();

    private final int maxWaiting;

    /** Guarded by the monitor. */
    private int size;

    /** Written under the monitor. */
    private volatile boolean closed;

    /**
     * An open gate.
     *
     * @param size how many may be inside
     * @param maxWaiting how many may wait; zero is no limit
     */
    Gate(int size, int maxWaiting) {
        this.permits = new Permits(size);
        this.size = size;
        this.maxWaiting = maxWaiting;
    }

    /** Enters, waiting until the deadline if need be. */
    Entry enter(Deadline deadline) throws InterruptedException {
        // without a look at the clock
        if (impatient.get() == 0 && permits.tryAcquire()) {
            return entered();
        }
        try {
            if (waiting.incrementAndGet() > maxWaiting && maxWaiting > 0) {
                return Entry.TOO_MANY_WAITING;
            }
            if (!await(deadline)) {
                return closed ? Entry.CLOSED : Entry.TIMED_OUT;
            }
        } finally {
            waiting.decrementAndGet();
        }
        return entered();
    }

    private boolean await(Deadline deadline) throws InterruptedException {
        long patience = Math.min(deadline.remainingNanos(), PATIENCE_NANOS);
        if (permits.tryAcquire(patience, TimeUnit.NANOSECONDS)) {
            return true;
        }
        impatient.incrementAndGet();
        try {
            return permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } finally {
            impatient.decrementAndGet();
        }
    }

    private Entry entered() {
        if (closed) {
            permits.release();
            return Entry.CLOSED;
        }
        return Entry.ENTERED;
    }

    void leave() {
        permits.release();
    }

    /** Lets more in from now on, or fewer: nobody is sent out for that. */
    synchronized void resize(int newSize) {
        if (newSize > size) {
            permits.release(newSize - size);
        } else {
            permits.shrink(size - newSize);
        }
        size = newSize;
    }

    /** Lets nobody in any more; those who wait are sent away. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            permits.release(EVERYBODY);
        }
    }

    synchronized int inside() {
        return Math.max(0, (closed ? size + EVERYBODY : size) - permits.availablePermits());
    }

    int waiting() {
        return closed ? 0 : waiting.get();
    }

    boolean isClosed() {
        return closed;
    }
}
