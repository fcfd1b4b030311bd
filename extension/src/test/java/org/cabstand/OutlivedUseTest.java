package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.TransactionManager;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Metadata, cursors and savepoints work until the use of their connection ends, and lead back to our
 * handle.
 */
class OutlivedUseTest extends OutlivedUseFixture {

    @ParameterizedTest
    @EnumSource
    void metadataKeptPastCloseFails(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        Connection connection = borrow();
        DatabaseMetaData metaData = connection.getMetaData();
        ResultSet results = metaData.getTables(null, null, "%", null);
        Statement statement = results.getStatement();
        connection.close();
        try (Connection next = borrow()) {
            next.setAutoCommit(false);
            Sql.run(next, "drop table if exists uncommitted");
            Sql.run(next, "create table uncommitted (id int)");
            assertEnded(() -> metaData.getTables(null, null, "%", null));
            assertEnded(metaData::getDatabaseProductVersion);
            assertEnded(() -> metaData.unwrap(DatabaseMetaData.class));
            assertThat(metaData.getConnection()).isSameAs(connection);
            assertThat(metaData.getConnection().isClosed()).isTrue();
            assertThat(metaData.getDriverMajorVersion()).isPositive();
            assertThat(results.isClosed()).isTrue();
            if (statement != null) {
                assertThatThrownBy(() -> statement.executeQuery("select * from uncommitted"))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(statement::cancel).isInstanceOf(SQLException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void metadataOfARequestEndsWithAnEarlyCloseAndWithTheRequest(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        DatabaseMetaData[] kept = new DatabaseMetaData[1];
        app.request(
                () -> {
                    Connection request = app.connection();
                    DatabaseMetaData first = request.getMetaData();
                    request.close();
                    assertEnded(() -> first.getSchemas().close());
                    kept[0] = request.getMetaData();
                    assertThat(kept[0].getURL()).isNotEmpty();
                    assertEnded(first::getURL);
                });
        assertEnded(kept[0]::getURL);
    }

    @ParameterizedTest
    @EnumSource
    void metadataBelongsToItsTransaction(TestDatabase database) throws Exception {
        app = TestApplication.startWithJta(database.pool("max-size", "2"));
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    Connection request = app.connection();
                    try (Statement open = request.createStatement()) {
                        assertThat(open.isClosed()).isFalse(); // keeps the session
                        DatabaseMetaData outside = request.getMetaData();
                        manager.begin();
                        DatabaseMetaData inside = request.getMetaData();
                        assertThat(inside.getURL()).isEqualTo(outsideUrl(inside));
                        assertThatThrownBy(() -> outside.getTables(null, null, "%", null))
                                .isInstanceOf(SQLException.class)
                                .hasMessageStartingWith("CAB0118");
                        assertThatThrownBy(outside::getURL)
                                .isInstanceOf(SQLException.class)
                                .hasMessageStartingWith("CAB0118");
                        manager.commit();
                        assertThat(outside.getURL()).isNotEmpty();
                        assertThatThrownBy(() -> inside.getTables(null, null, "%", null))
                                .isInstanceOf(SQLException.class)
                                .hasMessageStartingWith("CAB0119");
                    }
                });
    }

    private static String outsideUrl(DatabaseMetaData metaData) throws SQLException {
        return metaData.getConnection().getMetaData().getURL();
    }

    /** PostgreSQL's driver asks the database for what a result does not say. */
    @Test
    void metadataOfResultsAndParametersEndsToo() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        Connection connection = borrow();
        Sql.run(connection, "create temporary table described (id int primary key)");
        PreparedStatement statement =
                connection.prepareStatement("select id as key from described where id = ?");
        statement.setInt(1, 1);
        ResultSetMetaData ofResults = statement.executeQuery().getMetaData();
        ResultSetMetaData ofStatement = statement.getMetaData();
        assertThat(ofResults.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
        var ofParameters = statement.getParameterMetaData();
        assertThat(ofParameters.getParameterType(1)).isEqualTo(Types.INTEGER);
        connection.close();
        assertThat(ofResults.getColumnCount()).isEqualTo(1);
        assertThat(ofResults.getColumnLabel(1)).isEqualTo("key");
        assertEnded(() -> ofResults.getTableName(1));
        assertEnded(() -> ofStatement.isAutoIncrement(1));
        assertEnded(() -> ofParameters.getParameterTypeName(1));
    }

    @Test
    void resultsOfACursorLeadToOurHandleAndEndWithTheirUse() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        Connection connection = borrow();
        Sql.run(
                connection,
                "create or replace function rides() returns refcursor language plpgsql as"
                        + " $$ declare c refcursor; begin open c for select generate_series(1, 5);"
                        + " return c; end $$");
        connection.setAutoCommit(false);
        List<ResultSet> cursors = new ArrayList<>();
        CallableStatement call = connection.prepareCall("{? = call rides()}");
        call.registerOutParameter(1, Types.REF_CURSOR);
        call.execute();
        cursors.add((ResultSet) call.getObject(1));
        Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("select rides() as c");
        row.next();
        cursors.add((ResultSet) row.getObject(1));
        ResultSet another = connection.createStatement().executeQuery("select rides() as c");
        another.next();
        cursors.add((ResultSet) another.getObject("c"));
        ResultSet mapped = connection.createStatement().executeQuery("select rides() as c");
        mapped.next();
        cursors.add((ResultSet) mapped.getObject("c", Map.of()));
        Statement[] made = new Statement[1];
        for (ResultSet cursor : cursors) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.getInt(1)).isEqualTo(1);
            made[0] = cursor.getStatement();
            assertThat(made[0].getConnection()).isSameAs(connection);
            assertThat(cursor.getStatement()).isSameAs(made[0]);
        }
        connection.close();
        try (Connection next = borrow()) {
            assertThat(cursors).allSatisfy(cursor -> assertThat(cursor.isClosed()).isTrue());
            assertThatThrownBy(() -> made[0].execute("select 1")).isInstanceOf(SQLException.class);
            assertThat(next.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSavepointOfAnEarlierUseIsRefused(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Connection request = app.connection();
                    Sql.run(request, "drop table if exists saved");
                    Sql.run(request, "create table saved (id int)");
                    request.setAutoCommit(false);
                    Savepoint early = request.setSavepoint();
                    request.commit();
                    request.close();
                    Sql.run(request, "insert into saved values (1)");
                    Savepoint own = request.setSavepoint();
                    Sql.run(request, "insert into saved values (2)");
                    assertThatThrownBy(() -> request.rollback(early))
                            .isInstanceOf(SQLException.class)
                            .hasMessageStartingWith("CAB0156");
                    request.rollback(own);
                    request.commit();
                    assertThat(Sql.one(request, "select count(*) from saved")).isEqualTo("1");
                    request.commit();
                });
    }

    @Test
    void handlesOfATransactionShareItsSavepoints() throws Exception {
        app = TestApplication.startWithJta(TestDatabase.POSTGRESQL.pool("max-size", "1"));
        try (Connection connection = borrow()) {
            Sql.run(connection, "drop table if exists saved");
            Sql.run(connection, "create table saved (id int)");
        }
        TransactionManager manager = app.get(TransactionManager.class);
        manager.begin();
        Savepoint savepoint;
        try (Connection first = borrow()) {
            Sql.run(first, "insert into saved values (1)");
            savepoint = first.setSavepoint();
            Sql.run(first, "insert into saved values (2)");
        }
        try (Connection second = borrow()) {
            second.rollback(savepoint);
        }
        manager.commit();
        manager.begin();
        try (Connection later = borrow()) {
            assertThat(Sql.one(later, "select count(*) from saved")).isEqualTo("1");
            later.setSavepoint();
            assertThatThrownBy(() -> later.rollback(savepoint))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("CAB0156");
        }
        manager.rollback();
    }
}
