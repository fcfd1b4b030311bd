package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A primary that becomes a standby goes on to answer pings: its sessions are replaced, not validated. */
class DemotedDatabaseTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** Sessions begin read-only or not; a change reaches those that begin after it, as a failover does. */
    private static void postgresIsReadOnly(boolean readOnly) throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            if (Sql.one(admin, "select 1 from pg_database where datname = 'demoted'") == null) {
                Sql.run(admin, "create database demoted");
            }
            Sql.run(
                    admin,
                    "alter database demoted set default_transaction_read_only = " + readOnly);
        }
    }

    private static Map<String, String> postgres() {
        return Map.of(
                "cabstand.pool.test.url",
                DatabaseServers.postgres().getJdbcUrl("postgres", "demoted"),
                "cabstand.pool.test.max-size",
                "5",
                "cabstand.pool.test.validate-after-idle",
                "0s");
    }

    private static List<Connection> borrow(TestApplication app, int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            borrowed.add(app.dataSource().getConnection());
        }
        return borrowed;
    }

    private static void giveBack(List<Connection> borrowed) throws SQLException {
        for (Connection connection : borrowed) {
            connection.close();
        }
    }

    @Test
    void oneFailedWriteReplacesEveryOlderSessionIdleOrInUse() throws Exception {
        postgresIsReadOnly(true);
        try (var app = TestApplication.start(postgres())) {
            List<Connection> idle = borrow(app, 5);
            Connection failing = idle.remove(4);
            Connection held = idle.remove(3);
            giveBack(idle);
            postgresIsReadOnly(false);
            assertThatThrownBy(() -> Sql.run(failing, "create table t (x int)"))
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("25006");
            await("the idle ones are closed").until(() -> app.state().idle() == 0);
            assertThat(Sql.one(held, "select 1")).as("what is in use may finish").isEqualTo("1");
            failing.close();
            held.close();
            List<Connection> next = borrow(app, 5);
            for (Connection connection : next) {
                Sql.run(connection, "create table if not exists t (x int)");
            }
            giveBack(next);
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CAB0220: pool 'test': the database at jdbc:postgresql:")
                    .contains("read-only");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void mariaDbSaysItInItsOwnWay(TestDatabase database) throws Exception {
        Map<String, String> pool = database.pool("max-size", "4");
        pool.put("cabstand.pool.test.username", "plain");
        try (Connection control = DriverManager.getConnection(database.url(), "app", "secret")) {
            Sql.run(control, "create table if not exists contract.demoted (x int)");
            try (var app = TestApplication.start(pool)) {
                giveBack(borrow(app, 4));
                List<String> before = sessions(control);
                assertThat(before).hasSize(4);
                Sql.run(control, "set global read_only = 1");
                try (Connection connection = app.dataSource().getConnection()) {
                    assertThatThrownBy(() -> Sql.run(connection, "insert into demoted values (1)"))
                            .isInstanceOf(SQLException.class)
                            .extracting(e -> ((SQLException) e).getErrorCode())
                            .isEqualTo(1290);
                } finally {
                    Sql.run(control, "set global read_only = 0");
                }
                await().untilAsserted(
                                () ->
                                        assertThat(sessions(control))
                                                .doesNotContainAnyElementsOf(before));
                try (Connection connection = app.dataSource().getConnection()) {
                    Sql.run(connection, "insert into demoted values (1)");
                }
            }
        }
    }

    private static List<String> sessions(Connection control) throws SQLException {
        String ids =
                Sql.one(
                        control,
                        "select coalesce(group_concat(id), '') from information_schema.processlist"
                                + " where user = 'plain'");
        return ids.isEmpty() ? List.of() : List.of(ids.split(","));
    }

    @Test
    void whoAskedForReadOnlyReplacesNothing() throws Exception {
        postgresIsReadOnly(false);
        try (var app = TestApplication.start(postgres())) {
            giveBack(borrow(app, 3));
            try (Connection connection = app.dataSource().getConnection()) {
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                assertThatThrownBy(() -> Sql.run(connection, "create table u (x int)"))
                        .hasMessageContaining("read-only");
                connection.rollback();
            }
            assertThat(app.state().idle()).isEqualTo(3);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsReadOnlyForGoodIsNotStormed() throws Exception {
        postgresIsReadOnly(true);
        try (var app = TestApplication.start(postgres());
                Connection first = app.dataSource().getConnection()) {
            long begin = System.nanoTime();
            List<String> pids = new ArrayList<>(List.of(pid(first)));
            for (int i = 0; i < 200; i++) {
                try (Connection connection = app.dataSource().getConnection()) {
                    assertThatThrownBy(() -> Sql.run(connection, "create table v (x int)"))
                            .isInstanceOf(SQLException.class);
                    pids.add(pid(connection));
                }
            }
            long seconds = 1 + (System.nanoTime() - begin) / 1_000_000_000;
            assertThat(pids.stream().distinct().count())
                    .as("sessions in 200 failed writes")
                    .isLessThanOrEqualTo(2 + seconds);
        }
    }

    private static String pid(Connection connection) throws SQLException {
        return Sql.one(connection, "select pg_backend_pid()");
    }
}
