package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.PartOfSession;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the changes of a session's state since it was handed out, and restores the initial state at the return, within
 * the time limit of a return.
 *
 * <p>Thread safety: as JDBC's, one thread at a time.
 */
public final class SessionState {

    private final PoolSettings settings;
    private final Database database;
    private final ReadLimits readLimits;
    private final SessionProfile profile;
    private final Connection driver;
    private final Work work;

    /** Attributes that may differ from the initial state. */
    private final Set<SessionAttribute> changed = EnumSet.noneOf(SessionAttribute.class);

    /** Customizers may have changed the session before the borrower got it. */
    private boolean prepared;

    /** Whether the reads of this return are limited. */
    private boolean returnLimited;

    /** The use may have had a session of another server, too. */
    private boolean switched;

    SessionState(
            PoolSettings settings,
            Database database,
            ReadLimits readLimits,
            SessionProfile profile,
            Connection driver,
            Work work) {
        this.settings = settings;
        this.database = database;
        this.readLimits = readLimits;
        this.profile = profile;
        this.driver = driver;
        this.work = work;
    }

    /** Begins a use. */
    void begin() {
        changed.clear();
        prepared = false;
        switched = false;
    }

    /** Notes that customizers prepare the session: the borrower begins with the state that they leave. */
    public void prepared() {
        prepared = true;
    }

    /**
     * Notes that an attribute is about to be changed.
     *
     * @param attribute is reset at the end
     */
    public void changed(SessionAttribute attribute) {
        if (attribute != SessionAttribute.QUERY_TIMEOUT
                || profile.baseline().attributes().contains(attribute)) {
            changed.add(attribute);
        } // otherwise it has gone with its statement
    }

    /**
     * Whether an attribute may differ from its initial value.
     *
     * @param attribute which one
     * @return true when it will be reset
     */
    public boolean isChanged(SessionAttribute attribute) {
        return changed.contains(attribute);
    }

    /** Notes that anything may have been changed unseen. */
    void changedAll() {
        changed.addAll(profile.baseline().attributes());
    }

    /**
     * Returns the change that restores the attribute that the borrower got. Called before the attribute is changed.
     *
     * @param attribute which one
     * @return null when the driver does not tell the value
     */
    public @Nullable SessionChange wayBack(SessionAttribute attribute) {
        if (prepared) {
            try {
                return InitialState.wayBackNow(driver, database, attribute);
            } catch (SQLException | RuntimeException e) {
                Log.debug("the driver does not tell its " + attribute, e);
            }
        }
        return profile.baseline().wayBack(attribute);
    }

    /**
     * Whether a rollback undoes a change of an attribute made in the transaction.
     *
     * @param attribute what is changed
     * @return false when it stays
     */
    public boolean isUndoneByRollback(SessionAttribute attribute) {
        return database.sessions().isUndoneByRollback(attribute);
    }

    /**
     * Rolls back, within the time limit of a return.
     *
     * @throws SQLException when the driver refuses
     */
    public void rollBack() throws SQLException {
        limitReturn();
        driver.rollback();
    }

    // the return

    /**
     * Closes statements.
     *
     * @param left what is still open
     * @throws SQLException when the driver refuses
     */
    public void closeAll(OpenStatements left) throws SQLException {
        if (!left.isEmpty()) {
            if (driver instanceof PartOfSession part) {
                part.leavesOpen();
            }
            limitReturn(); // drivers may read the remaining rows
            left.closeAll();
        }
    }

    /**
     * Rolls back unfinished work. Must not be called while the session is busy.
     *
     * @return whether statements had run in such a transaction
     * @throws SQLException when the session must be destroyed
     */
    public boolean endWork() throws SQLException {
        boolean unfinished = endWorkHere();
        if (changed.contains(SessionAttribute.READ_ONLY)
                && database.sessions().maySwitchServers(settings.url())) {
            // the work may have been done on the other server; to come back must not commit it
            limitReturn();
            profile.baseline().restore(driver, SessionAttribute.READ_ONLY);
            unfinished |= endWorkHere();
            switched = true;
        }
        return unfinished;
    }

    private boolean endWorkHere() throws SQLException {
        boolean autoCommit = driver.getAutoCommit();
        boolean begunBySql = false;
        boolean unfinished = false;
        if (!autoCommit) {
            unfinished = work.hasWorkedManually();
            limitReturn();
            // always: metadata, updatable results and unwrapped objects do work that nobody notes
            driver.rollback();
        } else if (work.maybeInSqlTransaction()) {
            limitReturn();
            begunBySql = work.rollBackSqlTransaction();
        }
        if ((begunBySql || !autoCommit) && work.isMisled()) {
            driver.setAutoCommit(!autoCommit); // otherwise the driver would see nothing to set
            changed.add(SessionAttribute.AUTO_COMMIT);
        }
        if (begunBySql || autoCommit != settings.session().autoCommit()) {
            changed.add(SessionAttribute.AUTO_COMMIT); // SQL may have changed it
        }
        return unfinished || begunBySql;
    }

    /**
     * Restores the initial state; there must be no open transaction.
     *
     * @return false when there is no way back and the session must be destroyed
     * @throws SQLException when the session must be destroyed
     */
    public boolean reset() throws SQLException {
        if (!changed.isEmpty()) {
            limitReturn();
            if (!profile.baseline().reset(driver, changed)) {
                return false;
            }
            changed.clear();
        }
        if (settings.session().reset() == Reset.FULL) {
            limitReturn();
            if (!resetFully()) {
                return false;
            }
        }
        if (returnLimited) {
            profile.baseline().restore(driver, SessionAttribute.NETWORK_TIMEOUT);
            returnLimited = false;
        }
        work.completed();
        driver.clearWarnings();
        if (profile.marksRequests()) {
            profile.endRequest(driver);
        }
        return true;
    }

    private boolean resetFully() throws SQLException {
        if (driver instanceof PartOfSession part && part.transaction() != null) {
            return true; // other connections share the session's state
        }
        if (switched) {
            return false; // the reset reaches one session only
        }
        driver.setAutoCommit(true);
        boolean isAsNew = Objects.requireNonNull(profile.fullReset()).reset(driver);
        driver.setAutoCommit(settings.session().autoCommit());
        return isAsNew;
    }

    private void limitReturn() throws SQLException {
        if (!returnLimited && readLimits.beginReturn(driver)) {
            returnLimited = true;
            // lifting the limit resets it, at the end
            changed.remove(SessionAttribute.NETWORK_TIMEOUT);
        }
    }
}
