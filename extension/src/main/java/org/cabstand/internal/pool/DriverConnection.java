package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;

/**
 * What a driver opened.
 *
 * @param connection the connection to work with
 * @param xa what it belongs to, in a pool of XA connections; else null
 */
record DriverConnection(Connection connection, XAConnection xa) {

    /** Ends the session. */
    void close() throws SQLException {
        if (xa == null) {
            connection.close();
        } else {
            xa.close();
        }
    }
}
