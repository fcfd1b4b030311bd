package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.SessionVariables;

/**
 * Finds the SQL that restores a session's variables after a reset.
 *
 * <p>Thread safety: immutable.
 */
final class VariableRepair {

    private final Database database;
    private final SessionVariables known;

    VariableRepair(Database database, SessionVariables known) {
        this.database = database;
        this.known = known;
    }

    /** Restores the variables that differ from before; returns the SQL that did. */
    List<String> repair(Connection connection, Map<String, String> before) throws SQLException {
        List<String> accepted =
                assignments(connection, before).values().stream()
                        .flatMap(Optional::stream)
                        .toList();
        return accepted.isEmpty() ? List.of() : List.of(known.statement(accepted));
    }

    /**
     * Returns the statements that the database accepts. Nobody can have changed what it refuses to change here, such as
     * roles on a server without grants.
     */
    List<String> accepted(Connection connection, List<String> statements) throws SQLException {
        List<String> accepted = new ArrayList<>();
        for (String statement : statements) {
            try {
                execute(connection, List.of(statement));
                accepted.add(statement);
            } catch (SQLException e) {
                if (database.errors().isFatal(e)) {
                    throw e;
                }
                Log.debug("refused: " + statement, e);
            }
        }
        return accepted;
    }

    /**
     * Restores the variables that differ from before; returns the assignment for each name, empty if the database
     * refused all.
     */
    Map<String, Optional<String>> assignments(Connection connection, Map<String, String> before)
            throws SQLException {
        Map<String, String> now = known.read(connection);
        Map<String, Optional<String>> made = new LinkedHashMap<>();
        for (Map.Entry<String, String> setting : before.entrySet()) {
            String name = setting.getKey();
            if (!known.volatileNames().contains(name)
                    && !Objects.equals(setting.getValue(), now.get(name))) {
                assign(connection, name, setting.getValue(), made);
            }
        }
        return made;
    }

    private void assign(
            Connection connection, String name, String value, Map<String, Optional<String>> made)
            throws SQLException {
        made.put(name, Optional.empty());
        for (String assignment : known.assignments(name, value)) {
            try {
                execute(connection, List.of(known.statement(List.of(assignment))));
                made.put(name, Optional.of(assignment));
                return;
            } catch (SQLException e) {
                if (database.errors().isFatal(e)) {
                    throw e;
                }
                Log.debug("refused: " + name, e);
                if (known.isOfServer(e)) {
                    made.remove(name);
                    return;
                }
            }
        }
    }

    /** Executes them in one batch if the driver can. */
    static void execute(Connection connection, List<String> statements) throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (statements.size() == 1) {
                statement.execute(statements.get(0)); // drivers refuse results in a batch
                return;
            }
            try {
                for (String sql : statements) {
                    statement.addBatch(sql);
                }
                statement.executeBatch();
            } catch (SQLException e) {
                Log.debug("no batch; MySQL's driver refuses any in a read-only session", e);
                executeEach(connection, statements);
            }
        }
    }

    private static void executeEach(Connection connection, List<String> statements)
            throws SQLException {
        for (String sql : statements) {
            execute(connection, List.of(sql));
        }
    }
}
