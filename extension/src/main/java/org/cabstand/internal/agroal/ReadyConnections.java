package org.cabstand.internal.agroal;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A queue of open connections, which Agroal takes for the database. It never waits.
 *
 * <p>It is a DataSource and not a Driver, because with a driver Agroal sets the login timeout of DriverManager, which
 * the whole JVM shares. Agroal creates the instance itself, from a class name, while it creates a pool; {@link #over}
 * leaves the queue here for that moment.
 *
 * <p>Public for Agroal's reflection only. Thread safety: safe for concurrent use; the class's monitor guards
 * {@code next}.
 */
public final class ReadyConnections implements DataSource {

    /** The queue for the instance that is about to be created. Guarded by the class's monitor. */
    private static @Nullable Queue<AgroalMember> next;

    private final Queue<AgroalMember> ready;

    /** For Agroal. */
    public ReadyConnections() {
        synchronized (ReadyConnections.class) {
            ready = Objects.requireNonNull(next);
        }
    }

    /** Creates a pool that takes its connections from a queue. */
    static <T> T over(Queue<AgroalMember> ready, Callable<T> pool) throws Exception {
        synchronized (ReadyConnections.class) {
            next = ready;
            try {
                return pool.call();
            } finally {
                next = null;
            }
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        AgroalMember member = ready.poll();
        if (member == null) {
            throw new NoneReady();
        }
        return member.standIn;
    }

    /** The queue is empty. It has no stack trace, because nothing is wrong. */
    static final class NoneReady extends SQLException {

        private static final long serialVersionUID = 1L;

        NoneReady() {
            super("none is ready", "08001");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("credentials are for those who open connections");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // nobody logs in here
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
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
