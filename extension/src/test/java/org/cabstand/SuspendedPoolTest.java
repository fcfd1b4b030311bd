package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator suspends a pool, for example while its database is moved. */
@Timeout(60)
class SuspendedPoolTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CapturedLog log = new CapturedLog();
    private TestApplication app;
    private PoolOperations pool;

    private void start(Map<String, String> properties) {
        app = TestApplication.startWithJta(properties);
        pool = app.get(PoolOperations.class);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (app != null) {
            app.close();
        }
        log.close();
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A request of another thread, which ends when it has had a connection. */
    private CompletableFuture<Void> request() {
        int before = app.state().waiting();
        CompletableFuture<Void> request =
                CompletableFuture.runAsync(
                        () -> {
                            try (Connection connection = app.dataSource().getConnection()) {
                                Sql.run(connection, "select 1");
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        threads);
        await().until(() -> request.isDone() || app.state().waiting() == before + 1);
        return request;
    }

    private void assertWaits(CompletableFuture<Void> request) {
        await().during(Duration.ofMillis(300)).until(() -> !request.isDone());
    }

    @ParameterizedTest
    @EnumSource
    void whoComesWaitsUntilItIsResumed(TestDatabase database) throws Exception {
        start(database.pool("max-size", "2", "acquisition-timeout", "30s"));
        request().get(30, TimeUnit.SECONDS); // one is in the cache
        pool.suspend();
        CompletableFuture<Void> one = request();
        CompletableFuture<Void> two = request();
        CompletableFuture<Void> three = request();
        assertWaits(one);
        assertThat(pool.state())
                .extracting(PoolState::active, PoolState::waiting, PoolState::suspended)
                .containsExactly(0, 3, true);
        pool.resume();
        assertThat(one).succeedsWithin(Duration.ofSeconds(20));
        assertThat(two).succeedsWithin(Duration.ofSeconds(20));
        assertThat(three).succeedsWithin(Duration.ofSeconds(20));
        assertThat(pool.state().suspended()).isFalse();
    }

    @Test
    void whoWaitsDoesNotGetWhatComesBack() throws Exception {
        start(TestDatabase.H2.pool("max-size", "1", "acquisition-timeout", "30s"));
        Connection held = app.dataSource().getConnection();
        CompletableFuture<Void> waiter = request();
        pool.suspend();
        Sql.run(held, "select 1"); // so that it would be handed over
        held.close();
        assertWaits(waiter);
        assertThat(app.state()).extracting("active", "idle", "waiting").containsExactly(0, 1, 1);
        pool.resume();
        assertThat(waiter).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void whoWaitsForTooLongIsToldWhy() throws Exception {
        start(TestDatabase.H2.pool("acquisition-timeout", "200ms"));
        pool.suspend();
        assertThatThrownBy(() -> app.dataSource().getConnection())
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageStartingWith(
                        "CAB0123: pool 'test' is suspended: no connection within 0.2s, 0 of 10 in use");
        assertThat(pool.state().totals().timeouts()).isOne();
        pool.resume();
        app.dataSource().getConnection().close();
    }

    @Test
    void whoMayNotWaitIsToldWhy() throws Exception {
        start(
                TestDatabase.H2.pool(
                        "max-size", "1", "max-waiting", "1", "acquisition-timeout", "30s"));
        pool.suspend();
        request();
        CompletableFuture<Void> last = request();
        assertThatThrownBy(() -> app.dataSource().getConnection())
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageStartingWith("CAB0123: pool 'test' is suspended")
                .hasMessageContaining("'cabstand.pool.test.max-waiting' is reached");
        pool.resume();
        assertThat(last).succeedsWithin(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "xa"})
    void aTransactionThatHasItsConnectionGoesOn(String transactions) throws Exception {
        start(
                TestDatabase.POSTGRESQL.pool(
                        "transactions", transactions, "acquisition-timeout", "1s"));
        try (Connection setUp = app.dataSource().getConnection()) {
            Sql.run(setUp, "drop table if exists suspended");
            Sql.run(setUp, "create table suspended (id int)");
        }
        TransactionManager manager = app.get(TransactionManager.class);
        manager.begin();
        try (Connection first = app.dataSource().getConnection()) {
            Sql.run(first, "insert into suspended values (1)");
        }
        pool.suspend();
        try (Connection again = app.dataSource().getConnection()) {
            Sql.run(again, "insert into suspended values (2)");
        }
        manager.commit();
        pool.resume();
        try (Connection connection = app.dataSource().getConnection()) {
            assertThat(Sql.one(connection, "select count(*) from suspended")).isEqualTo("2");
        }
    }

    @Test
    void aRequestKeepsItsConnection() throws Exception {
        start(TestDatabase.H2.pool("acquisition-timeout", "200ms"));
        app.request(
                () -> {
                    Sql.run(app.connection(), "select 1");
                    pool.suspend();
                    assertThat(Sql.one(app.connection(), "select 2")).isEqualTo("2");
                    app.connection().close();
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select 3"))
                            .hasMessageContaining("CAB0123");
                });
    }

    @Test
    void nothingIsOpenedMeanwhile() throws Exception {
        FakeDatabase database = new FakeDatabase("suspended");
        start(database.pool("min-size", "2", "acquisition-timeout", "30s"));
        await().until(() -> database.sessions() == 2);
        pool.suspend();
        assertThat(pool.evictAll()).isEqualTo(2);
        CompletableFuture<Void> waiter = request();
        await().until(() -> database.sessions() == 0);
        await().during(Duration.ofMillis(500)).until(() -> database.logins().size() == 2);
        pool.resume();
        assertThat(waiter).succeedsWithin(Duration.ofSeconds(20));
        await().until(() -> database.sessions() == 2);
    }

    @Test
    void aDatabaseThatFailsMeanwhileFailsNobodyWhoWaits() throws Exception {
        FakeDatabase database = new FakeDatabase("gone-meanwhile");
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        database.onConnect(
                properties -> {
                    connecting.countDown();
                    fail.await();
                    throw new SQLException("the database is being moved", "08001");
                });
        start(database.pool("acquisition-timeout", "30s"));
        CompletableFuture<Void> waiter = request();
        connecting.await();
        pool.suspend();
        database.onConnect(properties -> {});
        fail.countDown();
        await().until(() -> pool.state().opening() == 0);
        assertWaits(waiter);
        pool.resume();
        assertThat(waiter).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void itIsNotReadyAndReadyAgainAtOnce() {
        start(TestDatabase.H2.pool());
        assertThat(pool.readiness()).isEqualTo(new Readiness(true, null));
        pool.suspend();
        assertThat(pool.readiness()).isEqualTo(new Readiness(false, "suspended"));
        assertThat(pool.state().trouble()).isEqualTo("suspended");
        pool.resume();
        assertThat(pool.readiness()).isEqualTo(new Readiness(true, null));
        assertThat(pool.state().trouble()).isNull();
    }

    @Test
    void aSecondCallChangesNothing() throws Exception {
        start(TestDatabase.H2.pool("acquisition-timeout", "200ms"));
        pool.resume();
        pool.suspend();
        pool.suspend();
        assertThat(log.warnings())
                .containsExactly(
                        "CAB0252: pool 'test' is suspended: borrowers get no connection, and time out"
                                + " after 0.2s, until resume() is called.");
        pool.resume();
        app.dataSource().getConnection().close();
        pool.resume();
        assertThat(log.at(Level.INFO))
                .filteredOn(line -> line.startsWith("CAB0253"))
                .containsExactly("CAB0253: pool 'test' is no longer suspended.");
    }

    @Test
    void itsEndSendsAwayWhoWaits() throws Exception {
        start(TestDatabase.H2.pool("acquisition-timeout", "30s"));
        PoolOperations kept = app.dataSource().unwrap(ConnectionPool.class).control();
        pool.suspend();
        CompletableFuture<Void> waiter = request();
        app.close();
        app = null;
        assertThat(waiter)
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableThat()
                .withMessageContaining("CAB0105");
        assertThatThrownBy(kept::resume)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CAB0105");
    }

    /** However they come: out of the cache, from Agroal, by a hand-over, newly opened. */
    @Test
    void nobodyBeginsOnceItIsSuspended() throws Exception {
        FakeDatabase database = new FakeDatabase("crowd");
        start(database.pool("max-size", "3", "acquisition-timeout", "30s"));
        try (Traffic traffic =
                new Traffic(8, app.dataSource(), connection -> Sql.run(connection, "x"))) {
            for (int i = 0; i < 50; i++) {
                pool.suspend();
                await().pollInterval(Duration.ofMillis(1)).until(() -> app.state().active() == 0);
                long borrows = pool.state().totals().borrows();
                await().pollInterval(Duration.ofMillis(1)).until(() -> app.state().waiting() == 8);
                assertThat(pool.state().totals().borrows()).isEqualTo(borrows);
                pool.resume();
                traffic.serve(8);
            }
            assertThat(traffic.failures()).isEmpty();
        }
        assertThat(database.mostSessions()).isLessThanOrEqualTo(3);
    }
}
