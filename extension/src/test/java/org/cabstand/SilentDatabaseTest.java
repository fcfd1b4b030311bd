package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that falls silent while its sessions are open: no request waits for it without end. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class SilentDatabaseTest {

    /** The promises below are of one second; the rest is for a slow machine. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final int loginTimeout = DriverManager.getLoginTimeout();
    private final CapturedLog log = new CapturedLog();
    private SilentProxy proxy;
    private TestApplication app;

    private void start(TestDatabase database, String... settings) throws Exception {
        proxy = new SilentProxy(database.port());
        Map<String, String> pool = database.pool(settings);
        pool.put("cabstand.pool.test.url", database.url(proxy.port()));
        pool.put("cabstand.pool.test.max-size", "1");
        app = TestApplication.start(pool);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int, note char(255))");
            Sql.run(connection, "insert into ride values (0, 'first')");
        }
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        app.close();
        proxy.close();
    }

    private static Duration took(TestApplication.Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void assertThePoolIsWholeAgain() throws SQLException {
        assertThat(app.state().active()).isZero();
        try (Connection next = app.dataSource().getConnection()) {
            assertThat(Sql.one(next, "select count(*) from ride")).isNotEqualTo("0");
        }
        assertThat(DriverManager.getLoginTimeout()).isEqualTo(loginTimeout);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void aReadWaitsNoLongerThanTheNetworkTimeout(TestDatabase database) throws Exception {
        start(database, "network-timeout", "1s");
        app.request(
                () -> {
                    Sql.run(app.connection(), "select 1");
                    proxy.silence();
                    assertThat(
                                    took(
                                            () ->
                                                    assertThatThrownBy(
                                                                    () ->
                                                                            Sql.run(
                                                                                    app
                                                                                            .connection(),
                                                                                    "select 2"))
                                                            .isInstanceOf(SQLException.class)))
                            .isBetween(Duration.ofMillis(900), SOON);
                });
        assertThePoolIsWholeAgain();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void theRollbackAtTheReturnWaitsNoLongerThanTheLoginTimeout(TestDatabase database)
            throws Exception {
        start(database, "login-timeout", "1s");
        assertThat(
                        took(
                                () ->
                                        app.request(
                                                () -> {
                                                    app.connection().setAutoCommit(false);
                                                    Sql.run(
                                                            app.connection(),
                                                            "insert into ride values (1, 'lost')");
                                                    proxy.silence();
                                                })))
                .isLessThan(SOON);
        assertThat(log.warnings()).anyMatch(m -> m.startsWith("CAB0202: pool 'test'"));
        assertThePoolIsWholeAgain();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void theEndOfATransactionBegunBySqlWaitsNoLongerEither(TestDatabase database) throws Exception {
        start(database, "login-timeout", "1s");
        assertThat(
                        took(
                                () ->
                                        app.request(
                                                () -> {
                                                    Sql.run(app.connection(), "begin");
                                                    proxy.silence();
                                                })))
                .isLessThan(SOON);
        assertThePoolIsWholeAgain();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void theResetAtTheReturnWaitsNoLongerEither(TestDatabase database) throws Exception {
        start(database, "login-timeout", "1s", "reset", "full");
        assertThat(
                        took(
                                () ->
                                        app.request(
                                                () -> {
                                                    // what the application sets does not lift it
                                                    app.connection()
                                                            .setNetworkTimeout(
                                                                    Runnable::run, 600_000);
                                                    proxy.silence();
                                                })))
                .isLessThan(SOON);
        assertThePoolIsWholeAgain();
    }

    /** The rows that nobody has read are read when the statement is closed, for the next borrower. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void rowsThatAreStillToComeAreNotAwaitedForLonger(TestDatabase database) throws Exception {
        start(database, "login-timeout", "1s");
        for (int i = 0; i < 16; i++) {
            try (Connection connection = app.dataSource().getConnection()) {
                Sql.run(connection, "insert into ride select id + 1, 'more' from ride");
            }
        }
        assertThat(
                        took(
                                () ->
                                        app.request(
                                                () -> {
                                                    Statement open =
                                                            app.connection().createStatement();
                                                    open.setFetchSize(database.streaming());
                                                    ResultSet rows =
                                                            open.executeQuery(
                                                                    "select * from ride a, ride b");
                                                    assertThat(rows.next()).isTrue();
                                                    proxy.silence();
                                                })))
                .isLessThan(SOON);
        assertThePoolIsWholeAgain();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void theLimitOfTheReturnIsGoneForTheNextBorrower(TestDatabase database) throws Exception {
        start(database, "login-timeout", "1s");
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    Sql.run(app.connection(), "insert into ride values (1, 'rolled back')");
                });
        app.request(() -> assertThat(app.connection().getNetworkTimeout()).isZero());
    }
}
