package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.TestApplication.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An error costs the session that it is of, and no other one. */
class RightOneIsBlamedTest {

    /** Calls that borrow. */
    private interface Call {
        void on(Connection connection) throws SQLException;
    }

    private TestApplication app;
    private TransactionManager manager;
    private Suspending suspending;

    private void start(TestDatabase database, String... settings) throws SQLException {
        app = TestApplication.startWithJta(database.pool(settings), Suspending.class);
        manager = app.get(TransactionManager.class);
        suspending = app.get(Suspending.class);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int)");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private void insert(int id) throws SQLException {
        Sql.run(app.connection(), "insert into ride values (" + id + ")");
    }

    private String rides() throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select count(*) from ride");
        }
    }

    private String session() throws SQLException {
        return Sql.one(app.connection(), "select pg_backend_pid()");
    }

    private static void kill(String session) throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            assertThat(Sql.one(admin, "select pg_terminate_backend(" + session + ", 5000)"))
                    .isEqualTo("t");
        }
    }

    @Test
    void aBorrowThatFailsHarmsNotTheTransactionThatIsSuspended() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2", "acquisition-timeout", "200ms");
        Call[] calls = {
            Connection::getAutoCommit,
            Connection::getSchema,
            Connection::getTransactionIsolation,
            Connection::getMetaData,
            Connection::createStatement,
            Connection::commit,
            Connection::rollback,
            Connection::setSavepoint,
            Connection::getWarnings,
            connection -> connection.nativeSQL("select 1"),
            connection -> connection.setSchema("pg_catalog"),
            connection -> connection.setAutoCommit(false),
            connection -> connection.unwrap(Connection.class),
            connection -> connection.isWrapperFor(org.postgresql.PGConnection.class),
            connection -> Sql.run(connection, "insert into ride values (1)")
        };
        String[] other = new String[1];
        try (Connection held = app.dataSource().getConnection()) {
            other[0] = Sql.one(held, "select pg_backend_pid()");
            app.request(
                    () -> {
                        manager.begin();
                        insert(1);
                        String outer = session();
                        for (Call call : calls) {
                            assertBorrowFails(() -> suspending.requiresNew(() -> on(call)));
                            assertBorrowFails(() -> suspending.notSupported(() -> on(call)));
                        }
                        suspending.notSupported(() -> isValidFailsOrIsFalse());
                        assertThat(session()).isEqualTo(outer);
                        insert(2);
                        manager.commit();
                        assertThat(session()).as("goes on to live").isEqualTo(outer);
                    });
        }
        assertThat(rides()).isEqualTo("2");
        assertThat(
                        app.dataSource()
                                .unwrap(org.cabstand.internal.pool.ConnectionPool.class)
                                .counts()
                                .idle())
                .isEqualTo(2);
    }

    private void on(Call call) throws SQLException {
        call.on(app.connection());
    }

    private static void assertBorrowFails(Work borrowing) {
        assertThatThrownBy(borrowing::run).isInstanceOf(PoolExhaustedException.class);
    }

    private void isValidFailsOrIsFalse() {
        try {
            assertThat(app.connection().isValid(1)).isFalse();
        } catch (SQLException e) {
            assertThat((Object) e).isInstanceOf(PoolExhaustedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostSessionIsLetGoAtOnceOutsideOfATransaction(boolean ofRequest) throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    try (Connection connection =
                            ofRequest ? app.connection() : app.dataSource().getConnection()) {
                        connection.setSchema("pg_catalog");
                        kill(Sql.one(connection, "select pg_backend_pid()"));
                        assertThatThrownBy(() -> Sql.run(connection, "select 1"))
                                .isInstanceOf(SQLException.class);
                        assertThat(app.state().active()).isEqualTo(ofRequest ? 0 : 1);
                        Sql.run(connection, "insert into public.ride values (1)");
                        assertThat(connection.getSchema()).isEqualTo("pg_catalog");
                        assertThat(connection.isClosed()).isFalse();
                    }
                });
        assertThat(rides()).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aLostSessionIsLetGoAtOnceByTheseDriversToo(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    Connection connection = app.connection();
                    assertThatThrownBy(() -> Sql.run(connection, "kill connection_id()"))
                            .isInstanceOf(SQLException.class);
                    try {
                        insert(1);
                    } catch (SQLException e) {
                        insert(1); // the answer to a suicide may not say that it was one
                    }
                });
        assertThat(rides()).isEqualTo("1");
    }

    @Test
    void aTransactionBeginsAfterASessionWasLost() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        try (Connection connection = app.dataSource().getConnection()) {
            kill(Sql.one(connection, "select pg_backend_pid()"));
            assertThatThrownBy(() -> Sql.run(connection, "select 1"))
                    .isInstanceOf(SQLException.class);
            manager.begin();
            Sql.run(connection, "insert into ride values (1)");
            manager.commit();
            Sql.run(connection, "insert into ride values (2)");
        }
        assertThat(rides()).isEqualTo("2");
    }

    /** Its first half would be missing: so every call fails, until the application ends it. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aSessionLostInATransactionFailsUntilTheTransactionEnds(String autoCommit)
            throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "auto-commit", autoCommit);
        app.request(
                () -> {
                    Connection connection = app.connection();
                    for (int round = 0; round < 2; round++) {
                        connection.setAutoCommit(false);
                        insert(1);
                        kill(session());
                        assertThatThrownBy(() -> insert(2)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(() -> insert(3)).isInstanceOf(SQLException.class);
                        if (round == 0) {
                            connection.rollback();
                        } else {
                            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
                        }
                        assertThat(connection.getAutoCommit()).isFalse();
                        insert(4);
                        connection.commit();
                    }
                });
        assertThat(rides()).isEqualTo("2");
    }

    @Test
    void aTransactionBegunBySqlIsOneToo() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    Sql.run(app.connection(), "begin");
                    insert(1);
                    kill(session());
                    assertThatThrownBy(() -> insert(2)).isInstanceOf(SQLException.class);
                    assertThatThrownBy(() -> insert(3)).isInstanceOf(SQLException.class);
                    app.connection().rollback();
                    insert(4);
                });
        assertThat(rides()).isEqualTo("1");
    }
}
