package org.cabstand.test.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.DriverSource;

/**
 * The databases of one test. They are created when a pool opens its first connection, and dropped at the end.
 *
 * <p>On PostgreSQL a copy of the configured database, to which nobody may be connected meanwhile, or, with a script, a
 * copy of a template that the script has filled once. On H2 and SQLite a new database, which the script fills.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class OwnDatabase {

    static final String PREFIX = "cabstand_";

    /** Drops a database. */
    interface Drop {
        void run() throws SQLException, IOException;
    }

    private final Script script;
    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, Drop> drops = new HashMap<>();

    /**
     * A test without databases.
     *
     * @param script fills a new database; null for none
     */
    OwnDatabase(Script script) {
        this.script = script;
    }

    /** A script that fills a database. */
    record Script(String resource, String sql) {

        static Script of(Class<?> test, String resource) {
            try (var in = test.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("there is no resource " + resource);
                }
                return new Script(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalArgumentException(resource + " cannot be read", e);
            }
        }

        void run(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                if (connection.getMetaData().getURL().startsWith("jdbc:sqlite:")) {
                    for (String each :
                            sql.split(";\\s*(\\n|$)")) { // the driver runs only the first statement
                        if (!each.isBlank()) {
                            statement.execute(each);
                        }
                    }
                } else {
                    statement.execute(sql);
                }
            }
        }
    }

    /** The URL of this test's database, which the first call creates. */
    synchronized String url(String pool, String url, Properties login, DriverSource driver)
            throws SQLException {
        String own = urls.get(pool);
        if (own == null) {
            own = make(pool, url, login, driver);
            urls.put(pool, own);
        }
        return own;
    }

    private String make(String pool, String url, Properties login, DriverSource driver)
            throws SQLException {
        String uuid = UUID.randomUUID().toString().replace("-", "");
        String name = PREFIX + uuid;
        PostgresOriginal postgres = PostgresOriginal.of(url, login, driver);
        if (postgres != null) {
            PostgresOriginal.Copy copy = postgres.copy(pool, uuid, script);
            drops.put(copy.url(), copy.drop());
            return copy.url();
        }
        if (url.startsWith("jdbc:h2:mem:")) {
            int settings = url.indexOf(';');
            String own = "jdbc:h2:mem:" + name + (settings < 0 ? "" : url.substring(settings));
            return filled(own, login, driver, true);
        }
        if (url.startsWith("jdbc:sqlite:")) {
            return file(pool, url, name, login, driver);
        }
        throw new SQLException(
                Message.NO_OWN_DATABASE.format(pool, url, "this database is not known"), "0A000");
    }

    private String filled(String own, Properties login, DriverSource driver, boolean inMemory)
            throws SQLException {
        if (script == null && !inMemory) {
            return own;
        }
        DriverConnection first = driver.connect(own, login);
        if (script != null) {
            script.run(first.connection());
        }
        if (inMemory) {
            drops.put(own, first::close); // the database exists as long as a connection is open
        } else {
            first.close();
        }
        return own;
    }

    private String file(String pool, String url, String name, Properties login, DriverSource driver)
            throws SQLException {
        try {
            Path own = Files.createTempDirectory("cabstand").resolve(name + ".db");
            String rest = url.substring("jdbc:sqlite:".length());
            int parameters = rest.indexOf('?');
            String path = parameters < 0 ? rest : rest.substring(0, parameters);
            if (path.startsWith("file:")) {
                path = path.substring("file:".length());
            }
            if (!path.isEmpty() && !path.startsWith(":") && Files.exists(Path.of(path))) {
                Files.copy(Path.of(path), own, StandardCopyOption.REPLACE_EXISTING);
            }
            drops.put(
                    name,
                    () -> {
                        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
                            Files.deleteIfExists(Path.of(own + suffix));
                        }
                        Files.deleteIfExists(own.getParent());
                    });
            String query = parameters < 0 ? "" : rest.substring(parameters);
            return filled("jdbc:sqlite:" + own + query, login, driver, false);
        } catch (IOException e) {
            throw new SQLException(Message.NO_OWN_DATABASE.format(pool, url, e), "58030", e);
        }
    }

    /** Drops the databases of this test. */
    synchronized void drop() throws SQLException, IOException {
        List<Drop> all = List.copyOf(drops.values());
        drops.clear();
        urls.clear();
        Exception error = null;
        for (Drop drop : all) {
            try {
                drop.run();
            } catch (SQLException | IOException e) {
                if (error == null) {
                    error = e;
                } else {
                    error.addSuppressed(e);
                }
            }
        }
        if (error instanceof SQLException e) {
            throw e;
        }
        if (error instanceof IOException e) {
            throw e;
        }
    }
}
