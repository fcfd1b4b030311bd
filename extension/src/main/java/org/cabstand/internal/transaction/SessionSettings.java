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
import org.jspecify.annotations.Nullable;

/**
 * The settings that handles have made on a borrowed session.
 *
 * <p>The handles of a JTA transaction share its session, but not their settings: the session gets each handle's
 * settings when it is that handle's turn. A setting that a rollback would undo is made outside of the
 * transaction where that is possible, and otherwise again after the rollback.
 *
 * <p>Thread safety: one thread at a time, as in JDBC. Handles call it under their lock, except for {@link
 * #isAsWanted}.
 */
public final class SessionSettings {

    /** Attributes of a whole transaction: some databases would end it, so they are never set within one. */
    private static final Set<SessionAttribute> OF_TRANSACTION =
            EnumSet.of(SessionAttribute.READ_ONLY, SessionAttribute.ISOLATION);

    private final Lease lease;

    /** Null for a session that a single handle uses. */
    private final @Nullable TransactionBranch branch;

    /** The settings that the session has; null for none. */
    private volatile @Nullable WantedSettings adopted;

    /** Only for a shared session: the way back to its state before a handle changed it. */
    private final Map<SessionAttribute, SessionChange> before =
            new EnumMap<>(SessionAttribute.class);

    private final Map<SessionAttribute, SessionChange> made = new EnumMap<>(SessionAttribute.class);

    /** Made in a transaction, and undone if that is rolled back. */
    private final Set<SessionAttribute> undoable = EnumSet.noneOf(SessionAttribute.class);

    /** Whether a setting has to wait for the end of the transaction. */
    private boolean waiting;

    /**
     * The settings of a session that a single handle uses.
     *
     * @param lease the handle's lease
     */
    public SessionSettings(Lease lease) {
        this(lease, null);
    }

    /** The settings of a session that all handles of a transaction share. */
    SessionSettings(TransactionBranch branch) {
        this(branch.lease(), branch);
    }

    private SessionSettings(Lease lease, @Nullable TransactionBranch branch) {
        this.lease = lease;
        this.branch = branch;
    }

    /** {@return the lease of the session} */
    public Lease lease() {
        return lease;
    }

    /**
     * Whether a session has a handle's settings. Another handle may have used it since.
     *
     * @param settings the settings of the session; null for none
     * @param wanted the settings of the handle; null for none
     * @return false when {@link #adopt} is needed
     */
    public static boolean isAsWanted(
            @Nullable SessionSettings settings, @Nullable WantedSettings wanted) {
        return (settings == null ? null : settings.adopted) == wanted;
    }

    static boolean isOfTransaction(SessionAttribute attribute) {
        return OF_TRANSACTION.contains(attribute);
    }

    /**
     * Gives the session the settings of a handle, or leaves it alone when it can only be rolled back.
     *
     * @param wanted the settings of the handle; null for none
     * @throws SQLException when the driver refuses
     */
    public void adopt(@Nullable WantedSettings wanted) throws SQLException {
        adopted = WantedSettings.UNKNOWN; // until it has succeeded
        if (lease.session().work().isDoomed()) {
            return;
        }
        for (SessionAttribute attribute : SessionAttribute.values()) {
            SessionChange asked = wanted == null ? null : wanted.change(attribute);
            SessionChange want = asked == null ? before.get(attribute) : asked;
            if (want == made.get(attribute)
                    || branch != null && attribute == SessionAttribute.AUTO_COMMIT) {
                continue;
            }
            if (isOfTransaction(attribute) && lease.session().work().isInBegunTransaction()) {
                waiting = true;
                continue;
            }
            lease.changed(attribute);
            if (asked == null) {
                comeBack(attribute, want);
            } else {
                SessionChange clear = before.get(attribute);
                if (attribute == SessionAttribute.CLIENT_INFO && clear != null) {
                    comeBack(attribute, clear); // clear the other handles' names
                }
                apply(attribute, asked);
            }
            made.put(attribute, want);
        }
        adopted = wanted;
    }

    /** Undoes what another handle has set. If that fails, this handle must not use the session. */
    private void comeBack(SessionAttribute attribute, @Nullable SessionChange back)
            throws SQLException {
        try {
            if (back == null) {
                throw new SQLException("the driver does not show the " + attribute, "25000");
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
     * Makes one setting.
     *
     * @param attribute the attribute to set
     * @param change how to set it
     * @throws SQLException when the driver refuses
     */
    public void apply(SessionAttribute attribute, SessionChange change) throws SQLException {
        Connection driver = lease.driverConnection();
        boolean maybeUndone =
                !driver.getAutoCommit() && lease.session().state().isUndoneByRollback(attribute);
        if (maybeUndone
                && !(branch instanceof XaBranch)
                && lease.session().work().isBeforeTransaction()) {
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
            SessionChange back = lease.session().state().wayBack(attribute);
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
     * Notes that {@link #apply} has made a setting that the application asked for.
     *
     * @param attribute the attribute that was set
     * @param wanted the settings of the handle, this one included
     */
    public void made(SessionAttribute attribute, WantedSettings wanted) {
        made.put(attribute, wanted.change(attribute));
        adopted = wanted;
    }

    /** Notes a rollback: settings may have been undone, and those that waited for it can be made. */
    public void rolledBack() {
        if (waiting || !undoable.isEmpty()) {
            adopted = WantedSettings.UNKNOWN;
        }
        made.keySet().removeAll(undoable);
        undoable.clear();
        waiting = false;
    }

    /**
     * Commits the settings made so far, so that no rollback undoes them. Only before the first statement.
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
