package org.cabstand.internal.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.handle.PoolDataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.request.RequestTracker;

/**
 * The pool as a provider borrows from it: for a statement, while the request may hold a connection of its
 * own that it does not use at the moment. That one goes back first, so that one connection is enough.
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
        return super.getConnection();
    }
}
