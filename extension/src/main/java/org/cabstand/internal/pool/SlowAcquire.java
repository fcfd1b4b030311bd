package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Reports the holders of connections when a borrower has waited for {@code slow-acquire}, before the first one times
 * out.
 *
 * <p>The waiter wakes up once for that. A thread of the pool writes the report, because a connection may be handed to
 * the waiter at any moment, and the log may be slow.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class SlowAcquire {

    private final @Nullable Duration limit;
    private final SessionRegistry sessions;
    private final WaitQueue<PoolEntry> waiting;
    private final Opener opener;
    private final Gate gate;
    private final PoolReports reports;
    private final PoolExecutor threads;
    private final OutageLog log;

    SlowAcquire(
            PoolSettings settings,
            SessionRegistry sessions,
            WaitQueue<PoolEntry> waiting,
            Opener opener,
            Gate gate,
            PoolReports reports,
            PoolExecutor threads) {
        this.limit = settings.watching().slowAcquire();
        this.sessions = sessions;
        this.waiting = waiting;
        this.opener = opener;
        this.gate = gate;
        this.reports = reports;
        this.threads = threads;
        this.log = reports.outageLog();
    }

    /** Waits as {@link WaitQueue#await} does, and reports a long wait on the way. */
    boolean await(Waiter<PoolEntry> waiter, Deadline deadline)
            throws SQLException, InterruptedException {
        if (limit != null) {
            Deadline mark = deadline.mark(limit);
            if (mark != null) {
                if (waiting.await(waiter, mark)) {
                    return true;
                }
                reached(limit);
            }
        }
        return waiting.await(waiter, deadline);
    }

    private void reached(Duration waited) {
        if (!isSaidOtherwise() && log.count(reports.slowAcquire(waited, false))) {
            threads.executeIfOpen(() -> Log.log(Level.WARNING, reports.slowAcquire(waited, true)));
        }
    }

    /**
     * Not if the database opens no sessions, or the pool is suspended: both are reported elsewhere, and there are no
     * holders.
     */
    private boolean isSaidOtherwise() {
        return gate.isSuspended() || opener.failure() != null || sessions.isShortOfOpenOnes();
    }
}
