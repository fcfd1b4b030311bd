package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a driver has opened.
 *
 * @param connection the connection to work with
 * @param xa the XA connection that it belongs to; null unless the pool is one of XA connections
 */
public record DriverConnection(Connection connection, @Nullable XAConnection xa) {

    /**
     * Ends the session.
     *
     * @throws SQLException when the driver refuses
     */
    public void close() throws SQLException {
        if (xa == null) {
            connection.close();
        } else {
            xa.close();
        }
    }
}
