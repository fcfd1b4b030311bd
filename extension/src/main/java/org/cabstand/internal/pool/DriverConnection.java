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

    void close() throws SQLException {
        close(connection, xa);
    }

    /** The end of the session. */
    static void close(Connection connection, XAConnection xa) throws SQLException {
        if (xa == null) {
            connection.close();
        } else {
            xa.close();
        }
    }
}
