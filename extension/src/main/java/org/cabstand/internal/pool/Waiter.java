package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One who waits in a {@link WaitQueue}; made by the thread that does.
 *
 * <p>Thread safety: the queue's monitor guards what is not volatile, unless a field says otherwise.
 *
 * @param <C> what is waited for
 */
final class Waiter<C> {

    final Thread thread = Thread.currentThread();
    final long since;

    /** Written by the signaller, under the monitor; cleared by the waiter. */
    volatile boolean signalled;

    /** Written once, under the monitor. */
    volatile @Nullable SQLException failure;

    /** Written once, under the monitor, by whoever hands it over: in use by the waiter already. */
    volatile @Nullable C given;

    /** Written by the waiter alone. */
    boolean outOfPatience;

    /** Guarded by the monitor: looked and found nothing, and was not signalled since. */
    boolean wants;

    /** Guarded by the monitor: there may be more to find than one connection. */
    boolean more;

    /** Guarded by the monitor: one of the few who were signalled and have not looked yet. */
    boolean awake;

    /** Guarded by the monitor, as are its neighbours: see {@link WaiterList}. */
    boolean queued;

    @Nullable Waiter<C> before;
    @Nullable Waiter<C> after;

    Waiter(long since) {
        this.since = since;
    }

    boolean mayRest() {
        return !signalled && failure == null && given == null;
    }

    /** What was handed over; null if nothing was. */
    @Nullable C given() {
        return given;
    }
}
