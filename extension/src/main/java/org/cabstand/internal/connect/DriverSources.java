package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.cabstand.internal.database.Database;

/**
 * Makes {@link DriverSource}s from drivers and their data sources.
 *
 * <p>Each connection gets a new data source, because the properties of a shared one could not change safely.
 *
 * <p>Thread safety: stateless.
 */
final class DriverSources {

    private static final String USER = "user";
    private static final String PASSWORD = "password";

    private DriverSources() {}

    static DriverSource ofDriver(Driver driver, Database database) {
        database.loadClosers(driver.getClass().getClassLoader());
        return (url, properties) -> {
            Connection connection = driver.connect(url, properties);
            if (connection == null) {
                throw new SQLException(
                        driver.getClass().getName() + " does not accept the URL", "08001");
            }
            return new DriverConnection(connection, null);
        };
    }

    static DriverSource ofDataSource(Class<? extends DataSource> type, Database database) {
        database.loadClosers(type.getClassLoader());
        return (url, properties) -> {
            DataSource source = DataSourceSetters.configured(type, database, url, properties);
            String user = properties.getProperty(USER);
            return new DriverConnection(
                    user == null
                            ? source.getConnection()
                            : source.getConnection(user, properties.getProperty(PASSWORD)),
                    null);
        };
    }

    static DriverSource ofXaDataSource(Class<? extends XADataSource> type, Database database) {
        database.loadClosers(type.getClassLoader());
        return (url, properties) -> {
            XADataSource source = DataSourceSetters.configured(type, database, url, properties);
            String user = properties.getProperty(USER);
            XAConnection xa =
                    user == null
                            ? source.getXAConnection()
                            : source.getXAConnection(user, properties.getProperty(PASSWORD));
            try {
                return new DriverConnection(xa.getConnection(), xa);
            } catch (SQLException | RuntimeException e) {
                xa.close();
                throw e;
            }
        };
    }
}
