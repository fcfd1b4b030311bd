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
 * What was changed in a session since it was handed out, and how it becomes again what it was when it was
 * opened. What that asks of the database takes no longer than a return may.
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

    /** What may differ from what it was when the session was opened. */
    private final Set<SessionAttribute> changed = EnumSet.noneOf(SessionAttribute.class);

    /** Others than the borrower may have changed it, before the borrower got it. */
    private boolean prepared;

    /** What the return asks of the database is bounded. */
    private boolean returnLimited;

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

    /** The session is handed out. */
    void begin() {
        changed.clear();
        prepared = false;
    }

    /** Others than the borrower prepare the session: what it is like afterwards is what he begins with. */
    public void prepared() {
        prepared = true;
    }

    /**
     * An attribute is about to be changed.
     *
     * @param attribute to be reset at the end
     */
    public void changed(SessionAttribute attribute) {
        changed.add(attribute);
    }

    /**
     * Whether an attribute may differ from what it was when the session was opened.
     *
     * @param attribute which one
     * @return true when it is to be reset
     */
    public boolean isChanged(SessionAttribute attribute) {
        return changed.contains(attribute);
    }

    /** Everything may be changed, unseen. */
    void changedAll() {
        changed.addAll(profile.baseline().attributes());
    }

    /**
     * How to come back to what an attribute was when the borrower got the session. Called before it is changed.
     *
     * @param attribute which one
     * @return null where the driver does not tell
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
     * Whether the database undoes a change of an attribute with the transaction that it was made in.
     *
     * @param attribute what is changed
     * @return false when it stays
     */
    public boolean isUndoneByRollback(SessionAttribute attribute) {
        return database.sessions().isUndoneByRollback(attribute);
    }

    /**
     * Rolls back, for no longer than a return may take.
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
            limitReturn(); // the rest of their rows may have to be read
            left.closeAll();
        }
    }

    /**
     * Rolls back what was neither committed nor rolled back. Not while it is busy.
     *
     * @return whether statements had run in such a transaction
     * @throws SQLException when the session must be destroyed
     */
    public boolean endWork() throws SQLException {
        boolean autoCommit = driver.getAutoCommit();
        boolean begunBySql = false;
        boolean unfinished = false;
        if (!autoCommit) {
            unfinished = work.hasWorkedManually();
            limitReturn();
            // always: metadata, updatable results and what was unwrapped do work that nobody notes
            driver.rollback();
        } else if (work.maybeInSqlTransaction()) {
            limitReturn();
            begunBySql = work.rollBackSqlTransaction();
        }
        if (begunBySql || autoCommit != settings.session().autoCommit()) {
            changed.add(SessionAttribute.AUTO_COMMIT); // SQL may have switched it
        }
        return unfinished || begunBySql;
    }

    /**
     * Makes it what it was when it was opened; there must be no open transaction.
     *
     * @return false when there is no way back: then it must be destroyed
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
            return true; // the session's state is others', too
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
