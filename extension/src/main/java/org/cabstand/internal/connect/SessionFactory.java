package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLTransientConnectionException;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.LoginBackoff.Login;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sessions of a pool: connects with the current credentials and sets the session up.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class SessionFactory {

    private final PoolSettings settings;
    private final Database database;
    private final DriverSource driver;
    private final LoginBackoff logins;
    private final ReadLimits readLimits;
    private final LoginProperties properties;
    private final ConnectErrors errors;
    private final SessionInitializer initializer;

    /**
     * A factory that has opened nothing yet.
     *
     * @param settings the pool's settings
     * @param database of the pool's URL
     * @param driver what opens connections; null only when the pool is not active
     * @param credentials asked anew for each session
     * @param application its name, for the database's list of sessions
     */
    public SessionFactory(
            PoolSettings settings,
            Database database,
            DriverSource driver,
            CredentialsSource credentials,
            String application) {
        this.settings = settings;
        this.database = database;
        this.driver = driver;
        this.logins = new LoginBackoff(settings.name(), credentials, System::nanoTime);
        this.readLimits = new ReadLimits(settings, database);
        this.properties = new LoginProperties(settings, database, readLimits, application);
        this.errors = new ConnectErrors(settings, database);
        this.initializer = new SessionInitializer(settings, database, readLimits, errors);
    }

    /**
     * Told how far an attempt to connect has come, so that what it has opened can be closed if the attempt is
     * abandoned. Throws if it has been abandoned.
     */
    public interface Progress {

        /**
         * Called before connecting: from now on the database may have a session.
         *
         * @throws SQLException when the attempt was given up
         */
        void connecting() throws SQLException;

        /**
         * There is a session.
         *
         * @param connection open, and not set up yet
         * @throws SQLException when the attempt was given up
         */
        void connected(DriverConnection connection) throws SQLException;
    }

    /**
     * Opens a session and sets it up. May take as long as the driver does.
     *
     * @param progress told how far it has come
     * @return a new session
     * @throws SQLException whatever went wrong, without secrets
     */
    public Session open(Progress progress) throws SQLException {
        Login login = login();
        DriverConnection connection = null;
        try {
            progress.connecting();
            connection = connect(login, progress);
            if (initializer.isFirst() && !readLimits.canBeLifted(connection.connection())) {
                connection.close();
                connection = connect(login, progress); // without the limit for the login
            }
            logins.accepted();
            return initializer.setUp(connection, login.credentials(), login.digest());
        } catch (Throwable e) { // an Error of a driver costs the attempt
            closeAfter(e, connection);
            throw failed(e, login);
        } finally {
            logins.ended();
        }
    }

    /**
     * The database's product and version.
     *
     * @return null until a session has been opened, and if the driver does not tell
     */
    public @Nullable String product() {
        return initializer.product();
    }

    private Login login() throws SQLException {
        try {
            return logins.next();
        } catch (SQLInvalidAuthorizationSpecException e) {
            throw e; // the pause
        } catch (Throwable e) { // of a provider or config source, which may throw anything
            throw errors.of(e);
        }
    }

    private DriverConnection connect(Login login, Progress progress) throws SQLException {
        DriverConnection connection =
                driver.connect(settings.url(), properties.of(login.credentials()));
        try {
            progress.connected(connection);
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw e;
        }
        return connection;
    }

    private static void closeAfter(Throwable error, @Nullable DriverConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (Throwable e) { // the first error is the one to tell
            error.addSuppressed(e);
        }
    }

    private SQLException failed(Throwable cause, Login login) {
        SQLException error = errors.of(cause, login.credentials());
        if (cause instanceof SQLException e && database.errors().isRefusal(e)) {
            logins.refused(login, error);
        }
        return error;
    }

    /** Told that an attempt takes too long: others need not wait for what it finds out. */
    public void givenUp() {
        logins.ended();
    }

    /**
     * An error that is ours.
     *
     * @param reason why no session could be opened
     * @return for borrowers
     */
    public SQLException error(String reason) {
        return errors.of(new SQLTransientConnectionException(reason, "08001"));
    }

    /**
     * Whether the database does not accept user name or password.
     *
     * @param error of {@link #open}
     * @return whether the next attempts have a pause of their own
     */
    public boolean isRefusal(SQLException error) {
        return database.errors().isRefusal(error);
    }

    /**
     * Whether the driver ends a read that takes too long.
     *
     * @return false where only another thread can end it
     */
    public boolean boundsReads() {
        return readLimits.areKept();
    }

    /**
     * Whether a thread in a call of the driver may be interrupted.
     *
     * @return false where the database is part of this process
     */
    public boolean mayInterrupt() {
        return !database.isInProcess();
    }

    /**
     * Ends a session from outside: what waits for its answer fails.
     *
     * @param connection one that was connected, but never became a session
     */
    public void cut(Connection connection) {
        cut(connection, database, settings.name());
    }

    static void cut(Connection connection, Database database, String pool) {
        try {
            connection.abort(Runnable::run);
        } catch (Throwable e) { // not every driver can; what is tried next may do
            Log.debug("pool '" + pool + "': a connection could not be aborted", e);
        }
        database.cut(connection);
    }
}
