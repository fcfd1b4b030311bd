package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * What differs per database, as data: the only place where it stands.
 *
 * <p>Fatal errors are those after which a connection is of no more use; SQLState class 08 is so
 * everywhere.
 */
enum Database {
    /**
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, Error
     *     Codes</a>
     * @see <a href="https://jdbc.postgresql.org/documentation/use/">pgjdbc, Connection Parameters</a>
     */
    POSTGRESQL(
            List.of("jdbc:postgresql:"),
            "org.postgresql:postgresql",
            Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04"),
            Set.of(),
            Limit.SECONDS,
            List.of("loginTimeout", "connectTimeout", "socketTimeout"),
            "ApplicationName"),

    /**
     * @see <a
     *     href="https://dev.mysql.com/doc/connector-j/en/connector-j-connp-props-networking.html">Connector/J,
     *     Networking</a>
     */
    MYSQL(
            List.of("jdbc:mysql:"),
            "com.mysql:mysql-connector-j",
            Set.of(),
            Set.of(1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 2055, 4031),
            Limit.MILLISECONDS,
            List.of("connectTimeout", "socketTimeout"),
            null),

    /**
     * @see <a href="https://mariadb.com/docs/connectors/mariadb-connector-j">MariaDB Connector/J</a>
     */
    MARIADB(
            List.of("jdbc:mariadb:"),
            "org.mariadb.jdbc:mariadb-java-client",
            MYSQL.fatalStates,
            MYSQL.fatalCodes,
            Limit.MILLISECONDS,
            List.of("connectTimeout", "socketTimeout"),
            null),

    /** H2: connection broken, database closed, closed at exit. */
    H2(
            List.of("jdbc:h2:"),
            "com.h2database:h2",
            Set.of(),
            Set.of(90067, 90098, 90121),
            Limit.NONE,
            List.of(),
            null),

    /** SQLite: I/O error, corrupt, not a database. */
    SQLITE(
            List.of("jdbc:sqlite:"),
            "org.xerial:sqlite-jdbc",
            Set.of(),
            Set.of(10, 11, 26),
            Limit.NONE,
            List.of(),
            null),

    /** Plain JDBC. */
    OTHER(List.of(), null, Set.of(), Set.of(), Limit.NONE, List.of(), null);

    /** In what a driver counts its time limits. */
    private enum Limit {
        NONE,
        SECONDS,
        MILLISECONDS
    }

    private final List<String> urlPrefixes;
    private final String driverCoordinates;
    private final Set<String> fatalStates;
    private final Set<Integer> fatalCodes;
    private final Limit limit;
    private final List<String> limitProperties;
    private final String sessionNameProperty;

    Database(
            List<String> urlPrefixes,
            String driverCoordinates,
            Set<String> fatalStates,
            Set<Integer> fatalCodes,
            Limit limit,
            List<String> limitProperties,
            String sessionNameProperty) {
        this.urlPrefixes = urlPrefixes;
        this.driverCoordinates = driverCoordinates;
        this.fatalStates = fatalStates;
        this.fatalCodes = fatalCodes;
        this.limit = limit;
        this.limitProperties = limitProperties;
        this.sessionNameProperty = sessionNameProperty;
    }

    static Database of(String url) {
        for (Database database : values()) {
            for (String prefix : database.urlPrefixes) {
                if (url.startsWith(prefix)) {
                    return database;
                }
            }
        }
        return OTHER;
    }

    /** The clause for an error message: where the driver is to be had; empty when not known. */
    String driverHint() {
        return driverCoordinates == null ? "" : " (" + driverCoordinates + ")";
    }

    /** Whether a connection is of no more use after this error. */
    boolean isFatal(SQLException error) {
        for (Throwable t = error; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException e && isFatalByItself(e)) {
                return true;
            }
        }
        SQLException next = error.getNextException();
        return next != null && next != error && isFatal(next);
    }

    private boolean isFatalByItself(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || state != null && (state.startsWith("08") || fatalStates.contains(state))
                || fatalCodes.contains(e.getErrorCode());
    }

    /** Limits for connecting and for reads while connecting, in the form that the driver honours. */
    Map<String, String> loginLimits(Duration loginTimeout) {
        Map<String, String> limits = new LinkedHashMap<>();
        String value =
                limit == Limit.SECONDS
                        ? Long.toString((loginTimeout.toMillis() + 999) / 1000)
                        : Long.toString(Math.max(1, loginTimeout.toMillis()));
        limitProperties.forEach(property -> limits.put(property, value));
        return limits;
    }

    /** Whether reads of an open connection are still limited by {@link #loginLimits}. */
    boolean limitsReads() {
        return limitProperties.contains(SOCKET_TIMEOUT);
    }

    /** The property that limits reads; what users set for it themselves stays. */
    static final String SOCKET_TIMEOUT = "socketTimeout";

    /**
     * Reads which schema a session begins with.
     *
     * <p>PostgreSQL has a path of schemas, of which JDBC shows the first one only.
     */
    SessionChange schemaReset(Connection fresh) throws SQLException {
        if (this != POSTGRESQL) {
            String schema = fresh.getSchema();
            return back -> back.setSchema(schema);
        }
        String path;
        try (Statement statement = fresh.createStatement();
                ResultSet results = statement.executeQuery("SHOW search_path")) {
            results.next();
            path = results.getString(1);
        }
        return back -> {
            try (PreparedStatement statement =
                    back.prepareStatement("SELECT set_config('search_path', ?, false)")) {
                statement.setString(1, path);
                statement.execute();
            }
        };
    }

    /** The SQL that clears all of a session's state, outside of a transaction; null where none is known. */
    String fullReset() {
        return this == POSTGRESQL ? "DISCARD ALL" : null;
    }

    /** Properties that name the session in the database's list of sessions. */
    Map<String, String> sessionName(String name) {
        return sessionNameProperty == null ? Map.of() : Map.of(sessionNameProperty, name);
    }
}
