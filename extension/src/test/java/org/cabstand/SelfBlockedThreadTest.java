package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thread that holds every connection of a pool and wants one more: nobody else can end its wait. */
@Timeout(20)
class SelfBlockedThreadTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestApplication app;

    private void start(TestDatabase database, String... settings) {
        app = TestApplication.start(database.pool(settings));
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        app.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void isToldSoAtOnce(TestDatabase database) throws Exception {
        start(database, "max-size", "2", "acquisition-timeout", "30s");
        try (Connection first = app.dataSource().getConnection();
                Connection second = app.dataSource().getConnection()) {
            Sql.run(first, "select 1");
            Sql.run(second, "select 1");
            assertToldAtOnce(2);
        }
        app.dataSource().getConnection().close();
        assertThat(app.state().active()).isZero();
        assertThat(app.state().waiting()).isZero();
    }

    private void assertToldAtOnce(int held) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> app.dataSource().getConnection())
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageStartingWith("CAB0120: pool 'test'")
                .hasMessageContaining("holds " + held + " of " + held + " itself")
                .hasMessageContaining("'cabstand.pool.test.max-size'");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void isToldSoWhenItWouldWaitForEver() throws Exception {
        start(TestDatabase.H2, "max-size", "1", "acquisition-timeout", "0s");
        try (Connection held = app.dataSource().getConnection()) {
            assertThat(held.isClosed()).isFalse();
            assertToldAtOnce(1);
        }
    }

    @Test
    void isNamedAsTheHolderWhenItsTimeIsOverBefore() throws Exception {
        start(TestDatabase.H2, "max-size", "1", "acquisition-timeout", "50ms");
        try (Connection held = app.dataSource().getConnection()) {
            assertThat(held.isClosed()).isFalse();
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageStartingWith("CAB0101: pool 'test'")
                    .hasMessageContaining(
                            "Held longest by thread '" + Thread.currentThread().getName() + "'")
                    .hasMessageContaining("(this thread)");
        }
    }

    @Test
    void isToldSoWhenTheRequestsConnectionIsWhatItHolds() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "acquisition-timeout", "30s");
        app.request(
                () -> {
                    Sql.run(app.connection(), "select 1");
                    assertToldAtOnce(1);
                    Sql.run(app.connection(), "select 1");
                });
    }

    @Test
    void isToldWhereItBorrowedWhenThatIsKnown() throws Exception {
        start(TestDatabase.H2, "max-size", "1", "acquisition-timeout", "30s", "leak-timeout", "1m");
        try (Connection held = app.dataSource().getConnection()) {
            assertThat(held.isClosed()).isFalse();
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageContaining("CAB0120")
                    .hasMessageContaining(
                            ", borrowed at org.cabstand.SelfBlockedThreadTest.isToldWhereItBorrowedWhenThatIsKnown(");
        }
    }

    /** Its thread is at another request since: that one is not to blame. */
    @Test
    void isNotToldSoWhenAnEarlierRequestForgotTheConnection() throws Exception {
        start(
                TestDatabase.H2,
                "max-size",
                "1",
                "acquisition-timeout",
                "700ms",
                "leak-timeout",
                "1m");
        ExecutorService server = Executors.newSingleThreadExecutor();
        Connection forgotten = server.submit(this::forget).get(10, TimeUnit.SECONDS);
        server.submit(
                        () ->
                                assertThatThrownBy(() -> app.dataSource().getConnection())
                                        .hasMessageStartingWith("CAB0101")
                                        .hasMessageContaining(
                                                ", borrowed at org.cabstand.SelfBlockedThreadTest.forget(")
                                        .hasMessageContaining(
                                                "moved on; the connection was not returned"))
                .get(10, TimeUnit.SECONDS);
        server.shutdown();
        forgotten.close();
    }

    private Connection forget() throws Exception {
        return app.dataSource().getConnection();
    }

    @Test
    void waitsForAThreadThatItHandedAConnectionTo() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2", "acquisition-timeout", "30s");
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Connection connection = app.dataSource().getConnection();
            workers.add(
                    threads.submit(
                            () -> {
                                try (connection) {
                                    Sql.run(connection, "select pg_sleep(0.8)");
                                }
                                return null;
                            }));
        }
        for (Future<?> worker : workers) {
            worker.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void waitsForConnectionsThatOthersHold() throws Exception {
        start(TestDatabase.H2, "max-size", "2", "acquisition-timeout", "30s");
        CountDownLatch borrowed = new CountDownLatch(1);
        Future<?> other =
                threads.submit(
                        () -> {
                            try (Connection connection = app.dataSource().getConnection()) {
                                borrowed.countDown();
                                TimeUnit.MILLISECONDS.sleep(1_000);
                                return Sql.one(connection, "select 1");
                            }
                        });
        borrowed.await();
        try (Connection first = app.dataSource().getConnection();
                Connection second = app.dataSource().getConnection()) {
            assertThat(first).isNotSameAs(second);
        }
        other.get(10, TimeUnit.SECONDS);
    }
}
