package org.cabstand.internal.agroal;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.AgroalPoolInterceptor;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.cabstand.internal.Message;

/**
 * Agroal's own type as applications may see it: configuration and metrics.
 *
 * <p>Its connections come from our DataSource. It refuses whatever would break the pool's promises.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class AgroalView implements AgroalDataSource {

    private static final long serialVersionUID = 1L;

    private final transient AgroalDataSource agroal;
    private final transient DataSource dataSource;
    private final transient PoolStatistics statistics;

    AgroalView(AgroalDataSource agroal, DataSource dataSource, PoolStatistics statistics) {
        this.agroal = agroal;
        this.dataSource = dataSource;
        this.statistics = statistics;
    }

    @Override
    public AgroalDataSourceConfiguration getConfiguration() {
        return agroal.getConfiguration();
    }

    @Override
    public AgroalDataSourceMetrics getMetrics() {
        return new AgroalMetrics(agroal.getMetrics(), statistics);
    }

    @Override
    public List<AgroalPoolInterceptor> getPoolInterceptors() {
        return agroal.getPoolInterceptors();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return dataSource.getConnection(username, password);
    }

    @Override
    public Connection getReadOnlyConnection() throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            connection.setReadOnly(true);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void flush(FlushMode mode) {
        throw refused("flush");
    }

    @Override
    public void setPoolInterceptors(Collection<? extends AgroalPoolInterceptor> interceptors) {
        throw refused("setPoolInterceptors");
    }

    @Override
    public boolean isHealthy(boolean newConnection) {
        throw refused("isHealthy");
    }

    @Override
    public void close() {
        throw refused("close");
    }

    private UnsupportedOperationException refused(String method) {
        return new UnsupportedOperationException(
                Message.REFUSED_ON_VIEW.format(method, statistics.name()));
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        return dataSource.unwrap(iface);
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) throws SQLException {
        return dataSource.isWrapperFor(iface);
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
    public int getLoginTimeout() throws SQLException {
        return dataSource.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        dataSource.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.cabstand");
    }
}
