package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Who leaves a session in the middle of something that lets nothing else through holds up nobody. */
@Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
class OpenExchangeTest {

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    private void start(TestDatabase database, String... settings) {
        Map<String, String> pool = database.pool(settings);
        pool.put("cabstand.pool.test.max-size", "1");
        app = TestApplication.startWithJta(pool);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    private static void beginCopy(Connection connection) throws SQLException {
        beginCopy(connection, "copy ride from stdin");
    }

    private static void beginCopy(Connection connection, String sql) throws SQLException {
        PGConnection driver = connection.unwrap(PGConnection.class);
        if (sql.endsWith("stdin")) {
            byte[] line = "1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            driver.getCopyAPI().copyIn(sql).writeToCopy(line, 0, line.length);
        } else {
            driver.getCopyAPI().copyOut(sql).readFromCopy();
        }
    }

    private void createTable() throws Exception {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            Sql.run(admin, "drop table if exists ride");
            Sql.run(admin, "create table ride (id int)");
        }
    }

    private void assertThatNothingIsLeft() throws Exception {
        app.request(
                () ->
                        assertThat(Sql.one(app.connection(), "select count(*) from ride"))
                                .isEqualTo("0"));
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            await().until(
                            () ->
                                    Sql.one(
                                                    admin,
                                                    "select count(*) from pg_stat_activity where query"
                                                            + " like 'copy %'")
                                            .equals("0"));
        }
        assertThat(app.state().active()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "true, copy ride from stdin, standard",
        "false, copy ride from stdin, standard",
        "true, copy ride from stdin, full",
        "true, 'copy (select generate_series(1, 1000000)) to stdout', standard",
        "false, 'copy (select generate_series(1, 1000000)) to stdout', standard"
    })
    void copyLeftOpen(boolean autoCommit, String sql, String reset) throws Exception {
        createTable();
        start(TestDatabase.POSTGRESQL, "auto-commit", Boolean.toString(autoCommit), "reset", reset);
        app.request(() -> beginCopy(app.connection(), sql));
        assertThatNothingIsLeft();
        try (Connection borrowed = app.dataSource().getConnection()) {
            beginCopy(borrowed, sql);
        }
        assertThatNothingIsLeft();
        if (autoCommit) {
            assertThat(log.warnings()).isNotEmpty().allMatch(m -> m.startsWith("CAB0201"));
        } else {
            assertThat(log.warnings()).isEmpty();
        }
    }

    /** Who ends it loses nothing. */
    @Test
    void copyThatWasEndedCostsNoSession() throws Exception {
        createTable();
        start(TestDatabase.POSTGRESQL);
        String[] session = new String[1];
        app.request(
                () -> {
                    session[0] = Sql.one(app.connection(), "select pg_backend_pid()");
                    app.connection()
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy ride from stdin", new java.io.StringReader("1\n2\n"));
                });
        app.request(
                () -> {
                    assertThat(Sql.one(app.connection(), "select pg_backend_pid()"))
                            .isEqualTo(session[0]);
                    assertThat(Sql.one(app.connection(), "select count(*) from ride"))
                            .isEqualTo("2");
                });
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "xa"})
    void copyLeftOpenInATransactionIsNotCommitted(String transactions) throws Exception {
        createTable();
        start(TestDatabase.POSTGRESQL, "transactions", transactions);
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    manager.begin();
                    Sql.run(app.connection(), "insert into ride values (1)");
                    beginCopy(app.connection());
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThatNothingIsLeft();
        app.request(
                () -> {
                    manager.begin();
                    Sql.run(app.connection(), "insert into ride values (1)");
                    beginCopy(app.connection());
                    manager.rollback();
                });
        assertThatNothingIsLeft();
    }

    /** The pool has two, one of which is not free. */
    @Test
    void copyLeftOpenIsWorkThatATransactionDoesNotTakeAway() throws Exception {
        createTable();
        start(TestDatabase.POSTGRESQL);
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    beginCopy(app.connection());
                    manager.begin();
                    try {
                        assertThatThrownBy(() -> Sql.run(app.connection(), "select 1"))
                                .isInstanceOf(PoolExhaustedException.class)
                                .hasMessageStartingWith("CAB0120");
                    } finally {
                        manager.rollback();
                    }
                });
        assertThatNothingIsLeft();
    }

    /** MySQL's driver refuses all calls, MariaDB's reads the rest of the rows. */
    @ParameterizedTest
    @CsvSource({
        "MYSQL, true, auto",
        "MYSQL, false, auto",
        "MYSQL, true, xa",
        "MARIADB, true, auto",
        "MARIADB, false, auto",
        "MARIADB, true, xa"
    })
    void rowsThatAreReadAsTheyCome(TestDatabase database, String autoCommit, String transactions)
            throws Exception {
        start(database, "auto-commit", autoCommit, "transactions", transactions);
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1");
                        Statement statement =
                                app.connection().unwrap(Connection.class).createStatement();
                        statement.setFetchSize(database.streaming());
                        ResultSet rows = statement.executeQuery("select seq from seq_1_to_100000");
                        rows.next();
                    });
        }
        app.request(() -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
        assertThat(log.at(java.util.logging.Level.WARNING)).allMatch(m -> m.startsWith("CAB0201"));
        await().atMost(5, TimeUnit.SECONDS).until(() -> app.state().active() == 0);
    }

    /** A customizer whose work cannot be committed, because it leaves its session in the middle of COPY. */
    @ApplicationScoped
    static class Forgetful implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            beginCopy(connection);
        }
    }

    @Test
    void aCustomizerThatLeavesCopyOpenFailsTheBorrower() throws Exception {
        createTable();
        Map<String, String> pool =
                TestDatabase.POSTGRESQL.pool("max-size", "1", "auto-commit", "false");
        app = TestApplication.start(pool, Forgetful.class);
        for (int i = 0; i < 2; i++) {
            app.request(
                    () ->
                            assertThatThrownBy(() -> Sql.run(app.connection(), "select 1"))
                                    .isInstanceOf(SQLException.class)
                                    .hasMessageContaining("CAB0112"));
        }
    }
}
