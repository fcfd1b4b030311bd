package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.pool.ConnectionPool;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions whose network is cut without a word: whoever asks on them hears nothing. */
@Timeout(60)
class SilentSessionTest {

    private SilentProxy proxy;
    private TestApplication app;
    private Server h2;

    private void start(TestDatabase database, String... settings) throws Exception {
        proxy = new SilentProxy(database.port());
        Map<String, String> pool = database.pool(settings);
        pool.put("cabstand.pool.test.url", database.url(proxy.port()));
        app = TestApplication.start(pool);
    }

    private void startH2Server(String... settings) throws Exception {
        h2 = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        proxy = new SilentProxy(URI.create(h2.getURL()).getPort());
        Map<String, String> pool = TestApplication.h2("silent", settings);
        pool.put(
                "cabstand.pool.test.url",
                "jdbc:h2:tcp://127.0.0.1:" + proxy.port() + "/mem:silent");
        app = TestApplication.start(pool);
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
        proxy.close();
        if (h2 != null) {
            h2.stop();
        }
    }

    private void open(int count) throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = app.dataSource().getConnection();
            Sql.run(connection, "select 1");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            held.add(connection);
        }
        for (Connection connection : held) {
            connection.close();
        }
    }

    private static Duration took(TestApplication.Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private boolean isServed() {
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select 1").equals("1");
        } catch (SQLException e) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void closingAnIdleSessionThatIsSilentKeepsNoPlace(TestDatabase database) throws Exception {
        start(
                database,
                "auto-commit",
                "false",
                "max-size",
                "1",
                "idle-timeout",
                "500ms",
                "acquisition-timeout",
                "500ms",
                "validate-after-idle",
                "off");
        open(1);
        proxy.silence();
        await().atMost(Duration.ofSeconds(5)).until(() -> app.state().idle() == 0);
        await().atMost(Duration.ofSeconds(5)).until(this::isServed);
        assertThat(app.dataSource().unwrap(ConnectionPool.class).probe().ask().up()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void aValidationQueryOnASilentSessionWaitsNoLongerThanItsLimit(TestDatabase database)
            throws Exception {
        start(
                database,
                "validation-query",
                "select 1",
                "validate-after-idle",
                "0s",
                "acquisition-timeout",
                "4s",
                "max-size",
                "1");
        open(1);
        proxy.silence();
        assertThat(took(() -> assertThat(isServed()).isTrue())).isLessThan(Duration.ofSeconds(4));
    }

    /** No single read exceeds the driver's limit, but the answer would take half a minute. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void anAnswerThatOnlyTricklesInIsNotAwaitedForLonger(TestDatabase database) throws Exception {
        start(database, "max-size", "1", "validate-after-idle", "0s", "acquisition-timeout", "4s");
        open(1);
        proxy.trickle();
        assertThat(took(() -> assertThat(isServed()).isTrue())).isLessThan(Duration.ofSeconds(4));
        // MariaDB's driver may make one more, to end a session that is at work
        assertThat(proxy.connections()).isBetween(2, database == TestDatabase.MARIADB ? 3 : 2);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aServerOfH2ThatIsSilentHoldsNobodyAndLosesNoThread() throws Exception {
        startH2Server("validate-after-idle", "0s", "acquisition-timeout", "4s", "max-size", "1");
        open(1);
        proxy.silence();
        assertThat(took(() -> assertThat(isServed()).isTrue())).isLessThan(Duration.ofSeconds(4));
        await().atMost(Duration.ofSeconds(5)).until(() -> threadsInH2() == 0);
    }

    @Test
    void aReturnToAServerOfH2ThatIsSilentComesBack() throws Exception {
        startH2Server("login-timeout", "1s", "max-size", "1");
        Connection connection = app.dataSource().getConnection();
        connection.setAutoCommit(false);
        Sql.run(connection, "create table ride (id int)");
        Sql.run(connection, "insert into ride values (1)");
        proxy.silence();
        assertThat(took(connection::close)).isLessThan(Duration.ofSeconds(4));
        assertThat(isServed()).isTrue();
    }

    private static long threadsInH2() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("cabstand-test-"))
                .filter(
                        thread ->
                                List.of(thread.getValue()).stream()
                                        .anyMatch(f -> f.getClassName().startsWith("org.h2.")))
                .count();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void oneSilentSessionIsEnoughToFindOutAboutAllOthers(TestDatabase database) throws Exception {
        start(database, "max-size", "10", "acquisition-timeout", "10s");
        open(10);
        TimeUnit.MILLISECONDS.sleep(600); // idle for longer than validate-after-idle
        proxy.silence();
        Duration all =
                took(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                assertThat(isServed()).isTrue();
                            }
                        });
        assertThat(all).isLessThan(Duration.ofSeconds(4));
        await().atMost(Duration.ofSeconds(10)).until(() -> app.state().active() == 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void aDatabaseThatFallsSilentAfterTheLoginKeepsNoPlace(TestDatabase database) throws Exception {
        start(
                database,
                "login-timeout",
                "1s",
                "acquisition-timeout",
                "500ms",
                "max-size",
                "1",
                "initial-sql",
                database == TestDatabase.POSTGRESQL ? "select pg_sleep(0.4)" : "do sleep(0.4)");
        Thread borrower =
                new Thread(
                        () ->
                                assertThatThrownBy(() -> app.dataSource().getConnection())
                                        .isInstanceOf(SQLException.class));
        borrower.start();
        // the login takes some milliseconds, what follows much longer
        await().atMost(Duration.ofSeconds(5)).until(() -> proxy.connections() > 0);
        TimeUnit.MILLISECONDS.sleep(100);
        proxy.silence();
        borrower.join();
        await().atMost(Duration.ofSeconds(6)).until(this::isServed);
    }
}
