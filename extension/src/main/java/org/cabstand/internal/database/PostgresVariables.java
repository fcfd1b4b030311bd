package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The session settings of PostgreSQL. {@code DISCARD ALL} restores the values that the protocol set
 * at the login, and undoes what the driver has set by SQL after that.
 *
 * <p>Thread safety: immutable.
 *
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-settings.html">pg_settings</a>
 */
final class PostgresVariables implements SessionVariables {

    /** Leaves out the settings of the current transaction, which follow the session's. */
    private static final String QUERY =
            "SELECT name, setting FROM pg_settings WHERE context IN ('user', 'superuser')"
                    + " AND name NOT LIKE 'transaction%'"
                    + " UNION ALL SELECT 'role', current_setting('role') ORDER BY 1";

    @Override
    public Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(QUERY)) {
            while (results.next()) {
                settings.put(results.getString(1), results.getString(2));
            }
        }
        return settings;
    }

    @Override
    public Set<String> volatileNames() {
        return Set.of();
    }

    @Override
    public List<String> assignments(String name, String value) {
        // E'': whatever standard_conforming_strings is
        String text = value.replace("\\", "\\\\").replace("'", "''");
        return List.of("set_config('" + name + "', E'" + text + "', false)");
    }

    @Override
    public String statement(List<String> assignments) {
        return "SELECT " + String.join(", ", assignments);
    }

    @Override
    public boolean isOfServer(SQLException error) {
        return false;
    }

    @Override
    public List<String> wayBack(Map<String, String> settings) {
        return List.of();
    }

    @Override
    public boolean isAstray(Connection connection, Map<String, String> settings) {
        return false;
    }
}
