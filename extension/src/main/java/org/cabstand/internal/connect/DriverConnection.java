package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import org.jspecify.annotations.Nullable;

/**
 * What a driver opened.
 *
 * @param connection the connection to work with
 * @param xa what the connection belongs to in a pool of XA connections; else null
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
