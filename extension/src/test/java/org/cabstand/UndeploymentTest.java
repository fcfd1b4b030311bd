package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.handle.PoolDataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of an application: under load, twice, and before a database that has fallen silent. */
class UndeploymentTest {

    @Test
    void underLoadWhatIsBorrowedFinishesAndLaterOnesAreSentAway() throws Exception {
        FakeDatabase database = new FakeDatabase("underload");
        AtomicInteger finished = new AtomicInteger();
        var app = TestApplication.start(database.pool("drain-timeout", "30s", "max-size", "5"));
        // the container's own proxy refuses calls after its end
        DataSource pool = new PoolDataSource(app.dataSource().unwrap(ConnectionSource.class));
        try (Traffic traffic =
                new Traffic(
                        12,
                        pool,
                        connection -> {
                            Sql.run(connection, "x");
                            TimeUnit.MILLISECONDS.sleep(20);
                            Sql.run(connection, "x");
                            finished.incrementAndGet();
                        })) {
            traffic.serve(50);
            app.close();
            assertThat(database.sessions()).isZero();
            await().until(() -> traffic.failures().size() >= 12);
            assertThat(traffic.lost()).as("requests that had a connection").isEmpty();
            assertThat(traffic.failures())
                    .allSatisfy(
                            failure ->
                                    assertThat((Throwable) failure.error())
                                            .hasMessageStartingWith("CAB0105"));
            assertThat(finished.get()).isEqualTo((int) traffic.served());
        }
    }

    @Test
    void aSecondCloseTakesNothingFromWhoIsBeingWaitedFor() throws Exception {
        FakeDatabase database = new FakeDatabase("twice");
        try (var app = TestApplication.start(database.pool("drain-timeout", "30s"))) {
            ConnectionPool pool = app.dataSource().unwrap(ConnectionPool.class);
            Connection borrowed = app.dataSource().getConnection();
            List<CompletableFuture<Void>> closes = List.of(close(pool), close(pool), close(pool));
            TimeUnit.MILLISECONDS.sleep(200);
            assertThat(closes).noneMatch(CompletableFuture::isDone);
            Sql.run(borrowed, "x");
            borrowed.close();
            for (CompletableFuture<Void> close : closes) {
                close.get(20, TimeUnit.SECONDS);
            }
            assertThat(database.sessions()).isZero();
        }
    }

    private static CompletableFuture<Void> close(ConnectionPool pool) {
        return CompletableFuture.runAsync(
                () -> {
                    pool.close();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "execute", "isValid", "rollback", "close"})
    void aDatabaseThatFallsSilentHoldsUpTheEndForAFewSecondsOnly(String where) throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        CountDownLatch silent = new CountDownLatch(1);
        FakeDatabase database = new FakeDatabase("silent-" + where);
        var app =
                TestApplication.start(
                        database.pool(
                                "drain-timeout",
                                "500ms",
                                "acquisition-timeout",
                                "60s",
                                "validate-after-idle",
                                where.equals("isValid") ? "0s" : "500ms"));
        DataSource pool = app.dataSource().unwrap(PoolDataSource.class);
        pool.getConnection().close();
        FakeDatabase.Behaviour hang =
                (session, args) -> {
                    silent.countDown();
                    awaitUninterruptibly(silence);
                    return null;
                };
        if (where.equals("connect")) {
            database.onConnect(
                    properties -> {
                        silent.countDown();
                        awaitUninterruptibly(silence);
                    });
        } else {
            database.on(where, hang);
        }
        Thread victim =
                new Thread(
                        () -> {
                            try (Connection first = pool.getConnection()) {
                                if (where.equals("connect")) {
                                    pool.getConnection().close();
                                }
                                first.setAutoCommit(false);
                                Sql.run(first, "x");
                                if (where.equals("close")) {
                                    first.abort(Runnable::run);
                                }
                            } catch (Exception e) {
                                assertThat((Throwable) e).isNotNull();
                            }
                        });
        victim.start();
        silent.await();
        long begun = System.nanoTime();
        app.close();
        // drain-timeout, and 5 s for sessions that do not close
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        silence.countDown();
        victim.join(10_000);
        assertThat(victim.isAlive()).isFalse();
        await().until(() -> database.sessions() == 0);
    }

    /** As a driver does that reads from a socket. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
