package org.cabstand.internal.pool;

/**
 * Whether borrowers get connections: always, but while the pool is suspended, and never more once it is closed.
 *
 * <p>Who takes a connection looks here afterwards, and gives it back when the gate is shut: so nobody begins to use one
 * once {@link #suspend()} or {@link #close()} has returned, though nothing is locked.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards changes; each field is volatile.
 */
final class Gate {

    /** Written under the monitor: suspended, or closed; what each borrow reads. */
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

    /** False when it was suspended already. */
    synchronized boolean suspend() {
        boolean before = suspended;
        suspended = true;
        shut = true;
        return !before;
    }

    /** False when it was not suspended. */
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
