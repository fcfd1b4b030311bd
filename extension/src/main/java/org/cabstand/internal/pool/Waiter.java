package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.connect.ConnectErrors;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits in a {@link WaitQueue}.
 *
 * <p>Thread safety: the queue's monitor guards what is not volatile, unless a field says otherwise.
 *
 * @param <C> the type of connection
 */
final class Waiter<C> {

    /** Less, and switching threads would cost more than short statements; more would show in response times. */
    static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    final Thread thread = Thread.currentThread();
    final long since;

    /** Written by the signaller, under the monitor; cleared by the waiter. */
    volatile boolean signalled;

    /** Written once, under the monitor. */
    volatile @Nullable SQLException failure;

    /** The connection that was handed over, which belongs to the waiter. Written once, under the monitor. */
    volatile @Nullable C given;

    /** Written by the waiter alone. */
    boolean outOfPatience;

    /** It has looked and found nothing, and was not signalled since. Guarded by the monitor. */
    boolean wants;

    /** There may be more than one connection to find. Guarded by the monitor. */
    boolean more;

    /** It is one of the few who were signalled and have not looked yet. Guarded by the monitor. */
    boolean awake;

    /** Guarded by the monitor, as are its neighbours: see {@link WaiterList}. */
    boolean queued;

    @Nullable Waiter<C> before;
    @Nullable Waiter<C> after;

    Waiter(long since) {
        this.since = since;
    }

    boolean mayPark() {
        return !signalled && failure == null && given == null;
    }

    boolean hasWaitedLong(long now) {
        return patienceNanos(now) <= 0;
    }

    /** How much longer it should only look when it is signalled; zero or less when that is over. */
    long patienceNanos(long now) {
        return since + PATIENCE_NANOS - now;
    }

    /** Fails if it was failed and has got no connection. */
    void checkNotFailed() throws SQLException {
        SQLException error = failure;
        if (error != null && given == null) {
            throw ConnectErrors.again(error);
        }
    }

    /** The connection that was handed over; null if none was. */
    @Nullable C given() {
        return given;
    }
}
