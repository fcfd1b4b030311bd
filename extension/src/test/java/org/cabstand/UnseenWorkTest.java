package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.TransactionManager;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Work is work whoever does it: a session with open work that no statement of ours did is not idle. */
class UnseenWorkTest {

    /** Work of an application between {@code setAutoCommit(false)} and {@code commit()}. */
    private interface Unseen {
        void work(Connection connection) throws Exception;
    }

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;
    private TransactionManager manager;

    private void start(TestDatabase database, String... settings) throws SQLException {
        app = TestApplication.startWithJta(database.pool(settings));
        manager = app.get(TransactionManager.class);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int primary key)");
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

    private String rides() throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select count(*) from ride");
        }
    }

    private void survivesATransaction(Unseen unseen) throws Exception {
        app.request(
                () -> {
                    Connection connection = app.connection();
                    connection.setAutoCommit(false);
                    unseen.work(connection);
                    manager.begin();
                    Sql.one(connection, "select count(*) from ride");
                    manager.commit();
                    connection.commit();
                });
        assertThat(rides()).isEqualTo("1");
        assertThat(log.warnings()).isEmpty();
    }

    private void isReportedAtTheReturn(Unseen unseen) throws Exception {
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    unseen.work(app.connection());
                });
        assertThat(rides()).isEqualTo("1");
        assertThat(log.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning).startsWith("CAB0201"));
    }

    private static void insertUnwrapped(TestDatabase database, Connection connection, int id)
            throws SQLException {
        Connection driver = (Connection) connection.unwrap(database.driverType());
        try (Statement statement = driver.createStatement()) {
            statement.execute("insert into ride values (" + id + ")");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE") // it has one writer at a time
    void workOfAnUnwrappedConnectionIsWork(TestDatabase database) throws Exception {
        start(database);
        survivesATransaction(connection -> insertUnwrapped(database, connection, 1));
        isReportedAtTheReturn(connection -> insertUnwrapped(database, connection, 2));
    }

    @Test
    void workOfAnUnwrappedConnectionIsWorkOnSqlite() throws Exception {
        start(TestDatabase.SQLITE);
        app.request(
                () -> {
                    Connection connection = app.connection();
                    connection.setAutoCommit(false);
                    insertUnwrapped(TestDatabase.SQLITE, connection, 1);
                    manager.begin();
                    manager.commit();
                    connection.commit();
                });
        isReportedAtTheReturn(connection -> insertUnwrapped(TestDatabase.SQLITE, connection, 2));
    }

    /** An object of the driver that was got before, and used when something had been committed. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void workOfWhatWasUnwrappedBeforeIsWork(TestDatabase database) throws Exception {
        start(database);
        app.request(
                () -> {
                    Connection connection = app.connection();
                    Connection driver = (Connection) connection.unwrap(database.driverType());
                    connection.setAutoCommit(false);
                    connection.commit();
                    try (Statement statement = driver.createStatement()) {
                        statement.execute("insert into ride values (1)");
                    }
                    manager.begin();
                    Sql.one(connection, "select count(*) from ride");
                    manager.commit();
                    connection.commit();
                });
        assertThat(rides()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE")
    void workOfAnUnwrappedStatementIsWork(TestDatabase database) throws Exception {
        start(database);
        survivesATransaction(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.unwrap(Statement.class).execute("insert into ride values (1)");
                    }
                });
    }

    /** Where the driver knows that nothing is open, it need not be taken for open. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void anUnwrappedConnectionThatDidNothingGoesBack(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Connection connection = app.connection();
                    connection.setAutoCommit(false);
                    insertUnwrapped(database, connection, 1);
                    connection.commit();
                    manager.begin();
                    Sql.one(connection, "select count(*) from ride");
                    manager.commit();
                });
        assertThat(rides()).isEqualTo("1");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void copyIsWork() throws Exception {
        start(TestDatabase.POSTGRESQL);
        survivesATransaction(connection -> copy(connection, 1));
        isReportedAtTheReturn(connection -> copy(connection, 2));
    }

    private static void copy(Connection connection, int id) throws Exception {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy ride from stdin", new StringReader(id + "\n"));
    }

    @Test
    void largeObjectsAreWork() throws Exception {
        start(TestDatabase.POSTGRESQL);
        long[] id = new long[1];
        app.request(
                () -> {
                    Connection connection = app.connection();
                    connection.setAutoCommit(false);
                    LargeObjectManager objects =
                            connection.unwrap(PGConnection.class).getLargeObjectAPI();
                    id[0] = objects.createLO();
                    LargeObject object = objects.open(id[0]);
                    object.write(new byte[] {1, 2, 3});
                    object.close();
                    manager.begin();
                    Sql.one(connection, "select count(*) from ride");
                    manager.commit();
                    connection.commit();
                });
        try (Connection connection = app.dataSource().getConnection()) {
            assertThat(Sql.one(connection, "select length(lo_get(" + id[0] + "))")).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SQLITE") // it has none
    void changedRowsOfAResultAreWork(TestDatabase database) throws Exception {
        start(database);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "insert into ride values (5)");
        }
        app.request(
                () -> {
                    Connection connection = app.connection();
                    connection.setAutoCommit(false);
                    try (Statement statement =
                                    connection.createStatement(
                                            ResultSet.TYPE_SCROLL_INSENSITIVE,
                                            ResultSet.CONCUR_UPDATABLE);
                            ResultSet rows = statement.executeQuery("select id from ride")) {
                        rows.next();
                        connection.commit();
                        rows.updateInt(1, 6);
                        rows.updateRow();
                    } catch (SQLException e) {
                        assertThat(database).isIn(TestDatabase.H2); // closes it at a commit
                        return;
                    }
                    manager.begin();
                    Sql.one(connection, "select count(*) from ride");
                    manager.commit();
                    connection.commit();
                    assertThat(Sql.one(connection, "select id from ride")).isEqualTo("6");
                });
    }

    /** A result that was opened outside may be read inside; written through it would not be part of it. */
    @Test
    void rowsOfAnOutsideResultAreNotChangedWithinATransaction() throws Exception {
        start(TestDatabase.POSTGRESQL);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "insert into ride values (5)");
        }
        app.request(
                () -> {
                    try (Statement statement =
                                    app.connection()
                                            .createStatement(
                                                    ResultSet.TYPE_SCROLL_INSENSITIVE,
                                                    ResultSet.CONCUR_UPDATABLE);
                            ResultSet rows = statement.executeQuery("select id from ride")) {
                        rows.next();
                        manager.begin();
                        rows.updateInt(1, 6);
                        assertThatThrownBy(rows::updateRow)
                                .isInstanceOf(SQLException.class)
                                .hasMessageStartingWith("CAB0118");
                        manager.rollback();
                    }
                });
    }
}
