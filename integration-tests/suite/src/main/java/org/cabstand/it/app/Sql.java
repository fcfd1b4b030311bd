package org.cabstand.it.app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The few statements that all scenarios need. */
public final class Sql {

    private Sql() {}

    /** Which PostgreSQL session this is. */
    static String backendPid(Connection connection) throws SQLException {
        return single(connection, "select pg_backend_pid()");
    }

    /** Which session this is, on any database that has them. */
    static String session(Connection connection) throws SQLException {
        boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        return single(connection, postgres ? "select pg_backend_pid()" : "select connection_id()");
    }

    static String single(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void insertWork(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into work (id) values (?)")) {
            insert.setString(1, id);
            insert.executeUpdate();
        }
    }

    static long countWork(Connection connection, String id) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("select count(*) from work where id = ?")) {
            count.setString(1, id);
            try (ResultSet result = count.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
