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
 * Makes a used session what it was when it was opened, with {@code reset=full}.
 *
 * <p>A database's own reset undoes more than what the last user did: also what the driver and the URL had
 * set at the connect, which differs by driver, version and URL. So the first session of a pool is reset
 * before anybody uses it; what has changed by that is set again from then on, after each reset.
 *
 * <p>Thread safety: immutable.
 */
final class SessionReset {

    private final SessionVariables known;

    /** In this order they make a used session a new one. */
    private final List<SessionChange> steps;

    /** What was read when all was set up. */
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
     * Sets a new session up, and learns by it.
     *
     * @param fresh as the driver opened it, in auto-commit mode
     * @param clear the database's own reset
     * @param setUp what is done with each session after it was opened or cleared
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
        // what the set-up has made it makes again, not always the same
        ready.keySet().retainAll(connected.keySet());
        clear.apply(fresh);
        // what the driver had set
        List<String> afterClearing = new ArrayList<>(repair.repair(fresh, connected));
        afterClearing.addAll(repair.accepted(fresh, known.wayBack(connected)));
        setUp.apply(fresh);
        // what the driver, who believes that it is set, did not set again
        List<String> afterSetUp = repair.repair(fresh, ready);
        List<SessionChange> steps =
                List.of(
                        clear,
                        session -> VariableRepair.execute(session, afterClearing),
                        setUp,
                        session -> VariableRepair.execute(session, afterSetUp));
        // what was found step by step must hold as a whole
        makeAsNew(fresh, steps);
        Set<String> lost = Set.copyOf(repair.assignments(fresh, ready).keySet());
        return new SessionReset(known, steps, ready, lost);
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
