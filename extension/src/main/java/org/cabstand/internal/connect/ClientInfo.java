package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The client info that a session begins with.
 *
 * <p>By JDBC, {@link Connection#setClientInfo(Properties)} clears the names that it does not contain; not every driver
 * does that.
 *
 * <p>Thread safety: immutable.
 */
final class ClientInfo {

    private final Properties atFirst;

    private ClientInfo(Properties atFirst) {
        this.atFirst = atFirst;
    }

    static ClientInfo of(Connection connection) throws SQLException {
        return new ClientInfo(read(connection));
    }

    /** Returns a copy, because some drivers return the object that they work with. */
    private static Properties read(Connection connection) throws SQLException {
        Properties copy = new Properties();
        Properties current = connection.getClientInfo();
        if (current != null) { // SQLite and HSQLDB have none
            copy.putAll(current);
        }
        return copy;
    }

    /**
     * Restores the connection's client info.
     *
     * @return false when the driver keeps something else
     */
    boolean restore(Connection connection) throws SQLException {
        if (read(connection).equals(atFirst)) {
            return true;
        }
        Properties current = connection.getClientInfo();
        // MariaDB Connector/J returns its own object, which can be cleared in no other way
        current.keySet().retainAll(atFirst.keySet());
        Properties wanted = new Properties();
        wanted.putAll(atFirst);
        connection.setClientInfo(wanted);
        return read(connection).equals(atFirst);
    }
}
