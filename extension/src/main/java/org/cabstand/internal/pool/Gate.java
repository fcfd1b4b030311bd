package org.cabstand.internal.pool;

/**
 * Decides whether borrowers get connections: not while the pool is suspended, and never again once it is closed.
 *
 * <p>A borrower takes a connection first, then looks here, and gives it back if the gate is shut. So nobody begins to
 * use one once {@link #suspend()} or {@link #close()} has returned, although nothing is locked.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards changes; each field is volatile.
 */
final class Gate {

    /** Suspended or closed; read by each borrow. Written under the monitor. */
    private volatile boolean shut;

    /** Written under the monitor. */
    private volatile boolean suspended;

    /** Written under the monitor, once. */
    private volatile boolean closed;

    boolean isShut() {
        return shut;
    }

    boolean isSuspended() {
        return suspended;
    }

    boolean isClosed() {
        return closed;
    }

    /** Suspends the pool; false when it was suspended already. */
    synchronized boolean suspend() {
        boolean before = suspended;
        suspended = true;
        shut = true;
        return !before;
    }

    /** Resumes the pool; false when it was not suspended. */
    synchronized boolean resume() {
        boolean before = suspended;
        suspended = false;
        shut = closed;
        return before;
    }

    synchronized void close() {
        closed = true;
        shut = true;
    }
}
