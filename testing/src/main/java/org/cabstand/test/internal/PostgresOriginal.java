package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.test.internal.OwnDatabase.Drop;
import org.cabstand.test.internal.OwnDatabase.Script;

/**
 * A database on PostgreSQL of which tests get copies: of the database itself, to which nobody may be connected
 * meanwhile, or of a template that a script has filled once.
 *
 * <p>Thread safety: one thread.
 */
final class PostgresOriginal {

    /** The prefix of advisory locks, by which a JVM owns its tests' databases. */
    private static final int OWNERS = 4748;

    /** Groups: the text before the database's name, the name, and the rest. */
    private static final Pattern URL =
            Pattern.compile("(jdbc:postgresql:(?://[^/]*/)?)([^?]*)(.*)");

    /**
     * A copy.
     *
     * @param drop drops it, and ends the session that owns it
     */
    record Copy(String url, Drop drop) {}

    private final Matcher url;
    private final String database;
    private final Properties login;
    private final DriverSource driver;

    private PostgresOriginal(Matcher url, Properties login, DriverSource driver) {
        this.url = url;
        this.database = url.group(2);
        this.login = login;
        this.driver = driver;
    }

    /** Null if the URL is of another database. */
    static PostgresOriginal of(String url, Properties login, DriverSource driver) {
        Matcher matcher = URL.matcher(url);
        return matcher.matches() ? new PostgresOriginal(matcher, login, driver) : null;
    }

    private String url(String name) {
        return url.group(1) + name + url.group(3);
    }

    /**
     * Makes a copy.
     *
     * @param id a part of its name
     * @param script fills the template; null to copy the database itself
     */
    Copy copy(String pool, String id, Script script) throws SQLException {
        boolean isPostgres = database.equals("postgres");
        // advisory locks belong to the connected database, so each has its own prefix
        String prefix = OwnDatabase.PREFIX + (isPostgres ? "t" : "");
        String name = prefix + id;
        DriverConnection control =
                driver.connect(url(isPostgres ? "template1" : "postgres"), login);
        try {
            dropThoseOfTheDead(control.connection(), prefix);
            // the session holds it, so it is free when this JVM has ended, however it ended
            execute(
                    control.connection(),
                    "select pg_advisory_lock(" + OWNERS + ", hashtext('" + name + "'))");
            String template = script == null ? database : template(script, control.connection());
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
        return new Copy(url(name), () -> drop(name, control));
    }

    private static void drop(String name, DriverConnection control) throws SQLException {
        try {
            execute(
                    control.connection(),
                    "drop database if exists " + quoted(name) + " with (force)");
        } finally {
            control.close();
        }
    }

    /**
     * Creates the template for a script from the configured database, once for all tests, and keeps it for the next
     * run.
     */
    private String template(Script script, Connection control) throws SQLException {
        String template =
                "cabstand_template_"
                        + Integer.toHexString(database.hashCode())
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
                        "create database " + quoted(making) + " template " + quoted(database));
                DriverConnection first = driver.connect(url(making), login);
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
}
