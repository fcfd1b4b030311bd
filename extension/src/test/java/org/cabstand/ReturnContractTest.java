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
import org.cabstand.internal.jdbc.SessionAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A returned connection leaves no state behind for the next borrower, and a handle ends with its use,
 * on every database.
 */
class ReturnContractTest extends ReturnFixture {

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
