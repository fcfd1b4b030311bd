package org.cabstand.internal.connect;

import java.sql.SQLException;
import java.util.Properties;

/**
 * The source of physical connections: a driver or its data source.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface DriverSource {

    /** For an inactive pool: opens nothing. */
    DriverSource NONE =
            (url, properties) -> {
                throw new SQLException("an inactive pool opens no connection", "08001");
            };

    /**
     * Opens a physical connection.
     *
     * @param url the JDBC URL
     * @param properties user, password and the driver's own
     * @return an open connection
     * @throws SQLException when the database or the driver refuses
     */
    DriverConnection connect(String url, Properties properties) throws SQLException;
}
