package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;
import org.cabstand.Credentials;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Secrets;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.SqlTransaction;
import org.cabstand.internal.database.SqlTransaction.State;
import org.cabstand.internal.jdbc.SessionAttribute;

/**
 * Connects to a pool's database and sets the session up as configured.
 *
 * <p>Thread safety: safe for concurrent use. Baseline and transaction are written by the first thread that
 * has a connection; a second one that is as early writes equal ones.
 */
final class Connector {

    private static final Credentials NONE = new Credentials(null, null);

    private final PoolSettings settings;
    private final Database database;
    private final DriverSource driver;
    private final Logins logins;
    private final String application;

    /** For each answer at a return; null where there is no way to limit it, or the user's own. */
    private final Duration returnLimit;

    private volatile Baseline baseline;
    private volatile SqlTransaction sqlTransaction;

    /**
     * Connects to nothing yet.
     *
     * @param logins asked anew for each connection
     * @param application its name, for the database's list of sessions
     */
    Connector(
            PoolSettings settings,
            Database database,
            DriverSource driver,
            Logins logins,
            String application) {
        this.settings = settings;
        this.database = database;
        this.driver = driver;
        this.logins = logins;
        this.application = application;
        Duration limit = settings.networkTimeout();
        this.returnLimit =
                settings.active() && limitsReads()
                        ? limit == null ? settings.loginTimeout() : limit
                        : null;
    }

    /**
     * A new session, set up.
     *
     * @throws SQLException whatever went wrong, without secrets
     */
    PhysicalConnection connect(Opener opener) throws SQLException {
        Logins.Login login = login();
        DriverConnection connection = null;
        try {
            connection = driver.connect(settings.url(), properties(login.credentials()));
            logins.accepted();
            setUp(connection.connection());
            PhysicalConnection opened =
                    new PhysicalConnection(opener, this, settings, connection, baseline);
            opened.openedWith(login.fingerprint());
            return opened;
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw failed(e, login);
        } catch (RuntimeException | LinkageError e) {
            closeAfter(e, connection);
            throw failed(new SQLException(e.toString(), "08001", e), login);
        } finally {
            logins.ended();
        }
    }

    private Logins.Login login() throws SQLException {
        try {
            return logins.next();
        } catch (RuntimeException e) {
            throw error(new SQLException(e.toString(), "08001", e), NONE);
        }
    }

    private SQLException failed(SQLException cause, Logins.Login login) {
        SQLException error = error(cause, login.credentials());
        if (database.isRefusal(cause)) {
            logins.refused(login, error);
        }
        return error;
    }

    private static void closeAfter(Throwable error, DriverConnection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            error.addSuppressed(e);
        }
    }

    private Properties properties(Credentials login) {
        Properties properties = new Properties();
        properties.putAll(database.properties());
        properties.putAll(database.sessionName(application, settings.name()));
        properties.putAll(database.loginLimits(settings.loginTimeout()));
        properties.keySet().removeIf(name -> isInUrl((String) name));
        properties.putAll(settings.properties());
        if (login.username() != null) {
            properties.setProperty("user", login.username());
        }
        if (login.password() != null) {
            properties.setProperty("password", login.password());
        }
        return properties;
    }

    /** What users set themselves, in the URL or as a property, is theirs. */
    private boolean isInUrl(String property) {
        return Stream.of("?", "&", ";")
                .anyMatch(separator -> settings.url().contains(separator + property + "="));
    }

    private void setUp(Connection connection) throws SQLException {
        if (settings.networkTimeout() != null) {
            limitReads(connection, settings.networkTimeout());
        } else if (limitsReads()) {
            limitReads(connection, Duration.ZERO);
        }
        configure(connection);
        if (baseline == null) {
            sqlTransaction = database.sqlTransaction(connection);
            baseline = Baseline.of(connection, database, settings.autoCommit());
        }
        connection.setAutoCommit(settings.autoCommit());
    }

    /** Whether the limit of reads for the login is ours, and not the user's. */
    private boolean limitsReads() {
        return database.readLimit() != null
                && !isInUrl(database.readLimit())
                && !settings.properties().containsKey(database.readLimit());
    }

    private static void limitReads(Connection connection, Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    }

    /**
     * Bounds what the return asks of the database: the caller has what it wanted, and is not to wait longer
     * than for a new connection.
     *
     * @return whether there is a limit now, to be lifted by {@link #liftReturnLimit}
     */
    boolean limitReturn(Connection connection) throws SQLException {
        boolean limited = returnLimit != null && !connection.isClosed();
        if (limited) {
            limitReads(connection, returnLimit);
        }
        return limited;
    }

    void liftReturnLimit(Connection connection) throws SQLException {
        baseline.restore(connection, SessionAttribute.NETWORK_TIMEOUT);
    }

    /** What is configured for every session; in auto-commit mode. */
    private void configure(Connection connection) throws SQLException {
        if (settings.readOnly()) {
            connection.setReadOnly(true);
        }
        if (settings.isolation() != null) {
            connection.setTransactionIsolation(settings.isolation().level());
        }
        if (settings.initialSql() != null) {
            execute(connection, settings.initialSql());
        }
    }

    /** Whether SQL may have begun a transaction in auto-commit mode; no round trip. */
    boolean maybeInSqlTransaction(Connection connection) throws SQLException {
        return sqlTransaction.suspected(connection) != State.NONE;
    }

    /** Whether SQL has begun one; may take a round trip. */
    boolean isInSqlTransaction(Connection connection) throws SQLException {
        return maybeInSqlTransaction(connection) && sqlTransaction.state(connection) != State.NONE;
    }

    /** Whether nothing but a roll-back is possible any more. */
    boolean isInFailedTransaction(Connection connection) throws SQLException {
        return sqlTransaction.suspected(connection) == State.FAILED;
    }

    /** Undoes a transaction that SQL may have begun; says whether there was one. */
    boolean rollBackSqlTransaction(Connection connection) throws SQLException {
        boolean isOpen = isInSqlTransaction(connection);
        if (isOpen) {
            execute(connection, "ROLLBACK"); // drivers refuse theirs in auto-commit mode
        }
        return isOpen;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Clears all of a session's state, and sets it up again; there must be no open transaction. */
    void resetFully(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        if (settings.readOnly()) {
            connection.setReadOnly(false); // else the driver sees nothing to change below
        }
        database.fullReset().reset(connection);
        // what the driver itself has set by SQL is undone too, as pgjdbc's name of the application
        baseline.restore(connection, SessionAttribute.CLIENT_INFO);
        configure(connection);
        connection.setAutoCommit(settings.autoCommit());
    }

    /** The error that borrowers get, without secrets. */
    private SQLException error(SQLException cause, Credentials login) {
        String reason = Secrets.text(reason(cause), settings, login);
        String message = Message.CANNOT_OPEN.format(settings.name(), settings.shownUrl(), reason);
        SQLException error = ofKind(cause, message);
        if (Secrets.areIn(cause, settings, login)) {
            Log.debug("the cause of the error is not shown: it holds a secret");
            return error;
        }
        error.initCause(cause);
        return error;
    }

    /** Whether trying again may help is what callers ask the type for. */
    private static SQLException ofKind(SQLException cause, String message) {
        String state = cause.getSQLState() == null ? "08001" : cause.getSQLState();
        if (state.startsWith("28")) {
            return new SQLInvalidAuthorizationSpecException(message, state, cause.getErrorCode());
        }
        return cause instanceof SQLNonTransientConnectionException
                ? new SQLNonTransientConnectionException(message, state, cause.getErrorCode())
                : new SQLTransientConnectionException(message, state, cause.getErrorCode());
    }

    /** The same error with the calling thread's stack: the borrower's is what helps. */
    static SQLException again(SQLException error) {
        SQLException again = ofKind(error, error.getMessage());
        again.initCause(error.getCause());
        return again;
    }

    /** Drivers wrap the reason that people need: the innermost message has it. */
    private static String reason(SQLException error) {
        Throwable root = error;
        while (root.getCause() instanceof SQLException cause && cause != root) {
            root = cause;
        }
        return root.getMessage();
    }
}
