package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.logging.Level;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A returned connection leaves nothing behind for the next borrower, on every database. */
class ReturnContractTest {

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    private void start(TestDatabase database, String... settings) throws SQLException {
        app = TestApplication.start(database.pool(settings));
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int)");
            if (database.hasSchemas()) {
                Sql.run(connection, "create schema if not exists other");
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    private int rides() throws Exception {
        try (Connection connection = app.dataSource().getConnection()) {
            return Integer.parseInt(Sql.one(connection, "select count(*) from ride"));
        }
    }

    // unfinished work

    @ParameterizedTest
    @EnumSource
    void unfinishedWorkOfARequestIsRolledBack(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    Sql.run(app.connection(), "insert into ride values (1)");
                });
        assertThat(rides()).isZero();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0201: pool 'test'")
                .contains(Thread.currentThread().getName());
    }

    @ParameterizedTest
    @EnumSource
    void unfinishedWorkOfABorrowerIsRolledBackAndItsPlaceIsNamed(TestDatabase database)
            throws Exception {
        start(database);
        for (int i = 0; i < 3; i++) {
            try (Connection connection = app.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                Sql.run(connection, "insert into ride values (1)");
            }
        }
        assertThat(rides()).isZero();
        assertThat(log.warnings())
                .as("once for each holder")
                .singleElement()
                .asString()
                .contains("ReturnContractTest.java:");
        assertThat(log.at(Level.FINE)).filteredOn(m -> m.startsWith("CAB0201")).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void unfinishedWorkWithoutAutoCommitIsRolledBackQuietly(TestDatabase database)
            throws Exception {
        start(database, "auto-commit", "false", "max-size", "1");
        app.request(() -> Sql.run(app.connection(), "insert into ride values (1)"));
        try (Connection next = app.dataSource().getConnection()) {
            Sql.run(next, "insert into ride values (2)");
            next.commit();
        }
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCommittedStays(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    Sql.run(app.connection(), "insert into ride values (1)");
                    app.connection().commit();
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAStatementDoesAgainAfterACommitIsRolledBack(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    PreparedStatement insert =
                            app.connection().prepareStatement("insert into ride values (1)");
                    insert.executeUpdate();
                    app.connection().commit();
                    insert.executeUpdate();
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailedTransactionDoesNotReachTheNextBorrower(TestDatabase database) throws Exception {
        start(database, "auto-commit", "false", "max-size", "1");
        app.request(
                () ->
                        assertThatThrownBy(() -> Sql.run(app.connection(), "select nonsense"))
                                .isInstanceOf(SQLException.class));
        assertThat(rides()).isZero();
        assertThat(app.state().active()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionBegunBySqlIsRolledBack(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), "insert into ride values (1)");
                });
        app.request(
                () -> {
                    assertThat(app.connection().getAutoCommit()).isTrue();
                    Sql.run(app.connection(), "insert into ride values (2)");
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0201: pool 'test'")
                .contains(Thread.currentThread().getName());
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionBegunBySqlThatFailedDoesNotReachTheNextBorrower(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = session(app.connection());
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), "insert into ride values (1)");
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select nonsense"))
                            .isInstanceOf(SQLException.class);
                });
        assertThat(log.warnings()).hasSize(1);
        assertThat(rides()).isZero();
        app.request(() -> assertThat(session(app.connection())).isSameAs(session[0]));
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionBegunAndEndedBySqlIsLeftAlone(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), "insert into ride values (1)");
                    Sql.run(app.connection(), "commit");
                });
        assertThat(rides()).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    /** After an error the drivers of MySQL and MariaDB do not know whether there is a transaction. */
    @ParameterizedTest
    @EnumSource
    void anErrorInAutoCommitModeIsNoUnfinishedWork(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () ->
                        assertThatThrownBy(() -> Sql.run(app.connection(), "select nonsense"))
                                .isInstanceOf(SQLException.class));
        app.request(() -> assertThat(app.connection().isValid(1)).isTrue());
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "MARIADB", "MYSQL"})
    void autoCommitThatSqlSwitchedOffIsOnAgain(TestDatabase database) throws Exception {
        start(database);
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = session(app.connection());
                    Sql.run(app.connection(), database.autoCommitOff());
                });
        try (Connection next = app.dataSource().getConnection()) {
            assertThat(session(next)).isSameAs(session[0]);
            Sql.run(next, "insert into ride values (1)");
            assertThat(rides()).as("what another session sees").isEqualTo(1);
        }
    }

    // state

    /** The same object for the same session of the database. */
    private static Connection session(Connection connection) throws SQLException {
        return connection.unwrap(Connection.class);
    }

    @ParameterizedTest
    @EnumSource
    void stateOfARequestIsGoneForTheNext(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        Connection[] session = new Connection[1];
        int[] before = new int[2];
        String[] schema = new String[1];
        app.request(
                () -> {
                    Connection c = app.connection();
                    before[0] = c.getTransactionIsolation();
                    before[1] = c.getHoldability();
                    schema[0] = database.schema(c);
                    session[0] = session(c);
                    database.useOtherSchema(c);
                    c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
                    if (database.canChange(SessionAttribute.HOLDABILITY)) {
                        c.setHoldability(
                                before[1] == ResultSet.HOLD_CURSORS_OVER_COMMIT
                                        ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                                        : ResultSet.HOLD_CURSORS_OVER_COMMIT);
                    }
                    if (database.canChange(SessionAttribute.READ_ONLY)) {
                        c.setReadOnly(true);
                    }
                    if (database.canChange(SessionAttribute.CLIENT_INFO)) {
                        c.setClientInfo("ApplicationName", "someone");
                    }
                    if (database.canChange(SessionAttribute.NETWORK_TIMEOUT)) {
                        c.setNetworkTimeout(Runnable::run, 12_345);
                    }
                    if (database.canChange(SessionAttribute.TYPE_MAP)) {
                        c.setTypeMap(Map.of("a", String.class));
                    }
                    c.setAutoCommit(false);
                });
        app.request(
                () -> {
                    Connection c = app.connection();
                    assertThat(session(c)).isSameAs(session[0]);
                    assertThat(c.getAutoCommit()).isTrue();
                    assertThat(database.schema(c)).isEqualTo(schema[0]);
                    assertThat(c.getTransactionIsolation()).isEqualTo(before[0]);
                    assertThat(c.getHoldability()).isEqualTo(before[1]);
                    assertThat(c.isReadOnly()).isFalse();
                    if (database.canChange(SessionAttribute.NETWORK_TIMEOUT)) {
                        assertThat(c.getNetworkTimeout()).isZero();
                    }
                    if (database.canChange(SessionAttribute.TYPE_MAP)) {
                        assertThat(c.getTypeMap()).isEmpty();
                    }
                    if (database.canChange(SessionAttribute.CLIENT_INFO)) {
                        assertThat(c.getClientInfo("ApplicationName")).isEqualTo("cabstand/test");
                        assertThat(Sql.one(c, "show application_name")).isEqualTo("cabstand/test");
                        assertThat(Sql.one(c, "show search_path")).isEqualTo("\"$user\", public");
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void stateIsResetInAPoolWithoutAutoCommitToo(TestDatabase database) throws Exception {
        start(database, "max-size", "1", "auto-commit", "false");
        app.request(
                () -> {
                    database.useOtherSchema(app.connection());
                    app.connection().commit();
                });
        app.request(
                () -> {
                    assertThat(app.connection().getAutoCommit()).isFalse();
                    assertThat(database.schema(app.connection())).isNotEqualToIgnoringCase("other");
                });
    }

    @ParameterizedTest
    @EnumSource
    void stateFollowsTheRequestAcrossAnEarlyClose(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    Connection c = app.connection();
                    database.useOtherSchema(c);
                    c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
                    c.close();
                    assertThat(app.state().active()).isZero();
                    if (database.hasSchemas()) {
                        assertThat(database.schema(c)).isEqualToIgnoringCase("other");
                    }
                    assertThat(c.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_READ_UNCOMMITTED);
                });
    }

    @Test
    void aFullResetClearsWhatSqlHasSetAndKeepsWhatIsConfigured() throws Exception {
        start(
                TestDatabase.POSTGRESQL,
                "max-size",
                "1",
                "reset",
                "full",
                "isolation",
                "serializable",
                "initial-sql",
                "set work_mem = '5MB'");
        app.request(
                () -> {
                    Sql.run(app.connection(), "set search_path to other");
                    Sql.run(app.connection(), "set work_mem = '7MB'");
                    Sql.run(app.connection(), "create temp table scratch (id int)");
                    Sql.run(app.connection(), "select pg_advisory_lock(42)");
                    Sql.run(app.connection(), "listen rides");
                    Sql.run(app.connection(), "prepare mine as select 1");
                    Sql.run(app.connection(), "drop role if exists clerk");
                    Sql.run(app.connection(), "create role clerk");
                    Sql.run(app.connection(), "set role clerk");
                    assertThat(Sql.one(app.connection(), "select current_user")).isEqualTo("clerk");
                });
        app.request(
                () -> {
                    Connection c = app.connection();
                    assertThat(Sql.one(c, "show search_path")).isEqualTo("\"$user\", public");
                    assertThat(Sql.one(c, "show work_mem")).isEqualTo("5MB");
                    assertThat(Sql.one(c, "select to_regclass('scratch')::text")).isNull();
                    assertThat(
                                    Sql.one(
                                            c,
                                            "select count(*) from pg_locks where locktype = 'advisory'"))
                            .isEqualTo("0");
                    assertThat(Sql.one(c, "select current_user")).isEqualTo("postgres");
                    assertThat(Sql.one(c, "select pg_listening_channels()")).isNull();
                    assertThat(
                                    Sql.one(
                                            c,
                                            "select name from pg_prepared_statements where name = 'mine'"))
                            .isNull();
                    assertThat(c.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    assertThat(Sql.one(c, "show application_name")).isEqualTo("cabstand/test");
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aFullResetClearsMariaDbsSessionToo(TestDatabase database) throws Exception {
        start(
                database,
                "max-size",
                "2",
                "reset",
                "full",
                "isolation",
                "serializable",
                "initial-sql",
                "set session sort_buffer_size = 262144");
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    Connection c = app.connection();
                    session[0] = session(c);
                    Sql.run(c, "set @tenant = 'acme'");
                    Sql.run(c, "set session sort_buffer_size = 524288");
                    Sql.run(c, "create temporary table scratch (id int)");
                    Sql.run(c, "do get_lock('cab', 1)");
                    Sql.run(c, "prepare mine from 'select 1'");
                    Sql.run(c, "lock tables ride write");
                });
        app.request(
                () -> {
                    Connection c = app.connection();
                    assertThat(session(c)).isSameAs(session[0]);
                    assertThat(Sql.one(c, "select @tenant")).isNull();
                    assertThat(Sql.one(c, "select @@session.sort_buffer_size")).isEqualTo("262144");
                    assertThatThrownBy(() -> Sql.run(c, "select * from scratch"))
                            .isInstanceOf(SQLException.class);
                    assertThat(Sql.one(c, "select is_free_lock('cab')")).isEqualTo("1");
                    assertThatThrownBy(() -> Sql.run(c, "execute mine"))
                            .isInstanceOf(SQLException.class);
                    assertThat(rides()).as("another session is not locked out").isZero();
                    assertThat(c.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    Sql.run(c, "insert into ride values (1)");
                });
        assertThat(rides()).isEqualTo(1);
    }

    /** The driver keeps some at the server, and the reset throws them away. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, prepareThreshold, 1",
        "MARIADB, useServerPrepStmts, true",
        "MYSQL, useServerPrepStmts, true"
    })
    void statementsThatTheDriverPreparedCanBePreparedAgainAfterAFullReset(
            TestDatabase database, String property, String value) throws Exception {
        start(database, "max-size", "1", "reset", "full", "properties." + property, value);
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        for (int n = 0; n < 3; n++) {
                            try (PreparedStatement insert =
                                    app.connection()
                                            .prepareStatement("insert into ride values (?)")) {
                                insert.setInt(1, n);
                                insert.executeUpdate();
                            }
                        }
                    });
        }
        assertThat(rides()).isEqualTo(9);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aFullResetThatBreaksTheDriversCacheIsAFault() throws Exception {
        Map<String, String> pool =
                TestDatabase.MYSQL.pool("reset", "full", "properties.useServerPrepStmts", "true");
        TestApplication.start(pool).close();
        pool.compute("cabstand.pool.test.url", (key, url) -> url + "?cachePrepStmts=true");
        assertThatThrownBy(() -> app = TestApplication.start(pool))
                .hasMessageContaining("CAB0017: 'cabstand.pool.test.reset' is 'full'")
                .hasMessageContaining("useServerPrepStmts and cachePrepStmts");
    }

    @Test
    void aFullResetThatIsNotKnownIsAFault() {
        assertThatThrownBy(() -> start(TestDatabase.H2, "reset", "full"))
                .hasMessageContaining("CAB0017")
                .hasMessageContaining("'cabstand.pool.test.reset'");
    }

    // the handle

    @ParameterizedTest
    @EnumSource
    void closeGivesBackEarlyAndTheNextUseBorrowsAgain(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    Connection c = app.connection();
                    Sql.run(c, "insert into ride values (1)");
                    assertThat(app.state().active()).isEqualTo(1);
                    c.close();
                    c.close();
                    assertThat(app.state().active()).isZero();
                    assertThat(c.isClosed()).isFalse();
                    assertThat(app.state().active()).as("isClosed never borrows").isZero();
                    Sql.run(c, "insert into ride values (2)");
                    assertThat(app.state().active()).isEqualTo(1);
                });
        assertThat(rides()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aStatementDoesNotOutliveItsConnection(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    Connection c = app.connection();
                    PreparedStatement open = c.prepareStatement("select 1");
                    c.close();
                    assertThat(c.isValid(1)).isTrue();
                    assertThat(open.isClosed()).isTrue();
                    assertThatThrownBy(open::executeQuery).isInstanceOf(SQLException.class);
                });
    }

    @ParameterizedTest
    @EnumSource
    void nothingLeadsPastTheHandle(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    Connection request = app.connection();
                    try (Statement statement = request.createStatement();
                            PreparedStatement prepared = request.prepareStatement("select 1");
                            ResultSet results = statement.executeQuery("select 1");
                            ResultSet tables =
                                    request.getMetaData().getTables(null, null, "RIDE", null)) {
                        Connection handle = statement.getConnection();
                        assertThat(prepared.getConnection()).isSameAs(handle);
                        if (database != TestDatabase.SQLITE) { // which has no procedures
                            try (CallableStatement callable =
                                    request.prepareCall(database.call())) {
                                assertThat(callable.getConnection()).isSameAs(handle);
                            }
                        }
                        assertThat(results.getStatement()).isSameAs(statement);
                        assertThat(request.getMetaData().getConnection()).isSameAs(handle);
                        Statement ofTables = tables.getStatement();
                        if (ofTables != null) {
                            assertThat(ofTables.getConnection()).isSameAs(handle);
                        }
                        handle.close();
                        assertThat(app.state().active()).isZero();
                        assertThat(request.isClosed()).isFalse();
                    }
                });
        assertThat(app.state().active()).isZero();
        assertThat(app.state().idle()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void unwrapReachesTheDriver(TestDatabase database) throws Exception {
        start(database);
        Class<?> driver = database.driverType();
        app.request(
                () -> {
                    assertThat(app.connection().isWrapperFor(driver)).isTrue();
                    assertThat(driver.isInstance(app.connection().unwrap(driver))).isTrue();
                });
    }

    @ParameterizedTest
    @EnumSource
    void abortDestroysThePhysicalConnection(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Connection c = app.connection();
                    Connection session = session(c);
                    c.abort(Runnable::run);
                    assertThat(session(c)).isNotSameAs(session);
                });
        assertThat(app.state().active()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void afterTheRequestEveryCallFailsAndBorrowsNothing(TestDatabase database) throws Exception {
        start(database);
        Connection[] kept = new Connection[1];
        app.request(
                () -> {
                    try (Statement statement = app.connection().createStatement()) {
                        kept[0] = statement.getConnection();
                    }
                });
        assertThat(kept[0].isClosed()).isTrue();
        assertThatThrownBy(() -> kept[0].createStatement())
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0107: the connection of pool 'test'");
        kept[0].close();
        assertThat(app.state().active()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aBorrowedConnectionFailsOnceItIsClosed(TestDatabase database) throws Exception {
        start(database);
        Connection connection = app.dataSource().getConnection();
        Statement statement = connection.createStatement();
        connection.close();
        connection.close();
        assertThat(connection.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThatThrownBy(connection::createStatement)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0108");
        assertThat(app.state().active()).isZero();
    }
}
