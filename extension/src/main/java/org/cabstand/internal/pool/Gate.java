package org.cabstand.internal.pool;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets in as many borrowers as a pool has connections; the others wait in line, first come first served,
 * and for no longer than their deadline.
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

    private final Permits permits;

    /** Places to wait at; null when there is no limit. */
    private final Semaphore places;

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
        this.places = maxWaiting > 0 ? new Semaphore(maxWaiting) : null;
    }

    /** Enters, waiting until the deadline if need be. */
    Entry enter(Deadline deadline) throws InterruptedException {
        // a newcomer passes without a look at the clock, but not past those who wait
        if (!permits.hasQueuedThreads() && permits.tryAcquire()) {
            return entered();
        }
        if (places == null) {
            return await(deadline);
        }
        if (!places.tryAcquire()) {
            return Entry.TOO_MANY_WAITING;
        }
        try {
            return await(deadline);
        } finally {
            places.release();
        }
    }

    private Entry await(Deadline deadline) throws InterruptedException {
        if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
            return closed ? Entry.CLOSED : Entry.TIMED_OUT;
        }
        return entered();
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
        return closed ? 0 : permits.getQueueLength();
    }

    boolean isClosed() {
        return closed;
    }
}
