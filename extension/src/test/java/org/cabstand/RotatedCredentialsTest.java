package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** User names and passwords that change while the application runs, or are wrong. */
class RotatedCredentialsTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static SQLException refused() {
        return new SQLException("password authentication failed for user \"app\"", "28P01");
    }

    /** Accepts one password, and counts who tried. */
    private static FakeDatabase accepting(String name, String password, AtomicInteger attempts) {
        return new FakeDatabase(name)
                .onConnect(
                        properties -> {
                            attempts.incrementAndGet();
                            if (!password.equals(properties.getProperty("password"))) {
                                throw refused();
                            }
                        });
    }

    @Test
    void aChangedPasswordFailsNoRequestAndReplacesEverySession() throws Exception {
        try (PostgresServer server = PostgresServer.createWithPasswords();
                Connection control = server.connect()) {
            Sql.run(control, "create role app login password 'old'");
            Map<String, String> pool =
                    Map.of(
                            "cabstand.pool.test.url",
                            "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres",
                            "cabstand.pool.test.username",
                            "app",
                            "cabstand.pool.test.password",
                            "old",
                            "cabstand.pool.test.min-size",
                            "8",
                            "cabstand.pool.test.max-size",
                            "8");
            try (var app = TestApplication.start(pool)) {
                await().until(() -> app.state().idle() == 8);
                Set<String> old = sessions(control);
                assertThat(old).hasSize(8);
                long begun = System.nanoTime();
                try (Traffic traffic =
                        new Traffic(6, app.dataSource(), c -> Sql.run(c, "select 1"))) {
                    Sql.run(control, "alter role app password 'new'");
                    app.set("cabstand.pool.test.password", "new");
                    await().atMost(Duration.ofMinutes(1))
                            .untilAsserted(
                                    () ->
                                            assertThat(sessions(control))
                                                    .doesNotContainAnyElementsOf(old));
                    long gone = System.nanoTime() - begun;
                    traffic.serve(100);
                    assertThat(traffic.failures()).isEmpty();
                    System.out.printf(
                            "rotation: the old sessions were gone after %d ms, %d requests served, none failed%n",
                            TimeUnit.NANOSECONDS.toMillis(gone), traffic.served());
                }
                await().until(() -> sessions(control).size() == 8);
                assertThat(log.at(Level.INFO))
                        .contains(
                                "CAB0223: pool 'test': user name or password has changed. Open"
                                        + " connections will be replaced within 10s.");
            }
        }
    }

    private static Set<String> sessions(Connection control) throws SQLException {
        String pids =
                Sql.one(
                        control,
                        "select string_agg(pid::text, ',') from pg_stat_activity"
                                + " where usename = 'app'");
        return pids == null ? Set.of() : new HashSet<>(List.of(pids.split(",")));
    }

    @Test
    void aWrongPasswordIsNotTriedAgainAndAgainAndNobodyWaits() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeDatabase database = accepting("wrong", "right", attempts);
        try (var app =
                TestApplication.start(
                        database.pool(
                                "username",
                                "app",
                                "password",
                                "marker",
                                "acquisition-timeout",
                                "60s"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                    .hasMessageStartingWith("CAB0103");
            long begun = System.nanoTime();
            int failed = 0;
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(4)) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
                        .hasMessageContaining("password authentication failed")
                        .hasMessageNotContaining("marker")
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("28P01");
                failed++;
            }
            assertThat(failed).as("errors come at once").isGreaterThan(100);
            // at 0 s, 1 s and 3 s, the pauses being 1 s, 2 s and 4 s
            assertThat(attempts.get()).isBetween(2, 3);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0130: pool 'test' will not log in again for ");
        }
    }

    @Test
    void aChangedPasswordEndsThePause() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeDatabase database = accepting("mended", "right", attempts);
        try (var app =
                TestApplication.start(database.pool("username", "app", "password", "wrong"))) {
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLException.class);
            }
            assertThat(attempts.get()).isEqualTo(1);
            app.set("cabstand.pool.test.password", "wrong too");
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLException.class);
            }
            assertThat(attempts.get()).isEqualTo(2);
            app.set("cabstand.pool.test.password", "right");
            app.dataSource().getConnection().close();
            assertThat(attempts.get()).isEqualTo(3);
        }
    }

    @Test
    void thePauseEndsByItselfWhenTheDatabaseWasWrong() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeDatabase database =
                new FakeDatabase("unlocked")
                        .onConnect(
                                properties -> {
                                    if (attempts.incrementAndGet() == 1) {
                                        throw refused();
                                    }
                                });
        try (var app =
                TestApplication.start(database.pool("username", "app", "password", "right"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0130");
            await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> app.dataSource().getConnection().close());
            assertThat(attempts.get()).isEqualTo(2);
        }
    }

    @ApplicationScoped
    static class Tokens implements CredentialsProvider {

        static final AtomicInteger ASKED = new AtomicInteger();
        static final Set<String> THREADS = new HashSet<>();

        @Override
        public synchronized Credentials credentials(String pool) {
            THREADS.add(Thread.currentThread().getName());
            return new Credentials("app", "token-" + ASKED.incrementAndGet());
        }
    }

    /** Tokens of a cloud's identity service differ at each call, and sessions outlive them. */
    @Test
    void tokensThatDifferEachTimeReplaceNothing() throws Exception {
        Tokens.ASKED.set(0);
        FakeDatabase database = new FakeDatabase("iam");
        try (var app =
                TestApplication.start(
                        database.pool("min-size", "3", "max-size", "3"), Tokens.class)) {
            await().until(() -> app.state().idle() == 3);
            ConnectionPool pool = app.dataSource().unwrap(ConnectionPool.class);
            for (int i = 0; i < 20; i++) {
                pool.lookAtConfig();
                app.dataSource().getConnection().close();
                TimeUnit.MILLISECONDS.sleep(5);
            }
            // a replacement would come within ROTATION, ten seconds: none was ordered
            assertThat(log.at(Level.INFO)).noneMatch(message -> message.startsWith("CAB0223"));
            assertThat(Tokens.ASKED.get()).as("once for each connection").isEqualTo(3);
            assertThat(database.logins())
                    .extracting(login -> login.getProperty("password"))
                    .containsExactlyInAnyOrder("token-1", "token-2", "token-3");
            assertThat(Tokens.THREADS).allMatch(thread -> thread.startsWith("cabstand-test-"));
        }
    }

    @Test
    void aProviderIsNotAskedDuringThePause() throws Exception {
        Tokens.ASKED.set(0);
        FakeDatabase database =
                new FakeDatabase("sealed")
                        .onConnect(
                                properties -> {
                                    throw refused();
                                });
        try (var app = TestApplication.start(database.pool(), Tokens.class)) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
            }
            assertThat(Tokens.ASKED.get()).isEqualTo(1);
        }
    }

    /** As when the JVM has no more threads or memory while it connects. */
    @Test
    void anAttemptThatDiesIsNotTheLastOne() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        FakeDatabase database =
                new FakeDatabase("dies")
                        .onConnect(
                                properties -> {
                                    switch (attempts.incrementAndGet()) {
                                        case 1:
                                            throw refused();
                                        case 2:
                                            throw new StackOverflowError("in the driver");
                                        default:
                                            break;
                                    }
                                });
        try (var app = TestApplication.start(database.pool("username", "app"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLInvalidAuthorizationSpecException.class);
            await().ignoreExceptions()
                    .atMost(Duration.ofSeconds(8))
                    .untilAsserted(() -> app.dataSource().getConnection().close());
            assertThat(attempts.get()).isEqualTo(3);
        }
    }

    @Test
    void otherFaultsOfConnectingMakeNoPause() throws Exception {
        List<Properties> logins = new ArrayList<>();
        FakeDatabase database =
                new FakeDatabase("starting")
                        .onConnect(
                                properties -> {
                                    logins.add(properties);
                                    if (logins.size() < 5) {
                                        throw new SQLException("starting up", "57P03");
                                    }
                                });
        try (var app = TestApplication.start(database.pool("username", "app"))) {
            for (int i = 1; i < 5; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .hasMessageContaining("starting up");
            }
            app.dataSource().getConnection().close();
            assertThat(logins).hasSize(5);
        }
    }
}
