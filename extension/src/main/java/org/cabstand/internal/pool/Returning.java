package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Monitors;

/**
 * Takes connections back from their borrowers, without unfinished work or changed state.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Returning {

    private final IdleConnections idle;
    private final Recovery recovery;
    private final PoolReports reports;
    private final Monitors monitors;

    Returning(IdleConnections idle, Recovery recovery, PoolReports reports, Monitors monitors) {
        this.idle = idle;
        this.recovery = recovery;
        this.reports = reports;
        this.monitors = monitors;
    }

    /** Called once for each lease. */
    void giveBack(Lease lease) {
        PoolEntry connection = lease.entry();
        if (!connection.beginReturning()) {
            connection.reclaim(); // it was taken away, and has been given back
            lease.use().end(false);
            return;
        }
        boolean clean = false;
        try {
            if (!connection.isBroken() && !connection.cancellations().haveEnded()) {
                connection.markBroken(Eviction.CANCELLED);
            }
            clean = clean(lease, connection);
        } finally {
            if (!clean || connection.isRetired()) {
                connection.markBroken(Eviction.UNCLEAN);
            }
            if (connection.holding().isReportedAsLeak()) {
                reports.leakReturned(connection);
            }
            connection.endUse();
            idle.giveBack(connection);
            lease.use().end(true);
            if (connection.isRetired() && !connection.isBroken()) {
                idle.check(); // it was retired a moment ago, and nobody saw whether it was idle
            }
        }
    }

    private boolean clean(Lease lease, PoolEntry connection) {
        try {
            if (connection.clean(lease.statements())) {
                reports.unfinished(connection);
                monitors.unfinished();
            }
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            if (e instanceof SQLException error) {
                recovery.failed(connection, error);
            }
            if (!lease.isAborted()) {
                reports.returnFailed(e);
            }
            return false;
        }
    }
}
