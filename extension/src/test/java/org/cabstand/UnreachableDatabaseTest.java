package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are down, or say nothing: nobody waits longer than promised, and nothing is lost. */
class UnreachableDatabaseTest {

    @Test
    void aDatabaseThatIsDownDoesNotFailTheDeployment() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                "jdbc:postgresql://127.0.0.1:" + port + "/x?password=marker-secret",
                                "cabstand.pool.test.min-size",
                                "2"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageStartingWith("CAB0103: pool 'test' cannot open a connection to")
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageNotContaining("marker-secret")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("08001");
            assertThat(app.state().active()).isZero();
            assertThat(app.state().idle()).isZero();
        }
    }

    /** The real drivers before a server that accepts and says nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mysql", "mariadb"})
    void aSilentDatabaseHoldsNobodyLongerThanTheAcquisitionTimeout(String driver) throws Exception {
        int loginTimeout = DriverManager.getLoginTimeout();
        ExecutorService threads = Executors.newCachedThreadPool();
        try (CapturedLog log = new CapturedLog();
                ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                var app =
                        TestApplication.start(
                                Map.of(
                                        "cabstand.pool.test.url",
                                        "jdbc:%s://127.0.0.1:%d/x"
                                                .formatted(driver, silent.getLocalPort()),
                                        "cabstand.pool.test.acquisition-timeout",
                                        "1s",
                                        "cabstand.pool.test.login-timeout",
                                        "2s"))) {
            List<Future<Long>> waits = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                waits.add(
                        threads.submit(
                                () -> {
                                    long start = System.nanoTime();
                                    Throwable error =
                                            catchThrowable(() -> app.dataSource().getConnection());
                                    assertThat(error).isInstanceOf(SQLException.class);
                                    assertThat(error.getMessage())
                                            .containsPattern("^CAB010[14]: pool 'test'");
                                    return System.nanoTime() - start;
                                }));
            }
            for (Future<Long> wait : waits) {
                // the promise is 1 s; the rest is for a slow machine
                assertThat(Duration.ofNanos(wait.get(30, TimeUnit.SECONDS)))
                        .isBetween(Duration.ofMillis(900), Duration.ofMillis(2_500));
            }
            assertThat(app.state().active()).isZero();
            assertThat(app.state().waiting()).isZero();
            await("the login-timeout reaches the driver")
                    .until(() -> log.warnings().stream().anyMatch(m -> m.startsWith("CAB0103")));
            assertThat(DriverManager.getLoginTimeout()).isEqualTo(loginTimeout);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aConnectionThatArrivesLateIsKeptForTheNext() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        FakeDatabase database = new FakeDatabase("late").onConnect(p -> answer.await());
        try (var app = TestApplication.start(database.pool("acquisition-timeout", "100ms"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0104: pool 'test' got no connection")
                    .hasMessageContaining("1 being opened");
            answer.countDown();
            await().until(() -> app.state().idle() == 1);
            app.dataSource().getConnection().close();
            assertThat(database.logins()).hasSize(1);
        }
    }

    @Test
    void thePoolServesAtOnceWhenTheDatabaseIsBack() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        FakeDatabase database =
                new FakeDatabase("back")
                        .onConnect(
                                p -> {
                                    if (down.get()) {
                                        throw new SQLException("no database", "08001");
                                    }
                                });
        try (CapturedLog log = new CapturedLog();
                var app = TestApplication.start(database.pool())) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .hasMessageContaining("no database");
            }
            assertThat(log.warnings()).as("said once").hasSize(1);
            down.set(false);
            app.dataSource().getConnection().close();
            assertThat(log.at(java.util.logging.Level.INFO)).anyMatch(m -> m.startsWith("CAB0204"));
        }
    }

    @Test
    void anAttemptThatWasBegunEarlierFailsNobodyWhoCameLater() throws Exception {
        CountDownLatch cameLater = new CountDownLatch(1);
        AtomicBoolean down = new AtomicBoolean(true);
        FakeDatabase database =
                new FakeDatabase("older-news")
                        .onConnect(
                                p -> {
                                    if (down.getAndSet(false)) {
                                        cameLater.await();
                                        throw new SQLException("no database", "08001");
                                    }
                                });
        ExecutorService threads = Executors.newCachedThreadPool();
        try (var app = TestApplication.start(database.pool("min-size", "1", "max-size", "1"))) {
            await().until(() -> database.logins().size() == 1);
            Future<Connection> borrower = threads.submit(() -> app.dataSource().getConnection());
            await().until(() -> app.state().waiting() == 1);
            cameLater.countDown();
            borrower.get(10, TimeUnit.SECONDS).close();
            assertThat(database.logins()).hasSize(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aDriverThatThrowsAnythingLosesNoRoom() throws Exception {
        FakeDatabase database =
                new FakeDatabase("throws")
                        .onConnect(
                                p -> {
                                    throw new IllegalStateException("driver's fault");
                                });
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("driver's fault");
            }
            database.onConnect(p -> {});
            app.dataSource().getConnection().close();
        }
    }

    @Test
    void aSessionThatCannotBeSetUpIsClosed() throws Exception {
        FakeDatabase database =
                new FakeDatabase("setup")
                        .on(
                                "execute",
                                (session, args) -> {
                                    throw new SQLException("bad initial SQL", "42601");
                                });
        try (var app = TestApplication.start(database.pool("initial-sql", "nonsense"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageContaining("bad initial SQL");
            assertThat(database.sessions()).isZero();
        }
    }

    @Test
    void minSizeIsFilledInTheBackground() throws Exception {
        FakeDatabase database = new FakeDatabase("filled");
        try (var app = TestApplication.start(database.pool("min-size", "2", "initial-size", "4"))) {
            await().until(() -> app.state().idle() == 4);
            try (Connection c = app.dataSource().getConnection()) {
                assertThat(c.isValid(1)).isTrue();
            }
            assertThat(database.sessions()).isEqualTo(4);
        }
    }

    /** Nobody borrows, and nobody asks for its health: a startup probe waits for this. */
    @Test
    void minSizeIsFilledWhenTheDatabaseComesLater() {
        AtomicBoolean down = new AtomicBoolean(true);
        FakeDatabase database =
                new FakeDatabase("comes-later")
                        .onConnect(
                                p -> {
                                    if (down.get()) {
                                        throw new SQLException("no database yet", "08001");
                                    }
                                });
        try (var app = TestApplication.start(database.pool("min-size", "2"))) {
            await().until(() -> database.logins().size() >= 2);
            down.set(false);
            await().atMost(Duration.ofSeconds(15)).until(() -> app.state().idle() == 2);
            assertThat(database.mostSessions()).isEqualTo(2);
        }
    }

    @Test
    void credentialsAreReadForEachPhysicalConnection() throws Exception {
        FakeDatabase database = new FakeDatabase("rotated");
        try (var app = TestApplication.start(database.pool("username", "app", "password", "old"))) {
            Connection first = app.dataSource().getConnection();
            app.set("cabstand.pool.test.password", "new");
            Connection second = app.dataSource().getConnection();
            first.close();
            second.close();
            assertThat(database.logins())
                    .extracting(p -> p.getProperty("user") + "/" + p.getProperty("password"))
                    .containsExactly("app/old", "app/new");
        }
    }

    @ApplicationScoped
    @Pool("test")
    static class Tokens implements CredentialsProvider {
        private int next;

        @Override
        public synchronized Credentials credentials(String pool) {
            if (next++ == 1) {
                throw new IllegalStateException("the vault is sealed");
            }
            return new Credentials(pool, "token-" + next);
        }
    }

    @Test
    void aProviderIsAskedForEachPhysicalConnectionAndMayFail() throws Exception {
        FakeDatabase database = new FakeDatabase("tokens");
        try (var app = TestApplication.start(database.pool("max-size", "2"), Tokens.class)) {
            try (Connection first = app.dataSource().getConnection()) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("the vault is sealed");
                Connection second = app.dataSource().getConnection();
                second.close();
                assertThat(first.isClosed()).isFalse();
            }
            assertThat(database.logins())
                    .extracting(p -> p.getProperty("user") + "/" + p.getProperty("password"))
                    .containsExactly("test/token-1", "test/token-3");
        }
    }
}
