package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for long is a warning that names the holders, before anybody is sent away. */
class SlowAcquireTest {

    private final CapturedLog log = new CapturedLog();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        log.close();
    }

    private List<String> reports() {
        return log.warnings().stream().filter(m -> m.startsWith("CAB0265")).toList();
    }

    private Future<?> borrower(TestApplication app) {
        return threads.submit(
                () -> {
                    app.dataSource().getConnection().close();
                    return null;
                });
    }

    private static void awaitAll(List<Future<?>> borrowers) throws Exception {
        for (Future<?> borrower : borrowers) {
            borrower.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCrowdThatWaitsIsOneWarningWithTheHoldersAndEverybodyIsServed() throws Exception {
        CountDownLatch borrowed = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "slow-crowd",
                                "max-size",
                                "1",
                                "acquisition-timeout",
                                "30s",
                                "slow-acquire",
                                "200ms"))) {
            Thread holder =
                    new Thread(
                            () -> {
                                try (Connection held = app.dataSource().getConnection()) {
                                    assertThat(held.isClosed()).isFalse();
                                    borrowed.countDown();
                                    done.await();
                                } catch (SQLException | InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            },
                            "holder-of-the-cab");
            holder.start();
            borrowed.await();
            List<Future<?>> crowd = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                crowd.add(borrower(app));
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> !reports().isEmpty());
            assertThat(app.state().waiting()).as("nobody was sent away").isEqualTo(20);
            done.countDown();
            awaitAll(crowd);
            holder.join();
            assertThat(reports())
                    .singleElement()
                    .asString()
                    .contains(
                            "pool 'test'",
                            "for 0.2s: 1 of 1 in use, 20 waiting",
                            "thread 'holder-of-the-cab'",
                            "SlowAcquireTest.java:",
                            "'cabstand.pool.test.max-size'");
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(
                            () ->
                                    assertThat(log.at(Level.INFO))
                                            .anyMatch(
                                                    m ->
                                                            m.startsWith("CAB0245")
                                                                    && m.contains("happened 19")
                                                                    && m.contains("CAB0265")));
        }
    }

    @Test
    void whoIsServedBeforeIsNoReport() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("slow-not", "max-size", "1", "slow-acquire", "20s"))) {
            Future<?> waiter;
            try (Connection held = app.dataSource().getConnection()) {
                waiter = borrower(app);
                await().until(() -> app.state().waiting() == 1);
                assertThat(held.isClosed()).isFalse();
            }
            waiter.get(10, TimeUnit.SECONDS);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void whoIsSentAwayBeforeIsNoReport() throws Exception {
        for (String slow : List.of("200ms", "2s", "off")) {
            try (var app =
                    TestApplication.start(
                            TestApplication.h2(
                                    "slow-late",
                                    "min-size",
                                    "1",
                                    "max-size",
                                    "1",
                                    "acquisition-timeout",
                                    "200ms",
                                    "slow-acquire",
                                    slow))) {
                await().until(() -> app.state().idle() == 1);
                try (Connection held = app.dataSource().getConnection()) {
                    assertThat(threads.submit(() -> app.dataSource().getConnection()))
                            .failsWithin(Duration.ofSeconds(10));
                    assertThat(held.isClosed()).isFalse();
                }
            }
        }
        assertThat(log.warnings()).as("the error says it all").isEmpty();
    }

    @Test
    void aDatabaseThatLetsNobodyInIsNotReportedAgain() throws Exception {
        FakeDatabase database =
                new FakeDatabase("slow-away")
                        .onConnect(
                                properties -> {
                                    throw new SQLException("not now", "08001");
                                });
        try (var app =
                TestApplication.start(
                        database.pool("acquisition-timeout", "1s", "slow-acquire", "10ms"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0103");
            assertThat(reports()).isEmpty();
        }
    }

    @Test
    void aSlowLoginIsNoFaultOfHolders() throws Exception {
        FakeDatabase database =
                new FakeDatabase("slow-login")
                        .onConnect(properties -> TimeUnit.MILLISECONDS.sleep(400));
        try (var app = TestApplication.start(database.pool("slow-acquire", "10ms"))) {
            app.dataSource().getConnection().close();
            assertThat(reports()).isEmpty();
        }
    }

    @Test
    void aSuspendedPoolIsNotReportedAgain() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "slow-suspended",
                                "acquisition-timeout",
                                "500ms",
                                "slow-acquire",
                                "10ms"))) {
            app.dataSource().getConnection().close();
            app.get(PoolOperations.class).suspend();
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(PoolExhaustedException.class);
            assertThat(reports()).isEmpty();
        }
    }
}
