package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
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
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Reset;
import org.cabstand.internal.config.Secrets;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.database.Exchange;
import org.cabstand.internal.database.SqlTransaction;
import org.cabstand.internal.database.SqlTransaction.State;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;
import org.cabstand.internal.monitor.Eviction;

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
    private volatile Exchange exchange;

    /** With {@code reset=full} only. */
    private volatile SessionReset sessionReset;

    /** The session that showed that there is no way back; written by its thread. */
    private volatile Connection spoiled;

    /** Written with the baseline, and when it was wrong. */
    private volatile boolean marksRequests;

    /** False for a driver of JDBC 4.0; written when the pool's first connection is there. */
    private volatile boolean hasNetworkTimeout = true;

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
     * Told how far an attempt to connect has come: what there is to clear away when it is given up. Throws when
     * it was given up.
     */
    interface Progress {

        /** From now on the database may have a session. */
        void connecting() throws SQLException;

        /** There is a session. */
        void connected(DriverConnection connection) throws SQLException;
    }

    /** An attempt takes too long: others need not wait for what it finds out. */
    void givenUp() {
        logins.ended();
    }

    /**
     * A new session, set up. May take as long as the driver does: {@link Opener} knows the limit.
     *
     * @throws SQLException whatever went wrong, without secrets
     */
    PhysicalConnection connect(Opener opener, Progress progress) throws SQLException {
        Logins.Login login = login();
        DriverConnection connection = null;
        try {
            progress.connecting();
            connection = open(login, progress);
            if (baseline == null && limitsReads() && lacksNetworkTimeout(connection)) {
                // its limit of reads for the login could not be lifted again
                connection.close();
                connection = open(login, progress);
            }
            logins.accepted();
            setUp(connection.connection());
            PhysicalConnection opened =
                    new PhysicalConnection(opener, this, settings, connection, baseline);
            opened.openedWith(login.fingerprint());
            if (connection.connection() == spoiled) {
                opened.retire(Eviction.CHANGED);
                spoiled = null;
            }
            return opened;
        } catch (Throwable e) { // an Error of a driver costs the attempt
            closeAfter(e, connection);
            throw failed(
                    e instanceof SQLException error
                            ? error
                            : new SQLException(e.toString(), "08001", e),
                    login);
        } finally {
            logins.ended();
        }
    }

    private DriverConnection open(Logins.Login login, Progress progress) throws SQLException {
        DriverConnection connection =
                driver.connect(settings.url(), properties(login.credentials()));
        try {
            progress.connected(connection);
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw e;
        }
        return connection;
    }

    private boolean lacksNetworkTimeout(DriverConnection connection) throws SQLException {
        try {
            connection.connection().getNetworkTimeout();
        } catch (AbstractMethodError e) {
            hasNetworkTimeout = false;
        }
        return !hasNetworkTimeout;
    }

    private Logins.Login login() throws SQLException {
        try {
            return logins.next();
        } catch (RuntimeException | Error e) {
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
        } catch (Throwable e) { // the first error is the one to tell
            error.addSuppressed(e);
        }
    }

    private Properties properties(Credentials login) {
        Properties properties = new Properties();
        properties.putAll(
                database.properties(settings.url(), settings.properties(), settings.readOnly()));
        properties.putAll(database.sessionName(application, settings.name()));
        properties.putAll(database.loginLimits(settings.loginTimeout()));
        if (!hasNetworkTimeout) {
            properties.remove(database.readLimit());
        }
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

    /** The driver's limit of reads for the login holds until all is done. */
    private void setUp(Connection connection) throws SQLException {
        begin(connection);
        boolean first = baseline == null;
        if (first && settings.validationQuery() != null) {
            tryValidationQuery(connection);
        }
        if (first) {
            liftLoginLimit(connection); // it must not be what sessions come back to
            sqlTransaction = database.sqlTransaction(connection);
            exchange = database.exchange(connection);
            marksRequests = marksRequests(connection);
            baseline = Baseline.of(connection, database, settings.autoCommit());
        }
        connection.setAutoCommit(settings.autoCommit());
        if (!first) {
            liftLoginLimit(connection);
        }
    }

    private void liftLoginLimit(Connection connection) throws SQLException {
        if (settings.networkTimeout() != null) {
            try {
                limitReads(connection, settings.networkTimeout());
            } catch (AbstractMethodError | SQLFeatureNotSupportedException e) {
                throw new SQLFeatureNotSupportedException(
                        Message.NO_NETWORK_TIMEOUT.format(settings.keyOf(Key.NETWORK_TIMEOUT), e),
                        "0A000",
                        e);
            }
        } else if (limitsReads()) {
            limitReads(connection, Duration.ZERO);
        }
    }

    /** One that is wrong would make each connection invalid, and nobody would know why. */
    private void tryValidationQuery(Connection connection) throws SQLException {
        try {
            execute(connection, settings.validationQuery());
        } catch (SQLException e) {
            throw keyed(e, Message.VALIDATION_QUERY_FAILED, Key.VALIDATION_QUERY);
        }
    }

    /** An error that names the key to blame: what is behind it says less. */
    private static final class KeyedException extends SQLException {

        private static final long serialVersionUID = 1L;

        KeyedException(String message, SQLException cause) {
            super(message, cause.getSQLState(), cause.getErrorCode(), cause);
        }
    }

    /** The error of SQL that was configured, with its key, unless the connection has failed. */
    private SQLException keyed(SQLException error, Message message, Key key) {
        return database.isFatal(error)
                ? error
                : new KeyedException(
                        message.format(settings.keyOf(key), error.getMessage()), error);
    }

    /** Whether the driver does anything at the begin and end of a request: few do. */
    private static boolean marksRequests(Connection connection) {
        try {
            return connection.getClass().getMethod("beginRequest").getDeclaringClass()
                    != Connection.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** Whether JDBC's {@code beginRequest} and {@code endRequest} are worth a call. */
    boolean marksRequests() {
        return marksRequests;
    }

    /** JDBC's {@code beginRequest} or {@code endRequest}. */
    interface RequestMark {
        void set() throws SQLException;
    }

    /** Calls one of them, unless a driver behind a proxy turns out not to have it. */
    void markRequest(RequestMark mark) throws SQLException {
        try {
            mark.set();
        } catch (AbstractMethodError e) {
            marksRequests = false;
        }
    }

    /** Whether the limit of reads for the login is ours, and not the user's. */
    private boolean limitsReads() {
        return boundsReads()
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
        boolean limited = returnLimit != null && hasNetworkTimeout && !connection.isClosed();
        if (limited) {
            limitReads(connection, returnLimit);
        }
        return limited;
    }

    void liftReturnLimit(Connection connection) throws SQLException {
        baseline.restore(connection, SessionAttribute.NETWORK_TIMEOUT);
    }

    // the end of a session, and questions to one that may be dead

    /** Whether the driver ends a read that takes too long. */
    boolean boundsReads() {
        return database.readLimit() != null && hasNetworkTimeout;
    }

    /** Whether a thread in a call of the driver may be interrupted. */
    boolean mayInterrupt() {
        return !database.isInProcess();
    }

    /** A read without answer is ended by the driver, where it can; a query time-out ends none. */
    void ask(Connection connection, String query) throws SQLException {
        boolean limited = boundsReads();
        if (limited) {
            limitReads(connection, CallLimit.validationTimeout(settings));
        }
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout((int) CallLimit.validationTimeout(settings).toSeconds());
            statement.execute(query);
        }
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        if (limited) {
            baseline.restore(connection, SessionAttribute.NETWORK_TIMEOUT);
        }
    }

    /** Drivers say goodbye, some even roll back first, and wait for the answer. */
    void limitClose(Connection connection) throws SQLException {
        if (boundsReads() && !connection.isClosed()) {
            limitReads(connection, CallLimit.validationTimeout(settings));
        }
    }

    /** Ends a session from outside: what waits for its answer fails. */
    void cut(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (Throwable e) { // not every driver can; what is tried next may do
            Log.debug("pool '" + settings.name() + "': a connection could not be aborted", e);
        }
        database.cut(connection);
    }

    /** With {@code reset=full} the first session shows what a reset takes away. */
    private void begin(Connection connection) throws SQLException {
        if (settings.reset() != Reset.FULL || sessionReset != null) {
            configure(connection);
            return;
        }
        SessionReset learned = new SessionReset(connection, database, this::clear, this::configure);
        if (!learned.lost().isEmpty()) {
            spoiled = connection;
            Log.log(
                    Level.WARNING,
                    Message.NO_WAY_BACK.format(
                            settings.name(),
                            String.join(", ", learned.lost()),
                            settings.keyOf(Key.RESET)));
        }
        sessionReset = learned;
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
            try {
                execute(connection, settings.initialSql());
            } catch (SQLException e) {
                throw keyed(e, Message.INITIAL_SQL_FAILED, Key.INITIAL_SQL);
            }
        }
    }

    /** Whether SQL may have begun a transaction in auto-commit mode; no round trip. */
    boolean maybeInSqlTransaction(Connection connection) throws SQLException {
        return sqlTransaction.suspected(connection) != State.NONE;
    }

    /** As {@link #maybeInSqlTransaction}, for databases whose driver knows: it is asked at each statement. */
    boolean isToldSqlTransaction(Connection connection) throws SQLException {
        return sqlTransaction.isTold() && maybeInSqlTransaction(connection);
    }

    /** Whether SQL has begun one; may take a round trip. */
    boolean isInSqlTransaction(Connection connection) throws SQLException {
        return maybeInSqlTransaction(connection) && sqlTransaction.state(connection) != State.NONE;
    }

    /** Whether nothing but a roll-back is possible any more. */
    boolean isInFailedTransaction(Connection connection) throws SQLException {
        return sqlTransaction.suspected(connection) == State.FAILED;
    }

    /** How the transaction stands of a session that is not in auto-commit mode; no round trip. */
    State manualTransaction(Connection connection) throws SQLException {
        return sqlTransaction.manual(connection);
    }

    /** The same; may take a round trip. */
    State askedManualTransaction(Connection connection) throws SQLException {
        return sqlTransaction.askedManual(connection);
    }

    /** Whether {@link #isInFailedTransaction} knows of all that the database does not commit. */
    boolean tellsFailedTransactions() {
        return sqlTransaction.tellsFailure();
    }

    /** Keeps what was done in a transaction that SQL may have begun. */
    void commitSqlTransaction(Connection connection) throws SQLException {
        if (isInSqlTransaction(connection)) {
            execute(connection, "COMMIT"); // drivers refuse theirs in auto-commit mode
        }
    }

    /** How to come back to what every session begins with; null where the driver does not tell. */
    SessionChange wayBack(SessionAttribute attribute) {
        return baseline.wayBack(attribute);
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

    /** Whether the driver is in the middle of what only its user can end; no round trip. */
    boolean isBusy(Connection connection) throws SQLException {
        return exchange.isOpen(connection);
    }

    /**
     * Clears all of a session's state, and sets it up again; there must be no open transaction.
     *
     * @return false when there is no way back
     */
    boolean resetFully(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        boolean isAsNew = sessionReset.reset(connection);
        connection.setAutoCommit(settings.autoCommit());
        return isAsNew;
    }

    private void clear(Connection connection) throws SQLException {
        if (settings.readOnly()) {
            connection.setReadOnly(false); // else the driver sees nothing to change afterwards
        }
        database.fullReset().reset(connection);
    }

    /** Whether the database does not accept user name or password. */
    boolean isRefusal(SQLException error) {
        return database.isRefusal(error);
    }

    /** An error that is ours. */
    SQLException error(String reason) {
        return error(new SQLTransientConnectionException(reason, "08001"), NONE);
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
        while (!(root instanceof KeyedException)
                && root.getCause() instanceof SQLException cause
                && cause != root) {
            root = cause;
        }
        return root.getMessage();
    }
}
