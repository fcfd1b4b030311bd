package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.transaction.xa.XAResource;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.jdbc.SessionAttribute;

/**
 * One session of the database: the driver's connection, what was done in it, and what was changed.
 *
 * <p>Each use begins with {@link #begin}, and ends with {@link SessionState#endWork} and {@link
 * SessionState#reset}.
 *
 * <p>Thread safety: as JDBC's, one thread at a time; {@link #cut} and {@link #abort} by any.
 */
public final class Session {

    private final PoolSettings settings;
    private final Database database;
    private final ReadLimits readLimits;
    private final SessionProfile profile;
    private final DriverConnection opened;
    private final Connection driver;
    private final CredentialsDigest login;
    private final boolean spoiled;
    private final Work work;
    private final SessionState state;

    Session(
            PoolSettings settings,
            Database database,
            ReadLimits readLimits,
            SessionProfile profile,
            DriverConnection opened,
            CredentialsDigest login,
            boolean spoiled) {
        this.settings = settings;
        this.database = database;
        this.readLimits = readLimits;
        this.profile = profile;
        this.opened = opened;
        this.driver = opened.connection();
        this.login = login;
        this.spoiled = spoiled;
        this.work = new Work(driver, profile.transaction(), profile.exchange());
        this.state = new SessionState(settings, database, readLimits, profile, driver, work);
    }

    /** {@return the driver's connection, which statements run on} */
    public Connection driver() {
        return driver;
    }

    /** {@return what was done in it} */
    public Work work() {
        return work;
    }

    /** {@return what was changed in it, and the way back} */
    public SessionState state() {
        return state;
    }

    /** {@return what it was opened with} */
    public CredentialsDigest login() {
        return login;
    }

    /**
     * Whether it has lost what every session begins with, while it was found out what a reset takes away.
     *
     * @return true for one that must not be used
     */
    public boolean isSpoiled() {
        return spoiled;
    }

    /**
     * The driver's resource, in a pool of XA connections.
     *
     * @return the one of this session
     * @throws SQLException when the driver refuses
     */
    public XAResource xaResource() throws SQLException {
        return Objects.requireNonNull(opened.xa(), "not in a pool of XA connections")
                .getXAResource();
    }

    // use

    /** It is handed out. */
    public void begin() {
        work.begin();
        state.begin();
    }

    /**
     * Whether {@link #beginRequest} is worth a call.
     *
     * @return false for most drivers
     */
    public boolean marksRequests() {
        return profile.marksRequests();
    }

    /**
     * Calls JDBC's {@code beginRequest}; its {@code endRequest} is part of {@link SessionState#reset}.
     *
     * @throws SQLException when the driver refuses
     */
    public void beginRequest() throws SQLException {
        profile.beginRequest(driver);
    }

    /** The application gets at an object of the driver: it may work with that, and change everything. */
    public void unwrapped() {
        work.unwrapped();
        state.changedAll();
    }

    /**
     * Whether somebody wants it read-only.
     *
     * @return false when that cannot be known
     */
    public boolean isMeantToBeReadOnly() {
        try {
            return driver.isReadOnly();
        } catch (SQLException e) {
            Log.debug("pool '" + settings.name() + "': isReadOnly failed", e);
            return false;
        }
    }

    // questions to a session that may be dead, and its end

    /**
     * Asks the database; may take as long as the driver does.
     *
     * @return false when the driver says that it is of no use
     * @throws SQLException when the database does not answer, or with an error
     */
    public boolean isValid() throws SQLException {
        Duration timeout = settings.validation().wholeSeconds();
        if (settings.validation().query() == null) {
            try {
                return driver.isValid((int) timeout.toSeconds());
            } catch (AbstractMethodError e) {
                return !driver.isClosed(); // one of JDBC 3.0 needs a validation-query for more
            }
        }
        // a read without answer is ended by the driver, where it can; a query time-out ends none
        boolean limited = readLimits.beginValidation(driver);
        try (Statement statement = driver.createStatement()) {
            statement.setQueryTimeout((int) timeout.toSeconds());
            statement.execute(settings.validation().query());
        }
        if (!driver.getAutoCommit()) {
            driver.rollback();
        }
        if (limited) {
            profile.baseline().restore(driver, SessionAttribute.NETWORK_TIMEOUT);
        }
        return true;
    }

    /**
     * Closes it; may take as long as the database does.
     *
     * @param isSilent the database does not answer: it is cut off, as a polite end would wait
     * @throws SQLException when the driver refuses
     */
    public void close(boolean isSilent) throws SQLException {
        try {
            if (isSilent) {
                cut();
            } else {
                readLimits.beginClose(driver);
            }
        } finally {
            opened.close();
        }
    }

    /** Ends it from outside, without a word to the database: what waits for its answer fails. */
    public void cut() {
        SessionFactory.cut(driver, database, settings.name());
    }

    /**
     * Ends it as {@link Connection#abort}.
     *
     * @param executor as the driver wants it
     * @throws SQLException when the driver refuses
     */
    public void abort(Executor executor) throws SQLException {
        try {
            driver.abort(executor);
        } catch (AbstractMethodError e) {
            driver.close(); // one of JDBC 4.0 has nothing harder
        }
    }
}
