package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * What a borrowed session has of that which handles have set through JDBC.
 *
 * <p>The handles of a JTA transaction share its session, but not their settings: it is made to be as each
 * wants it when it is that one's turn. What a roll-back undoes is made outside of transactions where that is
 * possible, and again after the roll-back where it is not.
 *
 * <p>Thread safety: as JDBC's, one thread at a time; handles call it under their lock.
 */
final class SessionSettings {

    /** What holds for a whole transaction, and would end it on some databases: never set within one. */
    private static final Set<SessionAttribute> OF_TRANSACTION =
            EnumSet.of(SessionAttribute.READ_ONLY, SessionAttribute.ISOLATION);

    private final NamedPool pool;
    private final Lease lease;

    /** Null for a session that one handle has for itself. */
    private final Branch branch;

    /** Of a shared session only: how to come back to what it was before a handle changed it. */
    private final Map<SessionAttribute, SessionChange> before =
            new EnumMap<>(SessionAttribute.class);

    private final Map<SessionAttribute, SessionChange> made = new EnumMap<>(SessionAttribute.class);

    /** Made in a transaction, and gone with it if it is rolled back. */
    private final Set<SessionAttribute> undoable = EnumSet.noneOf(SessionAttribute.class);

    /** Something waits for the end of the transaction. */
    private boolean waiting;

    SessionSettings(NamedPool pool, Lease lease, Branch branch) {
        this.pool = pool;
        this.lease = lease;
        this.branch = branch;
    }

    /** Whose settings these are. */
    Lease lease() {
        return lease;
    }

    static boolean isOfTransaction(SessionAttribute attribute) {
        return OF_TRANSACTION.contains(attribute);
    }

    /**
     * Makes the session be as one handle wants it.
     *
     * @param wanted what the handle has set
     * @return false when nothing can be set, as only a roll-back is possible
     */
    boolean adopt(Map<SessionAttribute, ? extends SessionChange> wanted) throws SQLException {
        if (lease.physical().isDoomed()) {
            return false;
        }
        for (SessionAttribute attribute : SessionAttribute.values()) {
            SessionChange asked = wanted.get(attribute);
            SessionChange want = asked == null ? before.get(attribute) : asked;
            if (want == made.get(attribute)
                    || branch != null && attribute == SessionAttribute.AUTO_COMMIT) {
                continue;
            }
            if (isOfTransaction(attribute) && lease.physical().isInBegunTransaction()) {
                waiting = true;
                continue;
            }
            lease.changed(attribute);
            if (asked == null) {
                comeBack(attribute, want);
            } else {
                SessionChange clear = before.get(attribute);
                if (attribute == SessionAttribute.CLIENT_INFO && clear != null) {
                    comeBack(attribute, clear); // the names of others
                }
                apply(attribute, asked);
            }
            made.put(attribute, want);
        }
        return true;
    }

    /** Another handle has set it, and this one has not: who cannot undo that must not go on. */
    private void comeBack(SessionAttribute attribute, SessionChange back) throws SQLException {
        try {
            if (back == null) {
                throw new SQLException("the driver does not tell its " + attribute, "25000");
            }
            apply(attribute, back);
        } catch (SQLException e) {
            throw new SQLException(
                    Message.SET_BY_ANOTHER.format(pool.name(), attribute, e.getMessage()),
                    e.getSQLState(),
                    e);
        }
    }

    /** Makes a change that is part of what the handle wants. */
    void apply(SessionAttribute attribute, SessionChange change) throws SQLException {
        Connection driver = lease.driverConnection();
        boolean maybeUndone =
                !driver.getAutoCommit() && pool.database().isUndoneByRollback(attribute);
        if (maybeUndone
                && !(branch instanceof XaBranch)
                && lease.physical().isBeforeTransaction()) {
            driver.setAutoCommit(true);
            try {
                applyHere(driver, attribute, change);
            } finally {
                driver.setAutoCommit(false);
            }
            return;
        }
        applyHere(driver, attribute, change);
        if (maybeUndone) {
            undoable.add(attribute);
        }
    }

    private void applyHere(Connection driver, SessionAttribute attribute, SessionChange change)
            throws SQLException {
        if (branch != null && !before.containsKey(attribute)) {
            SessionChange back = wayBack(driver, attribute);
            if (back != null) {
                before.put(attribute, back);
            }
        }
        change.apply(driver);
        if (attribute == SessionAttribute.AUTO_COMMIT) {
            lease.autoCommitIs(driver.getAutoCommit());
        }
    }

    /** A customizer may have changed what every session begins with. */
    private SessionChange wayBack(Connection driver, SessionAttribute attribute) {
        if (pool.hasCustomizers()) {
            try {
                return Baseline.wayBackNow(driver, pool.database(), attribute);
            } catch (SQLException | RuntimeException e) {
                Log.debug("the driver does not tell its " + attribute, e);
            }
        }
        return lease.physical().wayBack(attribute);
    }

    /** The application has made this change, by {@link #apply}. */
    void made(SessionAttribute attribute, SessionChange whole) {
        made.put(attribute, whole);
    }

    /**
     * What was set within the transaction may be undone, and what waited for its end may be set.
     *
     * @return whether {@link #adopt} has something to do
     */
    boolean rolledBack() {
        boolean stale = waiting || !undoable.isEmpty();
        made.keySet().removeAll(undoable);
        undoable.clear();
        waiting = false;
        return stale;
    }

    /** Before the application's first statement: nothing is undone that was made until now. */
    void keep() throws SQLException {
        if (!undoable.isEmpty()) {
            lease.physical().keepWork();
            undoable.clear();
        }
    }
}
