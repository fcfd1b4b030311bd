package org.cabstand;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** A PostgreSQL server of a test's own, which can be killed, started again, and have a standby. */
final class PostgresServer implements AutoCloseable {

    private final Path data;
    private EmbeddedPostgres server;

    private PostgresServer(Path data) throws IOException {
        this.data = data;
        server = start(0);
    }

    static PostgresServer create() throws IOException {
        return new PostgresServer(newDirectory());
    }

    /** All but the superuser must show a password. */
    static PostgresServer createWithPasswords() throws IOException {
        PostgresServer server = create();
        Files.writeString(
                server.data.resolve("pg_hba.conf"),
                "host all postgres 127.0.0.1/32 trust\n"
                        + "host all postgres ::1/128 trust\n"
                        + "host all all 127.0.0.1/32 scram-sha-256\n");
        try (Connection control = server.connect()) {
            Sql.run(control, "select pg_reload_conf()");
        } catch (SQLException e) {
            throw new IOException(e);
        }
        return server;
    }

    /** PostgreSQL insists on these permissions. */
    private static Path newDirectory() throws IOException {
        return Files.createDirectory(
                Files.createTempDirectory("postgres").resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private EmbeddedPostgres start(int port) throws IOException {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .setServerConfig("synchronous_commit", "on"); // off, else
        if (port != 0) {
            builder.setPort(port);
        }
        return builder.start();
    }

    int port() {
        return server.getPort();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/postgres?user=postgres";
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    /** Ends it without letting anybody finish. */
    void kill() throws IOException, InterruptedException {
        String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", pid).inheritIO().start().waitFor();
        try {
            postmaster.onExit().get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** Starts it again after {@link #kill()}. */
    void restart() throws IOException {
        int port = port();
        server.close();
        server = start(port);
    }

    /** Stops it, copies it, and starts both: the copy follows what is written from now on. */
    PostgresServer standby() throws IOException {
        int port = port();
        server.close();
        Path copy = newDirectory();
        copy(data, copy);
        Files.createFile(copy.resolve("standby.signal"));
        server = start(port);
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'%n".formatted(port));
        return new PostgresServer(copy);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        if (!directory.equals(from)) {
                            Files.createDirectory(
                                    to.resolve(from.relativize(directory)),
                                    PosixFilePermissions.asFileAttribute(
                                            PosixFilePermissions.fromString("rwx------")));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(file, to.resolve(from.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.walkFileTree(
                data,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path directory, IOException error)
                            throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
        Files.delete(data.getParent());
    }
}
