package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arrays, structures and large objects work until the use of their connection ends, and lead back to
 * our handle.
 */
class OutlivedValuesTest extends OutlivedUseFixture {

    private static final String HSQLDB = "jdbc:hsqldb:mem:outlived";
    private static final String DERBY = "jdbc:derby:memory:outlived;create=true";

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
}
