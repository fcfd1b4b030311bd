package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Clears all of a session's state: roles, variables, temporary tables, locks, prepared statements. */
public interface FullReset {

    /**
     * Resets a session that has no open transaction.
     *
     * @param connection the driver's connection, in auto-commit mode
     * @throws SQLException if the database refuses
     */
    void reset(Connection connection) throws SQLException;

    /** A reset by an SQL statement. */
    static FullReset sql(String sql) {
        return new FullReset() {
            @Override
            public void reset(Connection connection) throws SQLException {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }

            @Override
            public String toString() {
                return sql;
            }
        };
    }

    /**
     * A reset by an SQL statement, after which the driver still keeps what the session had
     * received.
     *
     * @param queue returns what was received and forgets it
     */
    static FullReset sql(String sql, DriverCall queue) {
        FullReset reset = sql(sql);
        return new FullReset() {
            @Override
            public void reset(Connection connection) throws SQLException {
                reset.reset(connection);
                queue.bind(connection).on(connection);
            }

            @Override
            public String toString() {
                return sql;
            }
        };
    }

    /** A reset by a method of the driver. */
    static FullReset method(String type, String method) {
        DriverCall call = new DriverCall(type, method);
        return new FullReset() {
            @Override
            public void reset(Connection connection) throws SQLException {
                call.bind(connection).on(connection);
            }

            @Override
            public String toString() {
                return call.toString();
            }
        };
    }
}
