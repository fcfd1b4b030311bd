package org.cabstand.internal.handle;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import org.cabstand.internal.Message;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The DataSource of a pool: {@code close()} gives back what was borrowed here.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public class PoolDataSource implements ProxiedDataSource {

    private final ConnectionSource source;
    private final ConnectionPool pool;

    /**
     * The DataSource of a pool.
     *
     * @param source the source of its connections
     */
    public PoolDataSource(ConnectionSource source) {
        this.source = source;
        this.pool = source.pool();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new LeasedConnection(source).open();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(
                Message.OWN_CREDENTIALS.format(pool.name()), "0A000");
    }

    @Override
    public int getLoginTimeout() {
        return Math.toIntExact(pool.settings().timeouts().login().toSeconds());
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("set 'login-timeout' in the configuration");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("the log is System.Logger 'org.cabstand'");
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.cabstand");
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        if (iface.isInstance(this)) {
            return iface.cast(this);
        }
        if (iface == ConnectionPool.class) {
            return iface.cast(pool);
        }
        if (iface == ConnectionSource.class) {
            return iface.cast(source);
        }
        if (AgroalPool.isView(iface)) {
            return iface.cast(pool.agroalView(this));
        }
        throw new SQLException(
                "pool '" + pool.name() + "' is not a wrapper for " + iface.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) {
        return iface.isInstance(this)
                || iface == ConnectionPool.class
                || iface == ConnectionSource.class
                || AgroalPool.isView(iface);
    }

    @Override
    public String toString() {
        return "DataSource of pool '" + pool.name() + "'";
    }
}
