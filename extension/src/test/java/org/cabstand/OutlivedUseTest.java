package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.transaction.TransactionManager;
import java.io.InputStream;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JDBC objects work until the use of their connection ends, and lead back to our handle. */
class OutlivedUseTest {

    private static final String HSQLDB = "jdbc:hsqldb:mem:outlived";
    private static final String DERBY = "jdbc:derby:memory:outlived;create=true";

    private TestApplication app;

    private void start(TestDatabase database, String... settings) {
        app = TestApplication.start(database.pool(settings));
    }

    private void start(String url) {
        app =
                TestApplication.start(
                        Map.of("cabstand.pool.test.url", url, "cabstand.pool.test.max-size", "1"));
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private Connection borrow() throws SQLException {
        return app.dataSource().getConnection();
    }

    private static void assertEnded(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0155: pool 'test'");
    }

    // metadata

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

    // arrays

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:outlived", HSQLDB, "POSTGRESQL"})
    void arraysLeadToOurHandleAndEndWithTheirUse(String url) throws Exception {
        start(url.equals("POSTGRESQL") ? TestDatabase.POSTGRESQL.url() : url);
        boolean postgres = url.equals("POSTGRESQL");
        String select =
                "select "
                        + (postgres ? "array[1, 2]::int[]" : "array[1, 2]")
                        + " as a"
                        + (url.equals(HSQLDB) ? " from (values (1))" : "");
        Connection connection = borrow();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(select);
        results.next();
        List<Array> arrays =
                new ArrayList<>(
                        List.of(
                                results.getArray(1),
                                results.getArray("a"),
                                (Array) results.getObject(1),
                                (Array) results.getObject("a"),
                                connection.createArrayOf("INTEGER", new Object[] {1, 2})));
        if (!url.equals(HSQLDB)) {
            arrays.add(results.getObject(1, Array.class));
        }
        List<ResultSet> elements = new ArrayList<>();
        for (Array array : arrays) {
            assertThat((Object[]) array.getArray()).hasSize(2);
            ResultSet rows = array.getResultSet();
            elements.add(rows);
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(2)).isEqualTo(1);
            if (rows.getStatement() != null) {
                assertThat(rows.getStatement().getConnection()).isSameAs(connection);
            }
            assertThat(array).isEqualTo(array).hasSameHashCodeAs(array).isNotEqualTo("other");
        }
        connection.close();
        try (Connection next = borrow()) {
            next.setAutoCommit(false);
            for (Array array : arrays) {
                assertEnded(array::getResultSet);
                assertEnded(array::getArray);
                assertThatCode(array::free).doesNotThrowAnyException();
                assertThat(array.toString()).isEqualTo("Array of a connection that was returned");
            }
            assertThat(elements).allSatisfy(rows -> assertThat(rows.isClosed()).isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:outlived", HSQLDB, "POSTGRESQL"})
    void arraysAreParametersAlsoOfAnotherUse(String url) throws Exception {
        start(url.equals("POSTGRESQL") ? TestDatabase.POSTGRESQL.url() : url);
        Connection first = borrow();
        Sql.run(first, "drop table if exists arrays");
        Sql.run(
                first,
                "create table arrays (a "
                        + (url.equals("POSTGRESQL") ? "int[]" : "int array")
                        + ")");
        Array array = first.createArrayOf("INTEGER", new Object[] {1, 2});
        insert(first, array);
        first.close();
        try (Connection second = borrow()) {
            insert(second, array);
            assertThat(Sql.one(second, "select count(*) from arrays")).isEqualTo("2");
        }
    }

    private static void insert(Connection connection, Array array) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into arrays values (?)")) {
            insert.setArray(1, array);
            insert.executeUpdate();
        }
    }

    /** H2's rows are structures, with arrays in them. */
    @Test
    void whatIsInAStructureEndsWithIt() throws Exception {
        start("jdbc:h2:mem:outlived");
        Connection connection = borrow();
        ResultSet results =
                connection.createStatement().executeQuery("select row (1, array[2, 3])");
        results.next();
        Object row = results.getObject(1);
        assertThat(row).isInstanceOfAny(Struct.class, ResultSet.class);
        Array inner;
        if (row instanceof Struct struct) {
            inner = (Array) struct.getAttributes()[1];
        } else {
            ResultSet rows = (ResultSet) row;
            assertThat(rows.next()).isTrue();
            inner = rows.getArray(2);
        }
        assertThat((Object[]) inner.getArray()).containsExactly(2, 3);
        connection.close();
        assertEnded(inner::getArray);
    }

    // cursors

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

    // large objects and streams

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:h2:mem:outlived", HSQLDB, DERBY, "MARIADB", "MYSQL"})
    void largeObjectsEndWithTheirUse(String url) throws Exception {
        if (url.startsWith("jdbc:")) {
            start(url);
        } else {
            start(TestDatabase.valueOf(url), "max-size", "1");
        }
        Connection connection = borrow();
        assertThatCode(() -> Sql.run(connection, "drop table large"))
                .satisfiesAnyOf(e -> assertThat(e).isNull(), e -> assertThat(e).isNotNull());
        String text = url.startsWith("jdbc:") ? "clob(200000)" : "mediumtext";
        String bytes = url.startsWith("jdbc:") ? "blob(200000)" : "mediumblob";
        Sql.run(connection, "create table large (b " + bytes + ", t " + text + ")");
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
                connection.prepareStatement("insert into large values (?, ?)")) {
            Blob blob = connection.createBlob();
            blob.setBytes(1, new byte[100_000]);
            Clob clob = connection.createClob();
            clob.setString(1, "x".repeat(100_000));
            insert.setBlob(1, blob);
            insert.setClob(2, clob);
            insert.executeUpdate();
        }
        connection.commit();
        ResultSet results = connection.createStatement().executeQuery("select b, t from large");
        results.next();
        Blob blob = results.getBlob(1);
        Clob clob = results.getClob("t");
        assertThat(blob.length()).isEqualTo(100_000);
        InputStream stream = blob.getBinaryStream();
        assertThat(stream.read()).isZero();
        assertThat(clob.getSubString(1, 3)).isEqualTo("xxx");
        connection.commit();
        connection.close();
        assertEnded(blob::length);
        assertEnded(clob::getAsciiStream);
        assertThatCode(blob::free).doesNotThrowAnyException();
        try (Connection next = borrow();
                PreparedStatement insert =
                        next.prepareStatement("insert into large values (?, null)")) {
            assertEnded(() -> insert.setBlob(1, blob));
            assertEnded(() -> insert.setObject(1, blob));
        }
    }

    /** They are read and written through the session, by functions of the server. */
    @Test
    void largeObjectsOfPostgresqlAreOutOfReachForTheNextOne() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        Connection connection = borrow();
        connection.setAutoCommit(false);
        ResultSet results =
                connection
                        .createStatement()
                        .executeQuery("select lo_from_bytea(0, 'some bytes') as o");
        results.next();
        String oid = results.getString(1);
        Blob blob = results.getBlob(1);
        assertThat(new String(blob.getBytes(1, 4))).isEqualTo("some");
        InputStream stream = blob.getBinaryStream();
        assertThat(stream.read()).isEqualTo('s');
        connection.commit();
        connection.close();
        try (Connection next = borrow()) {
            next.setAutoCommit(false);
            Sql.run(next, "select lo_put(" + oid + ", 0, 'SOME')");
            assertEnded(() -> blob.getBytes(1, 4));
            assertEnded(() -> blob.setBytes(1, new byte[1]));
            assertEnded(() -> blob.truncate(0));
            assertThat(catchThrowable(stream::read)).hasMessageStartingWith("CAB0155");
            assertThatCode(stream::close).doesNotThrowAnyException();
            next.commit();
            assertThat(Sql.one(next, "select convert_from(lo_get(" + oid + "), 'UTF8')"))
                    .isEqualTo("SOME bytes");
            Sql.run(next, "select lo_unlink(" + oid + ")");
            next.commit();
        }
    }

    // savepoints

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
