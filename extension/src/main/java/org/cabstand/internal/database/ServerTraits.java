package org.cabstand.internal.database;

import java.util.concurrent.TimeUnit;
import org.cabstand.internal.jdbc.SessionAttribute;

/**
 * The data of PostgreSQL, MySQL and MariaDB.
 *
 * <p>Thread safety: stateless.
 */
final class ServerTraits {

    private ServerTraits() {}

    /**
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, Error
     *     Codes</a>
     * @see <a href="https://jdbc.postgresql.org/documentation/use/">pgjdbc, Connection Parameters</a>
     */
    static DatabaseTraits postgresql() {
        return new DatabaseTraits("jdbc:postgresql:", "org.postgresql:postgresql")
                .sql(SqlSyntax.POSTGRESQL, "postgresql")
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
                                TransactionStates::ofPostgres,
                                "org.postgresql.core.BaseConnection",
                                "getTransactionState"))
                .undoneByRollback(SessionAttribute.SCHEMA, SessionAttribute.CLIENT_INFO)
                .exchange(
                        Exchange.field( // COPY, and replication
                                new DriverCall(
                                        "org.postgresql.core.BaseConnection", "getQueryExecutor"),
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
                .schemaPath()
                .rollsBackAtClose()
                .readOnlySessions(
                        "SHOW default_transaction_read_only",
                        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
                .driverSettings(
                        "org.postgresql.PGConnection",
                        "PrepareThreshold",
                        "DefaultFetchSize",
                        "Autosave",
                        "AdaptiveFetch")
                .xaDataSource("org.postgresql.xa.PGXADataSource")
                .urlParameters();
    }

    /**
     * @see <a
     *     href="https://dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html">Connector/J,
     *     Configuration Properties</a>
     * @see <a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/">MySQL, Error Messages</a>
     */
    static DatabaseTraits mysql() {
        return ofMysqlServer("jdbc:mysql:", "com.mysql:mysql-connector-j", "mysql")
                .closesWith(
                        "com.mysql.cj.jdbc.CloseOption",
                        "com.mysql.cj.protocol.ExportControlled",
                        "java.io.StringReader",
                        "java.util.concurrent.Executor")
                .sqlTransaction(
                        SqlTransaction.told(
                                "DO 0",
                                TransactionStates::ofMysql,
                                TransactionStates::ofMysqlManual,
                                TransactionStates::autoCommitOfMysql,
                                "com.mysql.cj.MysqlConnection",
                                "getSession",
                                "getServerSession",
                                "getStatusFlags"))
                .exchange(
                        Exchange.told(
                                new DriverCall("com.mysql.cj.MysqlConnection", "getSession"),
                                "getProtocol",
                                "getStreamingData"))
                .untoldDatabase()
                .endOfThreads(
                        "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread", "uncheckedShutdown")
                .fullReset(FullReset.method("com.mysql.cj.jdbc.JdbcConnection", "resetServerState"))
                .driverSettings(
                        "com.mysql.cj.jdbc.JdbcConnection", "StatementComment", "SessionMaxRows")
                // its cache does not hear of the reset, and its statements fail from then on
                .noFullResetWith("useServerPrepStmts", "cachePrepStmts")
                .xaDataSource("com.mysql.cj.jdbc.MysqlXADataSource");
    }

    /**
     * @see <a href="https://mariadb.com/docs/connectors/mariadb-connector-j">MariaDB Connector/J</a>
     */
    static DatabaseTraits mariadb() {
        return ofMysqlServer("jdbc:mariadb:", "org.mariadb.jdbc:mariadb-java-client", "mariadb")
                .closesWith("org.mariadb.jdbc.message.client.QuitPacket")
                .property("useResetConnection", "true") // else reset() resets little
                .sqlTransaction(
                        SqlTransaction.told(
                                "DO 0",
                                TransactionStates::ofMysql,
                                TransactionStates::ofMysqlManual,
                                null, // it reads the same flags itself
                                "org.mariadb.jdbc.Connection",
                                "getContext",
                                "getServerStatus"))
                .fullReset(FullReset.method("org.mariadb.jdbc.Connection", "reset"))
                .xaDataSource("org.mariadb.jdbc.MariaDbDataSource");
    }

    /** The data of the server, which is the same for both drivers. */
    private static DatabaseTraits ofMysqlServer(
            String urlPrefix, String driver, String systemName) {
        return new DatabaseTraits(urlPrefix, driver)
                .sql(SqlSyntax.MYSQL, systemName)
                .fatalCodes(1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161)
                .fatalCodes(1927, 2006, 2013, 2055, 4031)
                .readOnlyCodes(1290, 1792, 1836)
                .refusalCodes(1862, 3118, 4151)
                .fullCodes(1040, 1203, 1226)
                .limit("connectTimeout", TimeUnit.MILLISECONDS)
                .readLimit("socketTimeout", TimeUnit.MILLISECONDS)
                .sessionName("connectionAttributes", "program_name:%s", 128)
                .sessionVariables(new MysqlVariables())
                .rollsBackAtClose()
                // replication, load balancing and the like
                .switchesServers(url -> !url.startsWith("//", urlPrefix.length()))
                .readOnlySessions(
                        "SHOW SESSION VARIABLES WHERE Variable_name"
                                + " IN ('tx_read_only', 'transaction_read_only')",
                        "SET SESSION TRANSACTION READ ONLY")
                .urlParameters();
    }
}
