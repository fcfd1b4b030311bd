package org.cabstand.internal.jpa;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
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
final class UnitDataSource implements DataSource {

    private final ConnectionPool pool;
    private final DataSource dataSource;

    /** Written at deployment. */
    private RequestTracker requests;

    UnitDataSource(ConnectionSource source) {
        this.pool = source.pool();
        this.dataSource = new PoolDataSource(source);
    }

    void setRequests(RequestTracker requests) {
        this.requests = requests;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requests.giveBackIdle(pool);
        return dataSource.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return dataSource.getConnection(username, password);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return dataSource.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        dataSource.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        dataSource.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return dataSource.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.cabstand");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return dataSource.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return dataSource.isWrapperFor(type);
    }

    @Override
    public String toString() {
        return dataSource.toString();
    }
}
