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
 * One session of the database: the driver's connection, the work done in it, and the state changed in it.
 *
 * <p>Each use begins with {@link #begin}, and ends with {@link SessionState#endWork} and {@link SessionState#reset}.
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

    /** {@return the work done in it} */
    public Work work() {
        return work;
    }

    /** {@return the changes of its state, and the way back} */
    public SessionState state() {
        return state;
    }

    /** {@return the digest of the credentials that opened it} */
    public CredentialsDigest login() {
        return login;
    }

    /**
     * Whether it has lost the initial state, which happens to a first session that shows what a reset takes away.
     *
     * @return true if it must not be used
     */
    public boolean isSpoiled() {
        return spoiled;
    }

    /**
     * The driver's resource, in a pool of XA connections.
     *
     * @return this session's resource
     * @throws SQLException when the driver refuses
     */
    public XAResource xaResource() throws SQLException {
        return Objects.requireNonNull(opened.xa(), "not in a pool of XA connections")
                .getXAResource();
    }

    // use

    /** Begins a use. */
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

    /** Notes that the application has got an object of the driver, by which it can work and change anything unseen. */
    public void unwrapped() {
        work.unwrapped();
        state.changedAll();
    }

    /**
     * Whether somebody has made it read-only on purpose.
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

    // validation and end

    /**
     * Asks the database; may take as long as the driver does.
     *
     * @return false when the driver says that it is invalid
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
        // the driver ends a read without answer, if it can; a query timeout ends none
        boolean limited = readLimits.beginValidation(driver);
        try (Statement statement = driver.createStatement()) {
            statement.setQueryTimeout((int) timeout.toSeconds());
            statement.execute(settings.validation().query());
        }
        profile.baseline().restore(driver, SessionAttribute.QUERY_TIMEOUT);
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
     * @param isSilent whether the database does not answer; then the session is cut, because a regular close would wait
     * @throws SQLException when the driver refuses
     */
    public void close(boolean isSilent) throws SQLException {
        try {
            if (isSilent) {
                cut();
            } else {
                readLimits.beginClose(driver);
                rollBackAtLast();
            }
        } finally {
            opened.close();
        }
    }

    /** A session may be closed with unfinished work, such as one that is broken, and must not commit that. */
    private void rollBackAtLast() {
        if (database.sessions().rollBackAtClose()) {
            return;
        }
        try {
            if (!driver.isClosed() && !driver.getAutoCommit()) {
                driver.rollback();
            }
        } catch (SQLException | RuntimeException e) {
            Log.debug("pool '" + settings.name() + "': no rollback before the close", e);
        }
    }

    /** Ends it from outside, without telling the database; a call that waits for an answer fails. */
    public void cut() {
        SessionFactory.cut(driver, database, settings.name());
    }

    /**
     * Ends it by {@link Connection#abort}.
     *
     * @param executor as the driver wants it
     * @throws SQLException when the driver refuses
     */
    public void abort(Executor executor) throws SQLException {
        try {
            driver.abort(executor);
        } catch (AbstractMethodError e) {
            driver.close(); // a driver of JDBC 4.0 has no abort
        }
    }
}
