package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cabstand.internal.Log;

/**
 * The session settings of MySQL and MariaDB: system variables, user variables ({@code SET @name}),
 * the current database and the role. Reset-connection sets variables to their global values, and
 * leaves database and role as they are.
 *
 * <p>Thread safety: immutable.
 *
 * @see <a href="https://mariadb.com/docs/server/reference/clientserver-protocol">MariaDB,
 *     COM_RESET_CONNECTION</a>
 */
final class MysqlVariables implements SessionVariables {

    private static final String DATABASE = "database()";
    private static final String ROLE = "current_role()";

    /** A number needs no quotes. In the list of variables NULL and an empty text look alike. */
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private static final int GLOBAL_VARIABLE = 1229;
    private static final int READ_ONLY_VARIABLE = 1238;

    @Override
    public Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        collect(connection, "SHOW SESSION VARIABLES", "", settings);
        collect(connection, "SELECT '', DATABASE()", DATABASE, settings);
        collectIfThere(
                connection,
                "SELECT variable_name, variable_value FROM information_schema.user_variables",
                "@",
                settings);
        collectIfThere(connection, "SELECT '', CURRENT_ROLE()", ROLE, settings);
        return settings;
    }

    private static void collect(
            Connection connection, String query, String prefix, Map<String, String> settings)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            while (results.next()) {
                settings.put(prefix + results.getString(1), results.getString(2));
            }
        }
    }

    /**
     * Collects the rows of a query that not every server has. MySQL lacks the table, but its driver
     * sets the URL's variables again; old servers have no roles.
     */
    private static void collectIfThere(
            Connection connection, String query, String prefix, Map<String, String> settings)
            throws SQLException {
        try {
            collect(connection, query, prefix, settings);
        } catch (SQLException e) {
            if (e.getErrorCode() == 0) {
                throw e; // not an error of the server
            }
            Log.debug("not there: " + query, e);
        }
    }

    @Override
    public Set<String> volatileNames() {
        return Set.of(
                "timestamp",
                "rand_seed1",
                "rand_seed2",
                "last_insert_id",
                "insert_id",
                "identity",
                "pseudo_thread_id");
    }

    @Override
    public List<String> assignments(String name, String value) {
        if (name.equals(DATABASE) || name.equals(ROLE)) {
            return List.of();
        }
        String variable = name.startsWith("@") ? "@" + quoted(name.substring(1), '`') : name;
        String set = (name.startsWith("@") ? "" : "SESSION ") + variable + " = ";
        String text = set + quoted(value.replace("\\", "\\\\"), '\'');
        if (value.isEmpty()) {
            return List.of(text, set + "NULL");
        }
        return NUMBER.matcher(value).matches() ? List.of(set + value, text) : List.of(text);
    }

    @Override
    public String statement(List<String> assignments) {
        return "SET " + String.join(", ", assignments);
    }

    @Override
    public boolean isOfServer(SQLException error) {
        return error.getErrorCode() == GLOBAL_VARIABLE
                || error.getErrorCode() == READ_ONLY_VARIABLE;
    }

    @Override
    public List<String> wayBack(Map<String, String> settings) {
        List<String> statements = new ArrayList<>();
        if (settings.get(DATABASE) != null) {
            statements.add("USE " + quoted(settings.get(DATABASE), '`'));
        }
        if (settings.containsKey(ROLE)) {
            String role = settings.get(ROLE);
            boolean isQuoted = role != null && (role.startsWith("`") || role.equals("NONE"));
            statements.add(
                    "SET ROLE " + (role == null ? "NONE" : isQuoted ? role : quoted(role, '`')));
        }
        return statements;
    }

    @Override
    public boolean isAstray(Connection connection, Map<String, String> settings)
            throws SQLException {
        if (settings.get(DATABASE) != null) {
            return false;
        }
        Map<String, String> now = new LinkedHashMap<>();
        collect(connection, "SELECT '', DATABASE()", DATABASE, now);
        return now.get(DATABASE) != null;
    }

    private static String quoted(String text, char quote) {
        String mark = String.valueOf(quote);
        return mark + text.replace(mark, mark + mark) + mark;
    }
}
