package org.cabstand.internal.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.cabstand.internal.pool.Lease;

/**
 * What a borrowed session has of that which handles have set through JDBC.
 *
 * <p>The handles of a JTA transaction share its session, but not their settings: it is made to be as each
 * wants it when it is that one's turn. What a roll-back undoes is made outside of transactions where that is
 * possible, and again after the roll-back where it is not.
 *
 * <p>Thread safety: as JDBC's, one thread at a time; handles call it under their lock, but for {@link #isAsWanted}.
 */
public final class SessionSettings {

    /** What holds for a whole transaction, and would end it on some databases: never set within one. */
    private static final Set<SessionAttribute> OF_TRANSACTION =
            EnumSet.of(SessionAttribute.READ_ONLY, SessionAttribute.ISOLATION);

    private final Lease lease;

    /** Null for a session that one handle has for itself. */
    private final Branch branch;

    /** Null for nothing. */
    private volatile WantedSettings adopted;

    /** Of a shared session only: how to come back to what it was before a handle changed it. */
    private final Map<SessionAttribute, SessionChange> before =
            new EnumMap<>(SessionAttribute.class);

    private final Map<SessionAttribute, SessionChange> made = new EnumMap<>(SessionAttribute.class);

    /** Made in a transaction, and gone with it if it is rolled back. */
    private final Set<SessionAttribute> undoable = EnumSet.noneOf(SessionAttribute.class);

    /** Something waits for the end of the transaction. */
    private boolean waiting;

    /**
     * The settings of a session that one handle has for itself.
     *
     * @param lease the hand-out
     */
    public SessionSettings(Lease lease) {
        this(lease, null);
    }

    /** The settings of a session that the handles of a transaction share. */
    SessionSettings(Branch branch) {
        this(branch.lease(), branch);
    }

    private SessionSettings(Lease lease, Branch branch) {
        this.lease = lease;
        this.branch = branch;
    }

    /**
     * Whose settings these are.
     *
     * @return the hand-out
     */
    public Lease lease() {
        return lease;
    }

    /**
     * Whether a session is as a handle wants it; another one may have used it.
     *
     * @param settings what was set on the session; null for nothing
     * @param wanted what the handle has set; null for nothing
     * @return false when there may be something to set
     */
    public static boolean isAsWanted(SessionSettings settings, WantedSettings wanted) {
        return (settings == null ? null : settings.adopted) == wanted;
    }

    static boolean isOfTransaction(SessionAttribute attribute) {
        return OF_TRANSACTION.contains(attribute);
    }

    /**
     * Makes the session be as one handle wants it. Nothing is set when only a roll-back is possible any more.
     *
     * @param wanted what the handle has set; null for nothing
     * @throws SQLException when the driver refuses
     */
    public void adopt(WantedSettings wanted) throws SQLException {
        adopted = WantedSettings.UNKNOWN; // what fails half-way is nobody's
        if (lease.isDoomed()) {
            return;
        }
        for (SessionAttribute attribute : SessionAttribute.values()) {
            SessionChange asked = wanted == null ? null : wanted.change(attribute);
            SessionChange want = asked == null ? before.get(attribute) : asked;
            if (want == made.get(attribute)
                    || branch != null && attribute == SessionAttribute.AUTO_COMMIT) {
                continue;
            }
            if (isOfTransaction(attribute) && lease.isInBegunTransaction()) {
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
        adopted = wanted;
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
                    Message.SET_BY_ANOTHER.format(lease.pool().name(), attribute, e.getMessage()),
                    e.getSQLState(),
                    e);
        }
    }

    /**
     * Makes a change that is part of what the handle wants.
     *
     * @param attribute what to change
     * @param change how
     * @throws SQLException when the driver refuses
     */
    public void apply(SessionAttribute attribute, SessionChange change) throws SQLException {
        Connection driver = lease.driverConnection();
        boolean maybeUndone = !driver.getAutoCommit() && lease.isUndoneByRollback(attribute);
        if (maybeUndone && !(branch instanceof XaBranch) && lease.isBeforeTransaction()) {
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
            SessionChange back = lease.wayBack(attribute);
            if (back != null) {
                before.put(attribute, back);
            }
        }
        change.apply(driver);
        if (attribute == SessionAttribute.AUTO_COMMIT) {
            lease.autoCommitIs(driver.getAutoCommit());
        }
    }

    /**
     * The application has set something, by {@link #apply}.
     *
     * @param attribute what
     * @param wanted with that
     */
    public void made(SessionAttribute attribute, WantedSettings wanted) {
        made.put(attribute, wanted.change(attribute));
        adopted = wanted;
    }

    /** What was set within the transaction may be undone, and what waited for its end may be set. */
    public void rolledBack() {
        if (waiting || !undoable.isEmpty()) {
            adopted = WantedSettings.UNKNOWN;
        }
        made.keySet().removeAll(undoable);
        undoable.clear();
        waiting = false;
    }

    /**
     * Before the application's first statement: nothing is undone that was made until now.
     *
     * @throws SQLException when the driver refuses
     */
    public void keep() throws SQLException {
        if (!undoable.isEmpty()) {
            lease.keepWork();
            undoable.clear();
        }
    }
}
