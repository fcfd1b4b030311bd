package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a connection lives: until it is old, or idle for long. */
class LifetimeTest {

    @Test
    void whatWasUsedIsClosedWhenItIsIdleForLong() throws Exception {
        FakeDatabase database = new FakeDatabase("used-and-idle");
        try (var app =
                TestApplication.start(database.pool("min-size", "1", "idle-timeout", "200ms"))) {
            Connection first = app.dataSource().getConnection();
            Connection second = app.dataSource().getConnection();
            Connection third = app.dataSource().getConnection();
            first.close();
            second.close();
            third.close();
            assertThat(database.sessions()).isEqualTo(3);
            await().until(() -> database.sessions() == 1);
        }
    }

    @Test
    void connectionsAreReplacedAfterTheirLifetimeAndNeverMoreThanAllowed() throws Exception {
        FakeDatabase database = new FakeDatabase("lifetime");
        try (var app =
                TestApplication.start(
                        database.pool("min-size", "3", "max-size", "3", "max-lifetime", "200ms"))) {
            await().until(() -> database.logins().size() >= 9);
            await().until(() -> app.state().idle() == 3);
            assertThat(database.mostSessions()).isEqualTo(3);
        }
    }

    @Test
    void lifetimesEndEachAtItsOwnMomentAndNeverLate() throws Exception {
        Map<Object, Long> opened = new ConcurrentHashMap<>();
        Map<Object, Long> closed = new ConcurrentHashMap<>();
        FakeDatabase database =
                new FakeDatabase("jitter")
                        .on(
                                "setAutoCommit",
                                (session, args) -> {
                                    opened.putIfAbsent(session, System.nanoTime());
                                    return null;
                                })
                        .on(
                                "close",
                                (session, args) -> {
                                    closed.putIfAbsent(session, System.nanoTime());
                                    return null;
                                });
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-size", "20", "initial-size", "20", "max-lifetime", "2s"))) {
            // on a slow machine the first of them ends before the last one is at rest
            await().until(() -> opened.size() == 20);
            await().until(() -> closed.size() == 20 && app.state().idle() == 0);
            List<Long> lives =
                    opened.keySet().stream()
                            .map(session -> (closed.get(session) - opened.get(session)) / 1_000_000)
                            .sorted()
                            .toList();
            assertThat(lives.get(0)).isGreaterThanOrEqualTo(1_790);
            // the promise is 2 s; the rest is for a slow machine
            assertThat(lives.get(19)).isLessThan(2_500);
            assertThat(lives.get(19) - lives.get(0)).as("spread, ms").isGreaterThan(50);
            assertThat(database.calls()).as("the others were left alone").doesNotContain("isValid");
        }
    }

    @Test
    void aLifetimeThatEndsInUseEndsAtTheReturnAndNobodyWaitsWhileAnotherOneIsIdle()
            throws Exception {
        FakeDatabase database = new FakeDatabase("inuse");
        CountDownLatch never = new CountDownLatch(1);
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-size",
                                "2",
                                "max-lifetime",
                                "1s",
                                "acquisition-timeout",
                                "10s"))) {
            Connection old = app.dataSource().getConnection();
            TimeUnit.MILLISECONDS.sleep(600);
            app.dataSource().getConnection().close(); // a younger one, idle
            assertThat(database.sessions()).isEqualTo(2);
            TimeUnit.MILLISECONDS.sleep(500);
            Sql.run(old, "x");
            database.onConnect(properties -> never.await());
            old.close();
            app.dataSource().getConnection().close();
            await().until(() -> database.sessions() == 1);
            never.countDown();
        }
    }

    @Test
    void idleConnectionsAboveTheMinimumAreClosed() throws Exception {
        FakeDatabase database = new FakeDatabase("reaped");
        try (var app =
                TestApplication.start(
                        database.pool(
                                "min-size", "1", "initial-size", "4", "idle-timeout", "100ms"))) {
            await().until(() -> database.mostSessions() == 4);
            await().until(() -> database.sessions() == 1);
            assertThat(app.state().idle()).isEqualTo(1);
        }
    }
}
