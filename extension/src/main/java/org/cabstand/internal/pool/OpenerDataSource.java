package org.cabstand.internal.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * What Agroal believes to be the database: it leads to the {@link Opener}.
 *
 * <p>A DataSource, not a Driver: with a driver Agroal sets the login timeout of DriverManager, which the
 * whole JVM shares. Agroal makes the instance itself and sets properties that are strings; hence the
 * registry, from which each pool is taken when it closes.
 *
 * <p>Public for Agroal's reflection only. Thread safety: the opener is written once, before the first
 * connection is asked for.
 */
public final class OpenerDataSource implements DataSource {

    static final String OPENER_PROPERTY = "opener";

    private static final Map<String, Opener> OPENERS = new ConcurrentHashMap<>();

    private volatile Opener opener;

    /** For Agroal. */
    public OpenerDataSource() {
        // setOpener follows
    }

    static void register(String id, Opener opener) {
        OPENERS.put(id, opener);
    }

    static void unregister(String id) {
        OPENERS.remove(id);
    }

    /**
     * For Agroal.
     *
     * @param id what the opener was registered as
     */
    public void setOpener(String id) {
        opener = OPENERS.get(id);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return opener.forAgroal();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("credentials are the opener's");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the opener passes it to the driver in the form that the driver honours
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // System.Logger is the log
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("System.Logger is the log");
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        if (iface.isInstance(this)) {
            return iface.cast(this);
        }
        throw new SQLException("not a wrapper for " + iface.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) {
        return iface.isInstance(this);
    }
}
