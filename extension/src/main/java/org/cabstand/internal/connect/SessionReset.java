package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.SessionVariables;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * Restores a used session to its initial state, with {@code reset=full}.
 *
 * <p>A database's own reset undoes more than the last user's changes: it also undoes what the driver and the URL had
 * set when connecting, which differs by driver, version and URL. So the first session of a pool is reset before anybody
 * uses it. The settings that this changes are made again after each reset.
 *
 * <p>Thread safety: immutable.
 */
final class SessionReset {

    private final SessionVariables known;

    /** The steps that make a used session a new one, in this order. */
    private final List<SessionChange> steps;

    /** The variables of a session that is completely set up. */
    private final Map<String, String> ready;

    private final Set<String> lost;

    private SessionReset(
            SessionVariables known,
            List<SessionChange> steps,
            Map<String, String> ready,
            Set<String> lost) {
        this.known = known;
        this.steps = steps;
        this.ready = ready;
        this.lost = lost;
    }

    /**
     * Sets up a new session, and learns from it.
     *
     * @param fresh as the driver opened it, in auto-commit mode
     * @param clear the database's own reset
     * @param setUp sets up each session after it was opened or cleared
     * @throws SQLException if the database refuses
     */
    static SessionReset learn(
            Connection fresh, Database database, SessionChange clear, SessionChange setUp)
            throws SQLException {
        SessionVariables known = Objects.requireNonNull(database.sessions().sessionVariables());
        VariableRepair repair = new VariableRepair(database, known);

        Map<String, String> connected = known.read(fresh);
        setUp.apply(fresh);
        Map<String, String> ready = known.read(fresh);
        // the set-up makes these again, and not always the same
        ready.keySet().retainAll(connected.keySet());
        clear.apply(fresh);
        // settings that the driver had made
        List<String> afterClearing = new ArrayList<>(repair.repair(fresh, connected));
        afterClearing.addAll(repair.accepted(fresh, known.wayBack(connected)));
        setUp.apply(fresh);
        // settings that the driver did not make again, because it believes that they still hold
        List<String> afterSetUp = repair.repair(fresh, ready);
        List<SessionChange> steps =
                List.of(
                        clear,
                        session -> VariableRepair.execute(session, afterClearing),
                        setUp,
                        session -> VariableRepair.execute(session, afterSetUp));
        // the steps, found one by one, must also work together
        makeAsNew(fresh, steps);
        Set<String> lost = Set.copyOf(repair.assignments(fresh, ready).keySet());
        return new SessionReset(known, steps, ready, lost);
    }

    /** Names of variables that cannot be restored. If there are any, no session can be used twice. */
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
        makeAsNew(connection, steps);
        return !known.isAstray(connection, ready);
    }

    private static void makeAsNew(Connection connection, List<SessionChange> steps)
            throws SQLException {
        for (SessionChange step : steps) {
            step.apply(connection);
        }
    }
}
