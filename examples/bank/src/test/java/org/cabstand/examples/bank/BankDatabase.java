package org.cabstand.examples.bank;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * A PostgreSQL server for the bank, and what may happen to it. It ends with the JVM.
 *
 * <p>Thread safety: safe for concurrent use, but for {@link #crash()} and {@link #startAgain()}, which are one
 * thread's. {@code server} is written by that one.
 */
final class BankDatabase {

    /** The sessions of the application's pool. */
    private static final String ITS_SESSIONS =
            " from pg_stat_activity where application_name = 'bank/bank'";

    private final Path data;
    private volatile EmbeddedPostgres server;

    private BankDatabase(Path data) throws IOException {
        this.data = data;
        server = start(0);
    }

    /**
     * Starts with an empty database.
     *
     * @param data for its files; what is there is of an earlier run, and deleted
     */
    static BankDatabase start(Path data) throws IOException {
        if (Files.exists(data)) {
            delete(data);
        }
        return new BankDatabase(
                Files.createDirectory(
                        data,
                        // PostgreSQL insists
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------"))));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        // this library's default is to lose the last commits in a crash
                        .setServerConfig("synchronous_commit", "on");
        if (port != 0) {
            builder.setPort(port);
        }
        return builder.start();
    }

    /** Where the application finds it, as environment variables. */
    Map<String, String> environment() {
        return Map.of("CABSTAND_POOL_BANK_URL", url(), "CABSTAND_POOL_BANK_USERNAME", "postgres");
    }

    String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    }

    /** A connection that is none of the application's. */
    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    long number(String query) throws SQLException {
        try (Connection db = connect()) {
            return number(db, query);
        }
    }

    static long number(Connection db, String query) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    long openTransactions() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS + " and xact_start is not null");
    }

    /** Those that wait for somebody's lock. */
    long waiting() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS + " and wait_event_type = 'Lock'");
    }

    long sleeping() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS + " and wait_event = 'PgSleep'");
    }

    long sessions() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS);
    }

    /**
     * What an administrator does.
     *
     * @param chosen a condition, and what may follow one
     */
    long terminateSessions(String chosen) throws SQLException {
        return number(
                "select count(*) filter (where pg_terminate_backend(pid)) from (select pid"
                        + ITS_SESSIONS
                        + " and "
                        + chosen
                        + ") as chosen");
    }

    /** Ends it without letting anybody finish. */
    void crash() throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor();
        try {
            postmaster.onExit().get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    void startAgain() throws IOException {
        int port = server.getPort();
        server.close();
        server = start(port);
    }
}
