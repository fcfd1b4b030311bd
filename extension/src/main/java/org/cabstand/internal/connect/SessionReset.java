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
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.SessionVariables;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * Makes a used session what it was when it was opened, with {@code reset=full}.
 *
 * <p>A database's own reset undoes more than what the last user did: also what the driver and the URL had
 * set at the connect, which differs by driver, version and URL. So the first session of a pool is reset
 * before anybody uses it; what has changed by that is set again from then on, after each reset.
 *
 * <p>Thread safety: immutable.
 */
final class SessionReset {

    private final Database database;
    private final SessionVariables known;
    private final SessionChange clear;
    private final SessionChange setUp;

    /** SQL that sets again what the driver had set. */
    private final List<String> afterClearing = new ArrayList<>();

    /** SQL that sets again what the driver, who believes that it is set, did not. */
    private final List<String> afterSetUp = new ArrayList<>();

    /** What was read when all was set up. */
    private final Map<String, String> ready;

    private final Set<String> lost;

    /**
     * Sets a new session up, and learns by it.
     *
     * @param fresh as the driver opened it, in auto-commit mode
     * @param clear the database's own reset
     * @param setUp what is done with each session after it was opened or cleared
     * @throws SQLException if the database refuses
     */
    SessionReset(Connection fresh, Database database, SessionChange clear, SessionChange setUp)
            throws SQLException {
        this.database = database;
        this.known = database.sessions().sessionVariables();
        this.clear = clear;
        this.setUp = setUp;

        Map<String, String> connected = known.read(fresh);
        setUp.apply(fresh);
        ready = known.read(fresh);
        // what the set-up has made it makes again, not always the same
        ready.keySet().retainAll(connected.keySet());
        clear.apply(fresh);
        afterClearing.addAll(repair(fresh, connected));
        afterClearing.addAll(accepted(fresh, known.wayBack(connected)));
        setUp.apply(fresh);
        afterSetUp.addAll(repair(fresh, ready));
        // what was found step by step must hold as a whole
        makeAsNew(fresh);
        lost = Set.copyOf(assignments(fresh, ready).keySet());
    }

    /** Names of what cannot be brought back: no session can be used twice then. */
    Set<String> lost() {
        return lost;
    }

    /**
     * Clears all of a session's state, and sets it up again.
     *
     * @return false when there is no way back: the session must be replaced
     */
    boolean reset(Connection connection) throws SQLException {
        if (!lost.isEmpty()) {
            return false;
        }
        makeAsNew(connection);
        return !known.isAstray(connection, ready);
    }

    private void makeAsNew(Connection connection) throws SQLException {
        clear.apply(connection);
        execute(connection, afterClearing);
        setUp.apply(connection);
        execute(connection, afterSetUp);
    }

    private List<String> repair(Connection connection, Map<String, String> before)
            throws SQLException {
        List<String> accepted =
                assignments(connection, before).values().stream()
                        .flatMap(Optional::stream)
                        .toList();
        return accepted.isEmpty() ? List.of() : List.of(known.statement(accepted));
    }

    /** What a database refuses here nobody can have changed: roles on a server without grants, say. */
    private List<String> accepted(Connection connection, List<String> statements)
            throws SQLException {
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

    /** Sets what differs from before: how, by name; nothing where all ways were refused. */
    private Map<String, Optional<String>> assignments(
            Connection connection, Map<String, String> before) throws SQLException {
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

    /** In one go where the driver can. */
    private static void execute(Connection connection, List<String> statements)
            throws SQLException {
        if (statements.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            if (statements.size() == 1) {
                statement.execute(statements.get(0)); // drivers refuse results in a batch
                return;
            }
            for (String sql : statements) {
                statement.addBatch(sql);
            }
            statement.executeBatch();
        }
    }
}
