package org.cabstand.test.internal;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The positions of a database's sequences when a test began, because no rollback resets them.
 *
 * <p>Thread safety: immutable.
 */
final class Sequences {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final Map<String, String> QUERIES =
            Map.of(
                    "PostgreSQL",
                    "select schemaname || '.' || sequencename, last_value from pg_sequences",
                    "H2",
                    "select sequence_schema || '.' || sequence_name, base_value"
                            + " from information_schema.sequences union all"
                            + " select table_name || '.' || column_name, identity_base"
                            + " from information_schema.columns where is_identity = 'YES'",
                    "MariaDB",
                    "select table_name, auto_increment from information_schema.tables"
                            + " where table_schema = database() and auto_increment is not null",
                    "MySQL",
                    "select table_name, auto_increment from information_schema.tables"
                            + " where table_schema = database() and auto_increment is not null");

    /** The sequences that were reported, with their pools. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private final Map<String, Long> values;

    private Sequences(Map<String, Long> values) {
        this.values = values;
    }

    static Sequences of(Connection connection) {
        Map<String, Long> values = new TreeMap<>();
        try {
            String query = QUERIES.get(connection.getMetaData().getDatabaseProductName());
            if (query != null) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        values.put(rows.getString(1), rows.getLong(2));
                    }
                }
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            LOGGER.log(Level.DEBUG, "the database does not tell its sequences", e);
        }
        return new Sequences(values);
    }

    /** Reports the sequences that have moved since then, each only once. */
    void report(String pool, TestRun test, Connection connection) {
        Set<String> moved = new TreeSet<>();
        of(connection)
                .values
                .forEach(
                        (name, value) -> {
                            if (!Objects.equals(values.get(name), value)
                                    && values.containsKey(name)
                                    && SAID.add(pool + '/' + name)) {
                                moved.add(name);
                            }
                        });
        if (!moved.isEmpty()) {
            LOGGER.log(
                    Level.INFO,
                    Message.SEQUENCES.format(pool, test.name(), String.join(", ", moved)));
        }
    }
}
