package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import com.pgvector.PGvector;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.rowset.CachedRowSet;
import javax.sql.rowset.RowSetProvider;
import org.cabstand.TransactionFixture.Transactions;
import org.h2.tools.Csv;
import org.h2.tools.RunScript;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.util.PGobject;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/** What drivers and the JDK have beside plain JDBC, on the request's connection. */
class DriverExtrasTest {

    private static TestApplication app;

    @BeforeAll
    static void start() throws Exception {
        Map<String, String> properties = new HashMap<>();
        for (TestDatabase database : TestDatabase.values()) {
            LibraryFixture.put(properties, database.name(), database);
        }
        app = TestApplication.startWithJta(properties, Transactions.class);
        for (TestDatabase database : TestDatabase.values()) {
            TransactionFixture.create(app.dataSource(database.name()));
        }
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static Connection connection(TestDatabase database) {
        return app.get(Connection.class, Pool.Literal.of(database.name()));
    }

    @Test
    void copyTakesPartInTheTransaction() throws Exception {
        app.request(
                () -> {
                    Connection connection = connection(TestDatabase.POSTGRESQL);
                    app.get(Transactions.class)
                            .required(
                                    () ->
                                            connection
                                                    .unwrap(PGConnection.class)
                                                    .getCopyAPI()
                                                    .copyIn(
                                                            "copy ride from stdin",
                                                            new ByteArrayInputStream(
                                                                    "1\n2\n"
                                                                            .getBytes(
                                                                                    StandardCharsets
                                                                                            .UTF_8))));
                    StringWriter text = new StringWriter();
                    new CopyManager(connection.unwrap(BaseConnection.class))
                            .copyOut("copy ride to stdout", text);
                    assertThat(text).hasToString("1\n2\n");
                });
    }

    @Test
    void typesOfPostgresAndOfPgvectorAreKnown() throws Exception {
        app.request(
                () -> {
                    Connection connection = connection(TestDatabase.POSTGRESQL);
                    PGvector.addVectorType(connection);
                    PGobject json = new PGobject();
                    json.setType("jsonb");
                    json.setValue("{\"a\": 1}");
                    try (PreparedStatement select = connection.prepareStatement("select ?")) {
                        select.setObject(1, json);
                        try (ResultSet row = select.executeQuery()) {
                            row.next();
                            assertThat(row.getObject(1)).isEqualTo(json);
                            assertThat(row.getObject(1, PGobject.class).getType())
                                    .isEqualTo("jsonb");
                        }
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void bulkInsertsAreCounted(TestDatabase database) throws Exception {
        app.request(
                () -> {
                    try (PreparedStatement insert =
                            connection(database).prepareStatement("insert into ride values (?)")) {
                        for (int i = 0; i < 100; i++) {
                            insert.setInt(1, i);
                            insert.addBatch();
                        }
                        assertThat(insert.executeBatch()).hasSize(100);
                    }
                });
    }

    @Test
    void functionOfSqliteIsCalled() throws Exception {
        app.request(
                () -> {
                    Connection connection = connection(TestDatabase.SQLITE);
                    SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
                    assertThat(sqlite.getDatabase().libversion()).startsWith("3.");
                    Function.create(
                            sqlite,
                            "two",
                            new Function() {
                                @Override
                                protected void xFunc() throws SQLException {
                                    result(2);
                                }
                            });
                    assertThat(Sql.one(connection, "select two()")).isEqualTo("2");
                });
    }

    @Test
    void toolsOfH2TakeTheConnection() throws Exception {
        app.request(
                () -> {
                    Connection connection = connection(TestDatabase.H2);
                    RunScript.execute(connection, new StringReader("insert into ride values (1);"));
                    StringWriter text = new StringWriter();
                    try (Statement select = connection.createStatement();
                            ResultSet rows = select.executeQuery("select id from ride")) {
                        new Csv().write(text, rows);
                    }
                    assertThat(text.toString().split("\\R")).containsExactly("\"ID\"", "\"1\"");
                });
    }

    /** The rows are compared with those in the database. On SQLite they always differ, with the driver alone, too. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2"})
    void changesOfARowSetAreWritten(TestDatabase database) throws Exception {
        app.request(
                () -> {
                    Connection connection = connection(database);
                    Sql.run(connection, "drop table if exists keyed");
                    Sql.run(connection, "create table keyed (id int primary key, name varchar(9))");
                    Sql.run(connection, "insert into keyed values (1, 'before')");
                    try (CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet()) {
                        rows.setCommand("select id, name from keyed");
                        rows.execute(connection);
                        connection.close();

                        rows.setTableName("keyed");
                        rows.setKeyColumns(new int[] {1});
                        rows.next();
                        rows.updateString(2, "after");
                        rows.updateRow();
                        connection.setAutoCommit(false);
                        rows.acceptChanges(connection);
                    }
                    connection.close();
                    assertThat(Sql.one(connection, "select name from keyed")).isEqualTo("after");
                });
    }
}
