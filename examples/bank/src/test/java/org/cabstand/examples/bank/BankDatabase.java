package org.cabstand.examples.bank;

import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

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

    /**
     * Opens an account beside the ten.
     *
     * @return its number, the highest so far
     */
    int openAccount(long cents) throws SQLException {
        return Math.toIntExact(
                number(
                        "insert into accounts select max(id) + 1, %1$d, %1$d from accounts returning id"
                                .formatted(cents)));
    }

    /**
     * Begins a transaction that has locked an account.
     *
     * @return to be closed, which ends the transaction
     */
    Connection lock(int account) throws SQLException {
        Connection db = connect();
        db.setAutoCommit(false);
        lock(db, account);
        return db;
    }

    private static void lock(Connection db, int account) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute("select * from accounts where id = " + account + " for update");
        }
    }

    /**
     * Lets a transfer lock one account, and has another session do so crosswise; the transfer gives way.
     *
     * <p>The other one waits before the transfer does, since PostgreSQL looks for a deadlock once, a while after a
     * session has begun to wait. When the transfer ends in between there is no deadlock.
     *
     * @param low the account that the transfer locks first
     * @param high the one that it locks then
     * @param transfer sends it
     * @return what the transfer returned
     */
    <T> T deadlock(int low, int high, Supplier<Future<T>> transfer)
            throws SQLException, ExecutionException, InterruptedException {
        Future<T> sent;
        try (Connection first = lock(low);
                Connection other = lock(high);
                Statement patience = other.createStatement()) {
            patience.execute("set deadlock_timeout = '1min'");
            sent = transfer.get();
            await().until(() -> sent.isDone() || hasBlocked(first));
            CompletableFuture<Void> crossing =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    lock(other, low);
                                } catch (SQLException e) {
                                    throw new CompletionException(e);
                                }
                            });
            await().until(() -> isBlocked(other));
            first.rollback();
            crossing.join();
        }
        return sent.get();
    }

    private boolean hasBlocked(Connection one) throws SQLException {
        return number(
                        "select count(*)"
                                + ITS_SESSIONS
                                + " and "
                                + pid(one)
                                + " = any(pg_blocking_pids(pid))")
                > 0;
    }

    private boolean isBlocked(Connection one) throws SQLException {
        return number("select cardinality(pg_blocking_pids(" + pid(one) + "))") > 0;
    }

    private static int pid(Connection one) throws SQLException {
        return one.unwrap(PGConnection.class).getBackendPID();
    }

    long openTransactions() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS + " and xact_start is not null");
    }

    long sleeping() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS + " and wait_event = 'PgSleep'");
    }

    long sessions() throws SQLException {
        return number("select count(*)" + ITS_SESSIONS);
    }

    /**
     * Acts as an administrator.
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
