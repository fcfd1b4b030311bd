package org.cabstand.dev.internal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.cabstand.internal.config.DatabaseForDevelopment.Wanted;

/**
 * PostgreSQL, from zonky's binaries.
 *
 * <p>Thread safety: as {@link Server}.
 */
final class Postgres extends Server {

    private static final String ADMINISTRATOR = "postgres";

    private static final String LIBRARY_LOCK = "epg-lock";

    /** Long, because PostgreSQL first replays its log after a crash. */
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    private final String driver;
    private final ClassLoader loader;

    Postgres(Path root, String driver, ClassLoader loader) {
        super(root, Kind.POSTGRESQL.word());
        this.driver = driver;
        this.loader = loader;
    }

    @Override
    void start(int port) throws IOException {
        if (!Files.exists(data())
                && data().getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory( // PostgreSQL insists on these permissions
                    data(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        // the library's lock, left by a server that somebody has ended; our lock is on the folder
        Files.deleteIfExists(data().resolve(LIBRARY_LOCK));
        Path log = log();
        Files.deleteIfExists(log);
        try {
            EmbeddedPostgres.builder()
                    .setDataDirectory(data())
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(LONGEST_START)
                    .setPort(port)
                    .setOutputRedirector(Redirect.appendTo(log.toFile()))
                    .setErrorRedirector(Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new IOException(e.getMessage() + "; the reason is in " + log, e);
        }
    }

    @Override
    public Database database(Wanted wanted, String name, boolean fresh) throws SQLException {
        int port = port();
        String user = wanted.username() == null ? ADMINISTRATOR : wanted.username();
        boolean isNew = false;
        try (Connection control =
                Jdbc.connect(driver, loader, url(port, "postgres"), ADMINISTRATOR, null)) {
            if (!Jdbc.exists(control, "select 1 from pg_roles where rolname = ?", user)) {
                Jdbc.execute(control, "create role " + quoted(user) + " login superuser");
            }
            if (fresh) {
                Jdbc.execute(control, "drop database if exists " + quoted(name) + " with (force)");
            }
            if (!Jdbc.exists(control, "select 1 from pg_database where datname = ?", name)) {
                Jdbc.execute(control, "create database " + quoted(name) + " owner " + quoted(user));
                isNew = true;
            }
        }
        return new Database(
                url(port, name) + (wanted.username() == null ? "?user=" + user : ""),
                user,
                isNew,
                "psql -h localhost -p " + port + " -U " + user + " " + name);
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
