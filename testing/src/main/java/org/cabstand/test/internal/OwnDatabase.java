package org.cabstand.test.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final String PREFIX = "cabstand_";

    /** The prefix of advisory locks, by which a JVM owns its tests' databases. */
    private static final int OWNERS = 4748;

    /** Groups: the text before the database's name, the name, and the rest. */
    private static final Pattern POSTGRES =
            Pattern.compile("(jdbc:postgresql:(?://[^/]*/)?)([^?]*)(.*)");

    /** Drops a database. */
    private interface Drop {
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
        Matcher postgres = POSTGRES.matcher(url);
        if (postgres.matches()) {
            return copy(pool, postgres, uuid, login, driver);
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

    // PostgreSQL

    private String copy(
            String pool, Matcher url, String uuid, Properties login, DriverSource driver)
            throws SQLException {
        String configured = url.group(2);
        boolean configuredIsPostgres = configured.equals("postgres");
        String maintenance =
                url.group(1) + (configuredIsPostgres ? "template1" : "postgres") + url.group(3);
        // advisory locks belong to the connected database, so each has its own prefix
        String prefix = PREFIX + (configuredIsPostgres ? "t" : "");
        String name = prefix + uuid;
        String template = configured;
        DriverConnection control = driver.connect(maintenance, login);
        try {
            dropThoseOfTheDead(control.connection(), prefix);
            // the session holds it, so it is free when this JVM has ended, however it ended
            execute(
                    control.connection(),
                    "select pg_advisory_lock(" + OWNERS + ", hashtext('" + name + "'))");
            if (script != null) {
                template = template(url, login, driver, control.connection());
            }
            execute(
                    control.connection(),
                    "create database " + quoted(name) + " template " + quoted(template));
        } catch (SQLException e) {
            control.close();
            throw new SQLException(
                    Message.NO_OWN_DATABASE.format(pool, url.group(), e.getMessage()),
                    e.getSQLState(),
                    e);
        }
        drops.put(
                name,
                () -> {
                    try {
                        execute(
                                control.connection(),
                                "drop database if exists " + quoted(name) + " with (force)");
                    } finally {
                        control.close();
                    }
                });
        return url.group(1) + name + url.group(3);
    }

    /**
     * Creates the template for a script from the configured database, once for all tests, and keeps it for the next
     * run.
     */
    private String template(Matcher url, Properties login, DriverSource driver, Connection control)
            throws SQLException {
        String template =
                "cabstand_template_"
                        + Integer.toHexString(url.group(2).hashCode())
                        + Integer.toHexString(script.sql().hashCode());
        template = template.toLowerCase(Locale.ROOT);
        // one of several test JVMs creates it
        execute(control, "select pg_advisory_lock(4747, 1)");
        try {
            if (!exists(control, template)) {
                String making = template + "_making";
                execute(control, "drop database if exists " + quoted(making) + " with (force)");
                execute(
                        control,
                        "create database " + quoted(making) + " template " + quoted(url.group(2)));
                DriverConnection first =
                        driver.connect(url.group(1) + making + url.group(3), login);
                try {
                    script.run(first.connection());
                } finally {
                    first.close();
                }
                execute(
                        control,
                        "alter database " + quoted(making) + " rename to " + quoted(template));
            }
        } finally {
            execute(control, "select pg_advisory_unlock(4747, 1)");
        }
        return template;
    }

    /** Drops databases that a killed JVM has left behind. */
    private static void dropThoseOfTheDead(Connection control, String prefix) throws SQLException {
        List<String> left = new ArrayList<>();
        try (Statement statement = control.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select datname from pg_database where datname ~ '^"
                                        + prefix
                                        + "[0-9a-f]{32}$'")) {
            while (rows.next()) {
                left.add(rows.getString(1));
            }
        }
        for (String each : left) {
            if (isTrue(
                    control,
                    "select pg_try_advisory_lock(" + OWNERS + ", hashtext('" + each + "'))")) {
                try {
                    execute(control, "drop database if exists " + quoted(each) + " with (force)");
                } finally {
                    execute(
                            control,
                            "select pg_advisory_unlock(" + OWNERS + ", hashtext('" + each + "'))");
                }
            }
        }
    }

    private static boolean isTrue(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    private static boolean exists(Connection control, String database) throws SQLException {
        try (var statement =
                control.prepareStatement("select 1 from pg_database where datname = ?")) {
            statement.setString(1, database);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
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
