package org.cabstand;

import static org.cabstand.internal.jdbc.SessionAttribute.CATALOG;
import static org.cabstand.internal.jdbc.SessionAttribute.CLIENT_INFO;
import static org.cabstand.internal.jdbc.SessionAttribute.HOLDABILITY;
import static org.cabstand.internal.jdbc.SessionAttribute.ISOLATION;
import static org.cabstand.internal.jdbc.SessionAttribute.NETWORK_TIMEOUT;
import static org.cabstand.internal.jdbc.SessionAttribute.READ_ONLY;
import static org.cabstand.internal.jdbc.SessionAttribute.SCHEMA;
import static org.cabstand.internal.jdbc.SessionAttribute.TYPE_MAP;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cabstand.internal.jdbc.SessionAttribute;

/** The real databases that the return contract is tested on, and in what their drivers differ. */
enum TestDatabase {
    H2(Set.of(ISOLATION, HOLDABILITY, SCHEMA), "org.h2.jdbc.JdbcConnection") {
        @Override
        String url() {
            return "jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1";
        }
    },
    POSTGRESQL(
            Set.of(
                    ISOLATION,
                    HOLDABILITY,
                    SCHEMA,
                    READ_ONLY,
                    CLIENT_INFO,
                    NETWORK_TIMEOUT,
                    TYPE_MAP),
            "org.postgresql.PGConnection") {
        @Override
        String url() {
            return DatabaseServers.postgres().getJdbcUrl("postgres", "postgres");
        }
    },
    MARIADB(Set.of(ISOLATION, CATALOG, READ_ONLY, NETWORK_TIMEOUT), "org.mariadb.jdbc.Connection") {
        @Override
        String url() {
            return "jdbc:mariadb://127.0.0.1:" + DatabaseServers.mariadb() + "/contract";
        }
    },
    /** MySQL's driver; no MySQL server is to be had in a form fit for the build. */
    MYSQL(
            Set.of(ISOLATION, CATALOG, READ_ONLY, NETWORK_TIMEOUT),
            "com.mysql.cj.jdbc.JdbcConnection") {
        @Override
        String url() {
            return "jdbc:mysql://127.0.0.1:" + DatabaseServers.mariadb() + "/contract";
        }
    },
    SQLITE(Set.of(ISOLATION), "org.sqlite.SQLiteConnection") {
        @Override
        String url() {
            return "jdbc:sqlite:" + SqliteFile.PATH;
        }
    };

    /** The attributes that the driver lets an application change. */
    private final Set<SessionAttribute> changeable;

    private final String driverType;

    TestDatabase(Set<SessionAttribute> changeable, String driverType) {
        this.changeable = changeable;
        this.driverType = driverType;
    }

    abstract String url();

    /** Of a server. */
    int port() {
        return URI.create(url().substring("jdbc:".length())).getPort();
    }

    /** The same database by another way to its server. */
    String url(int port) {
        return url().replace(":" + port() + "/", ":" + port + "/");
    }

    /** Asks a driver to fetch rows as they are read. */
    int streaming() {
        return this == MYSQL ? Integer.MIN_VALUE : 1;
    }

    boolean canChange(SessionAttribute attribute) {
        return changeable.contains(attribute);
    }

    Class<?> driverType() {
        try {
            return Class.forName(driverType);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    boolean hasSchemas() {
        return this != SQLITE;
    }

    /** A call that the driver prepares. */
    String call() {
        return this == H2 ? "{call abs(1)}" : "{call something()}";
    }

    /** SQL for {@code setAutoCommit(false)}, where there is such. */
    String autoCommitOff() {
        return this == H2 ? "set autocommit false" : "set autocommit = 0";
    }

    /** Schema, or what the database has instead. */
    String schema(Connection connection) throws SQLException {
        return canChange(CATALOG) ? connection.getCatalog() : connection.getSchema();
    }

    void useOtherSchema(Connection connection) throws SQLException {
        if (canChange(CATALOG)) {
            connection.setCatalog("other");
        } else if (hasSchemas()) {
            connection.setSchema(this == H2 ? "OTHER" : "other");
        }
    }

    Map<String, String> pool(String... more) {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.test.url", url());
        if (this == MARIADB || this == MYSQL) {
            properties.put("cabstand.pool.test.username", "app");
            properties.put("cabstand.pool.test.password", "secret");
        }
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    /** Made at the first use; in a directory that ends with the JVM. */
    private static final class SqliteFile {
        static final Path PATH = create();

        private static Path create() {
            try {
                Path directory = Files.createTempDirectory("sqlite");
                directory.toFile().deleteOnExit();
                Path file = directory.resolve("contract.db");
                file.toFile().deleteOnExit();
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
