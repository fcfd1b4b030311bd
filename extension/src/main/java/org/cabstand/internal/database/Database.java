package org.cabstand.internal.database;

import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.database.SqlTransaction.State;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.SessionChange;

/**
 * What differs per database, as data: the only place where it stands. Chosen by the URL; explicit settings
 * win.
 *
 * <p>Fatal errors are those after which a connection is of no more use; SQLState class 08 is so
 * everywhere. Oracle, SQL Server and DB2 are as their manuals say, not run against a server.
 */
public enum Database {
    /**
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, Error
     *     Codes</a>
     * @see <a href="https://jdbc.postgresql.org/documentation/use/">pgjdbc, Connection Parameters</a>
     */
    POSTGRESQL(
            new Traits("jdbc:postgresql:", "org.postgresql:postgresql")
                    .fatalStates("57P01", "57P02", "57P03", "57P05", "25P03", "25P04")
                    .fullStates("53300")
                    .readOnlyStates("25006")
                    .limit("loginTimeout", TimeUnit.SECONDS)
                    .limit("connectTimeout", TimeUnit.SECONDS)
                    .readLimit("socketTimeout", TimeUnit.SECONDS)
                    .sessionName("ApplicationName", "%s", 63)
                    .closesWith(
                            "java.lang.ref.Cleaner$Cleanable",
                            "org.postgresql.jdbc.PgConnection$AbortCommand")
                    .sqlTransaction(
                            SqlTransaction.told(
                                    Database::postgresState,
                                    "org.postgresql.core.BaseConnection",
                                    "getTransactionState"))
                    .undoneByRollback(SessionAttribute.SCHEMA, SessionAttribute.CLIENT_INFO)
                    .exchange(
                            Exchange.field( // COPY, and replication
                                    new DriverCall(
                                            "org.postgresql.core.BaseConnection",
                                            "getQueryExecutor"),
                                    "lockedFor"))
                    .fullReset(
                            FullReset.sql(
                                    "DISCARD ALL",
                                    // notifications; PGConnection's method would look for more
                                    new DriverCall(
                                            "org.postgresql.core.BaseConnection",
                                            "getQueryExecutor",
                                            "getNotifications")))
                    .sessionVariables(new PostgresVariables())
                    .driverSettings(
                            "org.postgresql.PGConnection",
                            "PrepareThreshold",
                            "DefaultFetchSize",
                            "Autosave",
                            "AdaptiveFetch")
                    .xaDataSource("org.postgresql.xa.PGXADataSource")
                    .urlParameters()),

    /**
     * @see <a
     *     href="https://dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html">Connector/J,
     *     Configuration Properties</a>
     * @see <a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/">MySQL, Error Messages</a>
     */
    MYSQL(
            new Traits("jdbc:mysql:", "com.mysql:mysql-connector-j")
                    .fatalCodes(1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161)
                    .fatalCodes(1927, 2006, 2013, 2055, 4031)
                    .readOnlyCodes(1290, 1792, 1836)
                    .refusalCodes(1862, 3118, 4151)
                    .fullCodes(1040, 1203, 1226)
                    .limit("connectTimeout", TimeUnit.MILLISECONDS)
                    .readLimit("socketTimeout", TimeUnit.MILLISECONDS)
                    .sessionName("connectionAttributes", "program_name:%s", 128)
                    .closesWith(
                            "com.mysql.cj.jdbc.CloseOption",
                            "com.mysql.cj.protocol.ExportControlled",
                            "java.io.StringReader",
                            "java.util.concurrent.Executor")
                    .sqlTransaction(
                            SqlTransaction.told(
                                    "DO 0",
                                    Database::mysqlState,
                                    Database::mysqlManualState,
                                    "com.mysql.cj.MysqlConnection",
                                    "getSession",
                                    "getServerSession",
                                    "getStatusFlags"))
                    .exchange(
                            Exchange.told(
                                    new DriverCall("com.mysql.cj.MysqlConnection", "getSession"),
                                    "getProtocol",
                                    "getStreamingData"))
                    .endOfThreads(
                            "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread",
                            "uncheckedShutdown")
                    .fullReset(
                            FullReset.method(
                                    "com.mysql.cj.jdbc.JdbcConnection", "resetServerState"))
                    .sessionVariables(new MysqlVariables())
                    .driverSettings(
                            "com.mysql.cj.jdbc.JdbcConnection",
                            "StatementComment",
                            "SessionMaxRows")
                    // its cache does not hear of the reset, and its statements fail from then on
                    .noFullResetWith("useServerPrepStmts", "cachePrepStmts")
                    .xaDataSource("com.mysql.cj.jdbc.MysqlXADataSource")
                    .urlParameters()),

    /**
     * @see <a href="https://mariadb.com/docs/connectors/mariadb-connector-j">MariaDB Connector/J</a>
     */
    MARIADB(
            new Traits("jdbc:mariadb:", "org.mariadb.jdbc:mariadb-java-client")
                    .fatalCodes(1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161)
                    .fatalCodes(1927, 2006, 2013, 2055, 4031)
                    .readOnlyCodes(1290, 1792, 1836)
                    .refusalCodes(1862, 3118, 4151)
                    .fullCodes(1040, 1203, 1226)
                    .limit("connectTimeout", TimeUnit.MILLISECONDS)
                    .readLimit("socketTimeout", TimeUnit.MILLISECONDS)
                    .sessionName("connectionAttributes", "program_name:%s", 128)
                    .closesWith("org.mariadb.jdbc.message.client.QuitPacket")
                    .property("useResetConnection", "true") // else reset() resets little
                    .sqlTransaction(
                            SqlTransaction.told(
                                    "DO 0",
                                    Database::mysqlState,
                                    Database::mysqlManualState,
                                    "org.mariadb.jdbc.Connection",
                                    "getContext",
                                    "getServerStatus"))
                    .fullReset(FullReset.method("org.mariadb.jdbc.Connection", "reset"))
                    .sessionVariables(new MysqlVariables())
                    .xaDataSource("org.mariadb.jdbc.MariaDbDataSource")
                    .urlParameters()),

    /**
     * I/O error, corrupt, not a database. A file is fastest and safe with a write-ahead log, writers who
     * wait for each other, and transactions that lock when they begin: one that reads first would else
     * fail when it writes. A database in memory is gone with its connection.
     *
     * @see <a href="https://www.sqlite.org/rescode.html">SQLite, Result Codes</a>
     * @see <a href="https://www.sqlite.org/pragma.html">SQLite, Pragma Statements</a>
     */
    SQLITE(
            new Traits("jdbc:sqlite:", "org.xerial:sqlite-jdbc")
                    .fatalCodes(10, 11, 26)
                    .inProcess()
                    .sqlTransaction(SqlTransaction.tried(1))
                    .driverSettings(
                            "org.sqlite.SQLiteConnection", "BusyTimeout", "CurrentTransactionMode")
                    .property("busy_timeout", "5000")
                    .writingProperty("journal_mode", "WAL")
                    .writingProperty("synchronous", "NORMAL")
                    .writingProperty("transaction_mode", "IMMEDIATE")
                    // once it is open, nothing can be changed
                    .readOnlyProperty(SqliteFile.OPEN_MODE, "1")
                    .inMemory(
                            url ->
                                    url.contains(":memory:")
                                            || url.contains("mode=memory")
                                            || url.equals("jdbc:sqlite:"))
                    .inMemoryPerConnection(url -> !url.contains("cache=shared"))),

    /**
     * Connection broken, database closed, closed at exit.
     *
     * @see <a href="https://h2database.com/javadoc/org/h2/api/ErrorCode.html">H2, ErrorCode</a>
     */
    H2(
            new Traits("jdbc:h2:", "com.h2database:h2")
                    .fatalCodes(90067, 90098, 90121)
                    .inProcess()
                    .cut(H2Sockets::close)
                    .inMemory(
                            url ->
                                    url.startsWith("jdbc:h2:mem:")
                                            && !url.contains("DB_CLOSE_DELAY=-1"))
                    .closesWith("org.h2.engine.OnExitDatabaseCloser")
                    .xaDataSource("org.h2.jdbcx.JdbcDataSource")),

    /**
     * @see <a href="https://hsqldb.org/doc/2.0/guide/">HSQLDB, User Guide</a>
     */
    HSQLDB(
            new Traits("jdbc:hsqldb:", "org.hsqldb:hsqldb")
                    .inProcess()
                    .inMemory(url -> url.startsWith("jdbc:hsqldb:mem:"))),

    /**
     * @see <a href="https://db.apache.org/derby/docs/10.16/ref/">Derby, Reference Manual</a>
     */
    DERBY(
            new Traits("jdbc:derby:", "org.apache.derby:derby")
                    .inProcess()
                    .inMemory(url -> url.startsWith("jdbc:derby:memory:"))),

    /**
     * @see <a href="https://docs.oracle.com/en/error-help/db/">Oracle Database, Error Messages</a>
     */
    ORACLE(
            new Traits("jdbc:oracle:", "com.oracle.database.jdbc:ojdbc11")
                    .fatalCodes(28, 600, 1012, 1014, 1033, 1034, 1035, 1089, 1090, 1092, 1094)
                    .fatalCodes(2396, 3106, 3111, 3113, 3114, 3134, 3135, 12537, 12541, 12547)
                    .fatalCodes(12570, 17002, 17008, 17410, 17447)
                    .refusalCodes(1017, 28000, 28001)
                    .limit("oracle.net.CONNECT_TIMEOUT", TimeUnit.MILLISECONDS)
                    .readLimit("oracle.jdbc.ReadTimeout", TimeUnit.MILLISECONDS)
                    .sessionName("v$session.program", "%s", 48)),

    /**
     * @see <a
     *     href="https://learn.microsoft.com/en-us/sql/connect/jdbc/setting-the-connection-properties">SQL
     *     Server JDBC, Connection Properties</a>
     */
    SQLSERVER(
            new Traits("jdbc:sqlserver:", "com.microsoft.sqlserver:mssql-jdbc")
                    .fatalCodes(233, 596, 6005, 10053, 10054, 10060, 40197, 40613)
                    .refusalCodes(18456, 18486, 18487, 18488)
                    .limit("loginTimeout", TimeUnit.SECONDS)
                    .readLimit("socketTimeout", TimeUnit.MILLISECONDS)
                    .sessionName("applicationName", "%s", 128)),

    /**
     * @see <a href="https://www.ibm.com/docs/en/db2/11.5?topic=codes-db2-messages">DB2, Messages</a>
     */
    DB2(
            new Traits("jdbc:db2:", "com.ibm.db2:jcc")
                    .fatalCodes(-1224, -4499, -30080, -30081, -30108)
                    .refusalCodes(-4214)
                    .limit("loginTimeout", TimeUnit.SECONDS)
                    .sessionName("clientProgramName", "%s", 12)),

    /** Plain JDBC. */
    OTHER(
            new Traits(null, null)
                    .undoneByRollback(
                            SessionAttribute.CATALOG,
                            SessionAttribute.SCHEMA,
                            SessionAttribute.CLIENT_INFO));

    private final Traits traits;

    Database(Traits traits) {
        this.traits = traits;
    }

    /**
     * The database of a URL.
     *
     * @param url a JDBC URL
     * @return {@link #OTHER} for one that is not known
     */
    public static Database of(String url) {
        for (Database database : values()) {
            if (database.traits.urlPrefix != null && url.startsWith(database.traits.urlPrefix)) {
                return database;
            }
        }
        return OTHER;
    }

    /**
     * How the URLs of known databases begin.
     *
     * @return {@code jdbc:postgresql:}, …
     */
    public static List<String> urlPrefixes() {
        return Stream.of(values())
                .map(database -> database.traits.urlPrefix)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * The clause for an error message: where the driver is to be had.
     *
     * @return Maven coordinates in brackets, or an empty text
     */
    public String driverHint() {
        return traits.driver == null ? "" : " (" + traits.driver + ")";
    }

    /**
     * Whether a connection is of no more use after this error.
     *
     * @param error what the driver threw
     * @return true when it, its cause or its next exception is fatal
     */
    public boolean isFatal(SQLException error) {
        return any(error, this::isFatalByItself);
    }

    /**
     * Whether the database refuses to write: on a session that nobody made read-only it has become a
     * standby, which goes on to answer every validation.
     *
     * @param error what the driver threw
     * @return true when it, its cause or its next exception says so
     */
    public boolean isReadOnly(SQLException error) {
        return any(
                error,
                e ->
                        traits.readOnlyStates.contains(String.valueOf(e.getSQLState()))
                                || traits.readOnlyCodes.contains(e.getErrorCode()));
    }

    /**
     * Whether the database does not accept user name or password, or has locked the account.
     *
     * @param error what the driver threw
     * @return true when it, its cause or its next exception says so
     */
    public boolean isRefusal(SQLException error) {
        return any(
                error,
                e ->
                        String.valueOf(e.getSQLState()).startsWith("28")
                                || traits.refusalCodes.contains(e.getErrorCode()));
    }

    private static boolean any(SQLException error, Predicate<SQLException> kind) {
        for (Throwable t = error; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException e && kind.test(e)) {
                return true;
            }
        }
        SQLException next = error.getNextException();
        return next != null && next != error && any(next, kind);
    }

    private boolean isFatalByItself(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || state != null && (state.startsWith("08") || traits.fatalStates.contains(state))
                || traits.fatalCodes.contains(e.getErrorCode());
    }

    /**
     * Whether the database refuses one more session only because it has as many as it may.
     *
     * @param error what the driver threw
     * @return true when it, its cause or its next exception says so
     */
    public boolean isFull(SQLException error) {
        return any(
                error,
                e ->
                        traits.fullStates.contains(String.valueOf(e.getSQLState()))
                                || traits.fullCodes.contains(e.getErrorCode()));
    }

    /**
     * Whether the database may be part of this process: a thread that is interrupted in the middle of its
     * work may close its files.
     *
     * @return true for embedded databases
     */
    public boolean isInProcess() {
        return traits.inProcess;
    }

    /**
     * Ends a session from outside where {@link Connection#abort} does not.
     *
     * @param connection the driver's connection
     */
    public void cut(Connection connection) {
        traits.cut.accept(connection);
    }

    /**
     * Limits for connecting and for reads while connecting, in the form that the driver honours.
     *
     * @param timeout the longest time to connect
     * @return properties for the driver
     */
    public Map<String, String> loginLimits(Duration timeout) {
        Map<String, String> limits = new LinkedHashMap<>();
        traits.limits.forEach(
                (property, unit) -> {
                    long perUnit = unit.toMillis(1);
                    long value = (timeout.toMillis() + perUnit - 1) / perUnit;
                    limits.put(property, Long.toString(Math.max(1, value)));
                });
        return limits;
    }

    /**
     * The one of the login limits that goes on to limit the reads of an open connection.
     *
     * @return the property's name; null when there is none
     */
    public String readLimit() {
        return traits.readLimit;
    }

    /**
     * Properties that name the session in the database's list of sessions: {@code shop/orders}.
     *
     * <p>Drivers put the name into lists of their own, and databases cut what is too long: so there is
     * nothing in it but letters, digits, dots, dashes and underscores, and the pool's name stays whole.
     *
     * @param application the application's name, of any characters
     * @param pool the pool's name
     * @return properties for the driver
     */
    public Map<String, String> sessionName(String application, String pool) {
        if (traits.sessionNameProperty == null) {
            return Map.of();
        }
        String shown = application.replaceAll("[^A-Za-z0-9._-]", "_");
        int room = traits.sessionNameLimit - pool.length() - 1;
        String name =
                room > 0
                        ? shown.substring(0, Math.min(room, shown.length())) + "/" + pool
                        : pool.substring(0, Math.min(traits.sessionNameLimit, pool.length()));
        return Map.of(traits.sessionNameProperty, traits.sessionNameFormat.formatted(name));
    }

    /**
     * What makes the database work well in a pool.
     *
     * @param url the JDBC URL
     * @param configured the driver's properties as configured
     * @param readOnly whether sessions are to be read-only
     * @return properties for the driver
     */
    public Map<String, String> properties(
            String url, Map<String, String> configured, boolean readOnly) {
        if (readOnly) {
            return traits.propertiesReadOnly;
        }
        return this == SQLITE && SqliteFile.isReadOnly(url, configured)
                ? traits.propertiesUnwritable
                : traits.properties;
    }

    /**
     * Settings that keep a database in memory alive: it is gone with its last connection.
     *
     * @param url the JDBC URL
     * @return what stands where nothing is configured
     */
    public Map<Key, String> presets(String url) {
        if (!traits.inMemory.test(url)) {
            return Map.of();
        }
        return traits.inMemoryPerConnection.test(url)
                ? Map.of(Key.MIN_SIZE, "1", Key.MAX_SIZE, "1", Key.MAX_LIFETIME, Key.OFF)
                : Map.of(Key.MIN_SIZE, "1", Key.MAX_LIFETIME, Key.OFF);
    }

    /**
     * The flags that MySQL and MariaDB send with their answers: 1 in a transaction, 2 auto-commit, which
     * SQL can switch off unseen by MySQL's driver. An error has none: then MySQL's driver shows 0 and
     * MariaDB's sets 1, to be safe.
     *
     * @see <a
     *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html">SERVER_STATUS_flags_enum</a>
     */
    private static State mysqlState(Object statusFlags) {
        return ((int) statusFlags & 3) == 2 ? State.NONE : State.OPEN;
    }

    /** Without auto-commit; no flag may mean that there was none. */
    private static State mysqlManualState(Object statusFlags) {
        return ((int) statusFlags & 1) == 1 ? State.OPEN : State.UNKNOWN;
    }

    private static State postgresState(Object transactionState) {
        return switch (transactionState.toString()) {
            case "IDLE" -> State.NONE;
            case "FAILED" -> State.FAILED;
            default -> State.OPEN;
        };
    }

    /**
     * Tells how the transaction of a session stands, where the driver can tell.
     *
     * @param connection one of the driver whose connections are asked about
     * @return for connections of that driver
     */
    public SqlTransaction sqlTransaction(Connection connection) {
        return traits.sqlTransaction == null
                ? SqlTransaction.UNKNOWN
                : SqlTransaction.of(traits.sqlTransaction, connection);
    }

    /**
     * Tells whether a session is in the middle of an exchange, where the driver can tell.
     *
     * @param connection one of the driver whose connections are asked about
     * @return for connections of that driver
     */
    public Exchange exchange(Connection connection) {
        return traits.exchange == null
                ? Exchange.UNKNOWN
                : Exchange.of(traits.exchange, connection);
    }

    /**
     * Whether a change is undone with the transaction that it was made in.
     *
     * @param attribute what was changed through JDBC
     * @return true also where that is not known
     */
    public boolean isUndoneByRollback(SessionAttribute attribute) {
        return traits.undoneByRollback.contains(attribute);
    }

    /**
     * Clears all of a session's state, outside of a transaction.
     *
     * @return null where no way is known
     */
    public FullReset fullReset() {
        return traits.fullReset;
    }

    /**
     * What a full reset may lose.
     *
     * @return null where there is no full reset
     */
    public SessionVariables sessionVariables() {
        return traits.sessionVariables;
    }

    /**
     * Reads what the driver's own type of a connection lets an application set.
     *
     * @param fresh a session at its beginning
     * @return the way back
     * @throws SQLException when it is another driver
     */
    public SessionChange driverReset(Connection fresh) throws SQLException {
        return traits.driverSettings == null
                ? connection -> {}
                : traits.driverSettings.read(fresh)::restore;
    }

    /**
     * The driver's source of connections for distributed transactions.
     *
     * @return a class name; null where none is known
     */
    public String xaDataSource() {
        return traits.xaDataSource;
    }

    /**
     * A URL with one more parameter.
     *
     * @param url a URL of this database
     * @param name the parameter's name
     * @param value its value
     * @return null where parameters cannot be part of the URL, or are not known to be
     */
    public String withParameter(String url, String name, String value) {
        if (!traits.urlParameters) {
            return null;
        }
        return url
                + (url.contains("?") ? "&" : "?")
                + name
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Driver properties that, all of them switched on, break the full reset.
     *
     * @param url the JDBC URL
     * @param properties the driver's properties
     * @return their names; empty when there is nothing to break
     */
    public Set<String> conflictWithFullReset(String url, Map<String, String> properties) {
        boolean allOn =
                traits.noFullResetWith.stream()
                        .allMatch(
                                name ->
                                        "true".equalsIgnoreCase(properties.get(name))
                                                || url.contains(name + "=true"));
        return allOn ? traits.noFullResetWith : Set.of();
    }

    /**
     * Loads what the driver needs to close a connection, as long as classes can be loaded.
     *
     * @param loader the driver's
     */
    public void loadClosers(ClassLoader loader) {
        for (String type : traits.closers) {
            try {
                Class.forName(type, true, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                Log.debug("another version of the driver of " + this, e);
            }
        }
    }

    /**
     * What ends the threads that the driver has started.
     *
     * @param loader an application's
     * @return null when the driver starts none, or is not to be had there
     * @throws ReflectiveOperationException when the driver is there and has no such method
     */
    public Method endOfThreads(ClassLoader loader) throws ReflectiveOperationException {
        if (traits.threads == null) {
            return null;
        }
        try {
            return Class.forName(traits.threads, false, loader).getMethod(traits.endOfThreads);
        } catch (ClassNotFoundException e) {
            Log.debug("no driver of " + this + " in the application", e);
            return null;
        }
    }

    /**
     * Reads which schema a session begins with.
     *
     * <p>PostgreSQL has a path of schemas, of which JDBC shows the first one only.
     *
     * @param fresh a session at its beginning
     * @return the way back
     * @throws SQLException when the driver cannot tell
     */
    public SessionChange schemaReset(Connection fresh) throws SQLException {
        if (this != POSTGRESQL) {
            String schema = fresh.getSchema();
            return back -> back.setSchema(schema);
        }
        String path;
        try (Statement statement = fresh.createStatement();
                ResultSet results = statement.executeQuery("SHOW search_path")) {
            results.next();
            path = results.getString(1);
        }
        return back -> {
            try (PreparedStatement statement =
                    back.prepareStatement("SELECT set_config('search_path', ?, false)")) {
                statement.setString(1, path);
                statement.execute();
            }
        };
    }

    /** Most of what stands here, as {@code docs/databases.md} lists it. */
    String row() {
        return Stream.of(
                        code(traits.urlPrefix),
                        Stream.concat(traits.fatalStates.stream(), traits.fatalCodes.stream())
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                        traits.limits.keySet().stream()
                                .map(Database::code)
                                .collect(Collectors.joining(", ")),
                        code(traits.sessionNameProperty)
                                + (traits.sessionNameProperty == null
                                        ? ""
                                        : ", " + traits.sessionNameLimit),
                        code(traits.sqlTransaction),
                        code(traits.fullReset),
                        code(traits.xaDataSource),
                        traits.properties.entrySet().stream()
                                .map(Database::code)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replace("  ", " ");
    }

    private static String code(Object fact) {
        return fact == null ? "" : "`" + fact + "`";
    }
}
