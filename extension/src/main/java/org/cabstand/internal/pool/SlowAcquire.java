package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Says who holds the connections, when somebody has waited for {@code slow-acquire}: before the first one is sent away.
 *
 * <p>Who waits wakes up once for it. A thread of the pool writes the report: a connection may be handed to the waiter
 * at any moment, and the log may be slow.
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

    /** Waits as {@link WaitQueue#await}, and reports on the way when it takes long. */
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
     * A database that opens no sessions is reported by whoever tries, and a pool that is suspended by who did so; nobody
     * holds what is missing.
     */
    private boolean isSaidOtherwise() {
        return gate.isSuspended() || opener.failure() != null || sessions.isShortOfOpenOnes();
    }
}
