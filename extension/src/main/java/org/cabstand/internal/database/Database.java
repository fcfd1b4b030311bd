package org.cabstand.internal.database;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cabstand.internal.Log;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The differences between databases, as data. No other class contains them. A database is
 * recognised by its URL; explicit settings win.
 *
 * <p>After a fatal error a connection is useless; SQLState class 08 is fatal everywhere. The data
 * of Oracle, SQL Server and DB2 follows their manuals and is not tested on a server.
 */
public enum Database {
    POSTGRESQL(ServerTraits.postgresql()),

    MYSQL(ServerTraits.mysql()),

    MARIADB(ServerTraits.mariadb()),

    /**
     * The fatal codes are I/O error, corrupt, and not a database. A file is fast and safe with a
     * write-ahead log, writers that wait for each other, and transactions that lock when they
     * begin; otherwise one that reads first would fail when it writes. A database in memory is gone
     * with its connection.
     *
     * @see <a href="https://www.sqlite.org/rescode.html">SQLite, Result Codes</a>
     * @see <a href="https://www.sqlite.org/pragma.html">SQLite, Pragma Statements</a>
     */
    SQLITE(
            new DatabaseTraits("jdbc:sqlite:", "org.xerial:sqlite-jdbc")
                    .sql(SqlSyntax.SQLITE, "sqlite")
                    .fatalCodes(10, 11, 26)
                    .inProcess()
                    .rollsBackAtClose()
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
                    .unwritable(SqliteFile::isReadOnly)
                    .inMemoryPerConnection(url -> !url.contains("cache=shared"))),

    /**
     * The fatal codes are connection broken, database closed, and closed at exit.
     *
     * @see <a href="https://h2database.com/javadoc/org/h2/api/ErrorCode.html">H2, ErrorCode</a>
     */
    H2(
            new DatabaseTraits("jdbc:h2:", "com.h2database:h2")
                    .sql(SqlSyntax.H2, "h2database")
                    .fatalCodes(90067, 90098, 90121)
                    .inProcess()
                    .queryTimeoutOfSession()
                    .rollsBackAtClose()
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
            new DatabaseTraits("jdbc:hsqldb:", "org.hsqldb:hsqldb")
                    .sql(SqlSyntax.HSQLDB, "hsqldb")
                    .inProcess()
                    .rollsBackAtClose()
                    .inMemory(url -> url.startsWith("jdbc:hsqldb:mem:"))),

    /**
     * @see <a href="https://db.apache.org/derby/docs/10.16/ref/">Derby, Reference Manual</a>
     */
    DERBY(
            new DatabaseTraits("jdbc:derby:", "org.apache.derby:derby")
                    .sql(SqlSyntax.STANDARD, "derby")
                    .inProcess()
                    .inMemory(url -> url.startsWith("jdbc:derby:memory:"))),

    /**
     * @see <a href="https://docs.oracle.com/en/error-help/db/">Oracle Database, Error Messages</a>
     */
    ORACLE(
            new DatabaseTraits("jdbc:oracle:", "com.oracle.database.jdbc:ojdbc11")
                    .sql(SqlSyntax.ORACLE, "oracle.db")
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
            new DatabaseTraits("jdbc:sqlserver:", "com.microsoft.sqlserver:mssql-jdbc")
                    .sql(SqlSyntax.SQLSERVER, "microsoft.sql_server")
                    .fatalCodes(233, 596, 6005, 10053, 10054, 10060, 40197, 40613)
                    .refusalCodes(18456, 18486, 18487, 18488)
                    .limit("loginTimeout", TimeUnit.SECONDS)
                    .readLimit("socketTimeout", TimeUnit.MILLISECONDS)
                    .sessionName("applicationName", "%s", 128)),

    /**
     * @see <a href="https://www.ibm.com/docs/en/db2/11.5?topic=codes-db2-messages">DB2, Messages</a>
     */
    DB2(
            new DatabaseTraits("jdbc:db2:", "com.ibm.db2:jcc")
                    .sql(SqlSyntax.STANDARD, "ibm.db2")
                    .fatalCodes(-1224, -4499, -30080, -30081, -30108)
                    .refusalCodes(-4214)
                    .limit("loginTimeout", TimeUnit.SECONDS)
                    .sessionName("clientProgramName", "%s", 12)),

    /** Any other database, with plain JDBC. */
    OTHER(
            new DatabaseTraits(null, null)
                    .switchesServers(url -> true)
                    .undoneByRollback(
                            SessionAttribute.CATALOG,
                            SessionAttribute.SCHEMA,
                            SessionAttribute.CLIENT_INFO));

    /** The data of this database, as listed above. */
    final DatabaseTraits traits;

    private final DatabaseErrors errors;
    private final DriverProperties driver;
    private final DatabaseSessions sessions;

    Database(DatabaseTraits traits) {
        this.traits = traits;
        errors = new DatabaseErrors(traits);
        driver = new DriverProperties(traits);
        sessions = new DatabaseSessions(traits);
    }

    /** {@return what an error means} */
    public DatabaseErrors errors() {
        return errors;
    }

    /** {@return the properties for the driver} */
    public DriverProperties driver() {
        return driver;
    }

    /** {@return the questions to its sessions} */
    public DatabaseSessions sessions() {
        return sessions;
    }

    /**
     * Returns a statement's text for display: without literals and comments, and short enough for a log.
     *
     * @param sql the application's text
     * @return the text up to the first point where it is unclear what is a literal
     */
    public String masked(String sql) {
        return SqlMask.mask(traits.sql, sql);
    }

    /** {@return its name by OpenTelemetry's conventions, {@code db.system.name}} */
    public String systemName() {
        return traits.systemName;
    }

    /**
     * Whether the database is gone with its last connection.
     *
     * @param url the JDBC URL
     * @return true for one in memory
     */
    public boolean isInMemory(String url) {
        return traits.inMemory.test(WatchedUrl.inner(url));
    }

    /**
     * Whether each connection has a database of its own.
     *
     * @param url the JDBC URL of a database in memory
     * @return true when nobody else sees what a connection does
     */
    public boolean isInMemoryPerConnection(String url) {
        return traits.inMemoryPerConnection.test(WatchedUrl.inner(url));
    }

    /**
     * Returns the database of a URL.
     *
     * @param url a JDBC URL
     * @return {@link #OTHER} for an unknown database
     */
    public static Database of(String url) {
        String inner = WatchedUrl.inner(url);
        for (Database database : values()) {
            if (database.traits.urlPrefix != null && inner.startsWith(database.traits.urlPrefix)) {
                return database;
            }
        }
        return OTHER;
    }

    /**
     * Returns how the URLs of known databases begin.
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
     * Returns the clause for an error message that says where to get the driver.
     *
     * @return Maven coordinates in brackets, or an empty text
     */
    public String driverHint() {
        return traits.driver == null ? "" : " (" + traits.driver + ")";
    }

    /**
     * Whether the database may be part of this process. An interrupt in the middle of its work may
     * close its files.
     *
     * @return true for embedded databases
     */
    public boolean isInProcess() {
        return traits.inProcess;
    }

    /**
     * Ends a session from outside if {@link Connection#abort} does not.
     *
     * @param connection the driver's connection
     */
    public void cut(Connection connection) {
        traits.cut.accept(connection);
    }

    /**
     * Loads the classes that the driver needs to close a connection, while classes can be loaded.
     *
     * @param loader the driver's class loader
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
     * Returns the method that ends the threads of the driver.
     *
     * @param loader an application's class loader
     * @return null if the driver starts none, or is not in this application
     * @throws ReflectiveOperationException if the driver is there but has no such method
     */
    public @Nullable Method endOfThreads(ClassLoader loader) throws ReflectiveOperationException {
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
}
