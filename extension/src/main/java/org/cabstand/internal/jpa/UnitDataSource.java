package org.cabstand.internal.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.handle.PoolDataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.request.RequestTracker;

/**
 * The DataSource from which a provider borrows. If the request holds a connection that it is not using at the moment,
 * that one is returned first, so that one connection is enough.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class UnitDataSource extends PoolDataSource {

    private final ConnectionPool pool;

    /** Written at deployment. */
    private RequestTracker requests;

    UnitDataSource(ConnectionSource source) {
        super(source);
        this.pool = source.pool();
    }

    void setRequests(RequestTracker requests) {
        this.requests = requests;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requests.giveBackIdle(pool);
        Connection borrowed = super.getConnection();
        requests.tellOf(pool, borrowed);
        return borrowed;
    }
}
