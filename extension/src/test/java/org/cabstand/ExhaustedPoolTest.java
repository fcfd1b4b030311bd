package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A pool whose connections are all in use: who waits, who fails, and what the error says. */
class ExhaustedPoolTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theErrorSaysHowManyAndWhoAndWhere() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "exhausted", "max-size", "1", "acquisition-timeout", "100ms"))) {
            await().until(() -> canBorrow(app)); // a new JVM may take longer for the first one
            CountDownLatch borrowed = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1);
            Future<?> holder =
                    threads.submit(
                            () -> {
                                Thread.currentThread().setName("holder-of-the-cab");
                                try (Connection c = app.dataSource().getConnection()) {
                                    Sql.one(c, "select 1");
                                    borrowed.countDown();
                                    done.await();
                                }
                                return null;
                            });
            borrowed.await();
            PoolExhaustedException error =
                    catchThrowableOfType(
                            PoolExhaustedException.class, () -> app.dataSource().getConnection());
            done.countDown();
            holder.get();
            assertThat((Throwable) error).isInstanceOf(SQLTransientConnectionException.class);
            assertThat(error.getSQLState()).isEqualTo("08001");
            assertThat(error.pool()).isEqualTo("test");
            assertThat(error.inUse()).isEqualTo(1);
            assertThat(error.maxSize()).isEqualTo(1);
            assertThat((Throwable) error)
                    .hasMessageStartingWith("CAB0101: pool 'test' is exhausted")
                    .hasMessageContaining("within 0.1s, 1 of 1 in use, 0 waiting")
                    .hasMessageContaining("thread 'holder-of-the-cab'")
                    .hasMessageContaining("ExhaustedPoolTest.java:")
                    .hasMessageContaining("'cabstand.pool.test.max-size'");
        }
    }

    @Test
    void aWaiterGetsTheConnectionThatComesBack() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "waiter", "max-size", "1", "acquisition-timeout", "30s"))) {
            Connection first = app.dataSource().getConnection();
            Future<Connection> second = threads.submit(() -> app.dataSource().getConnection());
            await().until(() -> app.state().waiting() == 1);
            first.close();
            second.get(10, TimeUnit.SECONDS).close();
            assertThat(app.state().active()).isZero();
            assertThat(app.state().idle()).isEqualTo(1);
        }
    }

    @Test
    void oneMoreThanMaxWaitingFailsAtOnce() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "queue",
                                "max-size",
                                "1",
                                "max-waiting",
                                "1",
                                "acquisition-timeout",
                                "30s"))) {
            Connection first = app.dataSource().getConnection();
            Future<Connection> second = threads.submit(() -> app.dataSource().getConnection());
            await().until(() -> app.state().waiting() == 1);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageStartingWith("CAB0102")
                    .hasMessageContaining("'cabstand.pool.test.max-waiting'");
            first.close();
            second.get(10, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void ofACrowdNoMoreThanMaxWaitingWait() throws Exception {
        int crowd = 40;
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "crowd",
                                "max-size",
                                "1",
                                "max-waiting",
                                "3",
                                "acquisition-timeout",
                                "30s"))) {
            Connection first = app.dataSource().getConnection();
            CyclicBarrier together = new CyclicBarrier(crowd);
            AtomicInteger sentAway = new AtomicInteger();
            List<Future<?>> borrowers = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                borrowers.add(
                        threads.submit(
                                () -> {
                                    together.await();
                                    try (Connection own = app.dataSource().getConnection()) {
                                        return Sql.one(own, "select 1");
                                    } catch (PoolExhaustedException e) {
                                        return sentAway.incrementAndGet();
                                    }
                                }));
            }
            await().until(() -> sentAway.get() == crowd - 3);
            assertThat(app.state().waiting()).isEqualTo(3);
            first.close();
            for (Future<?> borrower : borrowers) {
                borrower.get(10, TimeUnit.SECONDS);
            }
            assertThat(sentAway).hasValue(crowd - 3);
        }
    }

    @Test
    void anInterruptedWaiterFailsAndStaysInterrupted() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("interrupt", "max-size", "1"))) {
            try (Connection first = app.dataSource().getConnection()) {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLException.class)
                        .hasMessageStartingWith("CAB0109");
                assertThat(Thread.interrupted()).isTrue();
                assertThat(first.isClosed()).isFalse();
            }
            app.dataSource().getConnection().close();
        }
    }

    @Test
    void manyThreadsShareFewConnectionsAndTheDatabaseSeesNoMore() throws Exception {
        FakeDatabase database = new FakeDatabase("crowd");
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "3", "acquisition-timeout", "60s"))) {
            List<Future<?>> borrowers = new ArrayList<>();
            for (int t = 0; t < 16; t++) {
                int thread = t;
                borrowers.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 500; i++) {
                                        if (thread % 2 == 0) {
                                            try (Connection c = app.dataSource().getConnection()) {
                                                Sql.run(c, "x");
                                            }
                                        } else {
                                            app.request(() -> Sql.run(app.connection(), "x"));
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> borrower : borrowers) {
                borrower.get(120, TimeUnit.SECONDS);
            }
            assertThat(database.mostSessions()).isBetween(1, 3);
            assertThat(app.state().active()).isZero();
            assertThat(app.state().waiting()).isZero();
            assertThat(app.state().idle()).isEqualTo(database.sessions());
        }
        assertThat(database.sessions()).isZero();
    }

    @Test
    void aLeakIsReportedOnceAndWhenItComesBack() throws Exception {
        try (CapturedLog log = new CapturedLog();
                var app =
                        TestApplication.start(
                                TestApplication.h2("leak", "leak-timeout", "100ms"))) {
            try (Connection held = app.dataSource().getConnection()) {
                await().atMost(Duration.ofSeconds(10)).until(() -> !log.warnings().isEmpty());
                // several periods of the report, in which it must not be repeated
                await().during(Duration.ofMillis(400)).until(() -> log.warnings().size() == 1);
                assertThat(log.warnings().get(0))
                        .startsWith("CAB0207: pool 'test'")
                        .contains("0.1s", "thread '" + Thread.currentThread().getName() + "'");
                assertThat(held.isClosed()).isFalse();
            }
            assertThat(log.at(java.util.logging.Level.INFO))
                    .anyMatch(m -> m.startsWith("CAB0208: pool 'test'"));
        }
    }

    /** Also while checks take longer than the time between them, so that the next one is always due. */
    @Test
    void aConnectionThatIsCheckedInTheBackgroundIsWaitedFor() throws Exception {
        FakeDatabase database =
                new FakeDatabase("checked")
                        .on(
                                "isValid",
                                (session, args) -> {
                                    TimeUnit.MILLISECONDS.sleep(50);
                                    return true;
                                });
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-size",
                                "1",
                                "acquisition-timeout",
                                "1s",
                                "validate-after-idle",
                                "off",
                                "idle-timeout",
                                "10ms",
                                "min-size",
                                "1",
                                "validation-interval",
                                "10ms"))) {
            app.dataSource().getConnection().close();
            TimeUnit.MILLISECONDS.sleep(1_100); // new connections are not checked
            for (int i = 0; i < 30; i++) {
                try (Connection c = app.dataSource().getConnection()) {
                    Sql.run(c, "x");
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(database.calls()).contains("isValid");
            assertThat(database.mostSessions()).isEqualTo(1);
        }
    }

    private static boolean canBorrow(TestApplication app) {
        try (Connection c = app.dataSource().getConnection()) {
            return c.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
