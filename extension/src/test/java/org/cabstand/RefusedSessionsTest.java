package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.HealthProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that refuses sessions: some of them, or all for a while. */
@Timeout(60)
class RefusedSessionsTest {

    /** Runs work on many threads at once. */
    private static <T> List<T> together(int threads, int times, Callable<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                futures.add(executor.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static HealthProbe probe(TestApplication app) throws SQLException {
        return app.dataSource().unwrap(ConnectionPool.class).probe();
    }

    /** A user of whom the server takes four sessions. */
    private static Map<String, String> poolForFour(TestDatabase database) throws SQLException {
        Map<String, String> pool =
                database.pool("max-size", "20", "acquisition-timeout", "10s", "min-size", "0");
        if (database == TestDatabase.POSTGRESQL) {
            try (Connection admin = DriverManager.getConnection(database.url())) {
                Sql.run(admin, "drop role if exists four");
                Sql.run(admin, "create role four login connection limit 4");
            }
            pool.put("cabstand.pool.test.url", database.url().replaceAll("\\?.*", ""));
            pool.put("cabstand.pool.test.username", "four");
        } else {
            pool.put("cabstand.pool.test.username", "four");
        }
        return pool;
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void whoCanWaitForASessionOfThePoolIsNotSentAwayByARefusedOne(TestDatabase database)
            throws Exception {
        try (var app = TestApplication.start(poolForFour(database))) {
            List<String> failures =
                    together(
                            60,
                            300,
                            () -> {
                                try (Connection connection = app.dataSource().getConnection()) {
                                    Sql.run(connection, "select 1");
                                    TimeUnit.MILLISECONDS.sleep(10);
                                    return "";
                                } catch (SQLException e) {
                                    return e.getMessage();
                                }
                            });
            assertThat(failures).allMatch(String::isEmpty);
            List<Connection> held = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                held.add(app.dataSource().getConnection());
            }
            assertThat(probe(app).ask().up()).as("the database is well").isTrue();
            for (Connection connection : held) {
                connection.close();
            }
        }
    }

    @Test
    void aTimeOutSaysThatTheDatabaseRefusedOneMore() throws Exception {
        AtomicInteger room = new AtomicInteger(1);
        FakeDatabase database =
                new FakeDatabase("one-only")
                        .onConnect(
                                properties -> {
                                    if (room.getAndDecrement() <= 0) {
                                        throw new SQLException("too many", "53300");
                                    }
                                });
        try (var app = TestApplication.start(database.pool("acquisition-timeout", "300ms"));
                Connection held = app.dataSource().getConnection()) {
            assertThat(held.isClosed()).isFalse();
            List<Throwable> errors =
                    together(
                            1,
                            1,
                            () -> {
                                try (Connection more = app.dataSource().getConnection()) {
                                    return new AssertionError(more);
                                } catch (SQLException e) {
                                    return e;
                                }
                            });
            assertThat(errors.get(0))
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasRootCauseMessage("too many");
        }
    }

    @Test
    void aDatabaseThatRefusesIsAskedByOneAttemptAtATime() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        FakeDatabase database =
                new FakeDatabase("refuses")
                        .onConnect(
                                properties -> {
                                    if (down.get()) {
                                        throw new SQLException("refused", "08001");
                                    }
                                });
        try (var log = new CapturedLog();
                var app = TestApplication.start(database.pool("acquisition-timeout", "5s"))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            AtomicInteger failed = new AtomicInteger();
            together(
                    16,
                    16,
                    () -> {
                        while (System.nanoTime() - end < 0) {
                            long begun = System.nanoTime();
                            assertThatThrownBy(() -> app.dataSource().getConnection())
                                    .hasMessageContaining("refused");
                            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                                    .isLessThan(Duration.ofSeconds(2));
                            failed.incrementAndGet();
                        }
                        return null;
                    });
            assertThat(failed.get()).isGreaterThan(100);
            assertThat(database.logins().size()).isBetween(5, 40);
            down.set(false);
            try (Connection connection = app.dataSource().getConnection()) {
                assertThat(connection.isClosed()).isFalse();
            }
            assertThat(log.warnings()).filteredOn(text -> text.contains("refused")).hasSize(1);
            assertThat(log.at(Level.INFO))
                    .filteredOn(text -> text.startsWith("CAB0204"))
                    .singleElement()
                    .asString()
                    .matches(".*, after \\d+ failed attempt\\(s\\) within .*s\\.");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL", "H2", "SQLITE"})
    void aWrongValidationQueryIsToldWithItsKey(TestDatabase database) throws Exception {
        try (var app = TestApplication.start(database.pool("validation-query", "selekt 1"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0103")
                    .hasMessageContaining("CAB0131: 'cabstand.pool.test.validation-query'");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL", "H2", "SQLITE"})
    void aWrongInitialSqlIsToldWithItsKey(TestDatabase database) throws Exception {
        try (var app = TestApplication.start(database.pool("initial-sql", "selekt 1"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageStartingWith("CAB0103")
                    .hasMessageContaining("CAB0132: 'cabstand.pool.test.initial-sql'");
        }
    }

    @Test
    void aProbeStandsInNobodysWay() throws Exception {
        FakeDatabase database = new FakeDatabase("probed");
        Map<String, String> pool =
                database.pool("max-size", "1", "max-waiting", "1", "acquisition-timeout", "10s");
        try (var app = TestApplication.start(pool)) {
            Connection held = app.dataSource().getConnection();
            Thread waiting =
                    new Thread(
                            () -> {
                                try {
                                    app.dataSource().getConnection().close();
                                } catch (SQLException e) {
                                    throw new AssertionError(e);
                                }
                            });
            waiting.start();
            await().until(() -> app.state().waiting() == 1);
            HealthProbe.Answer answer = probe(app).ask();
            assertThat(answer.up()).as(answer.reason()).isTrue();
            assertThat(app.state().waiting()).isEqualTo(1);
            held.close();
            waiting.join();
        }
    }

    @Test
    void aShortDeadlineCostsNoHealthySession() throws Exception {
        FakeDatabase database =
                new FakeDatabase("slow")
                        .on(
                                "isValid",
                                (session, args) -> {
                                    TimeUnit.MILLISECONDS.sleep(100);
                                    return null;
                                });
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-size",
                                "4",
                                "acquisition-timeout",
                                "250ms",
                                "validate-after-idle",
                                "0s"))) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            AtomicInteger served = new AtomicInteger();
            together(
                    60,
                    60,
                    () -> {
                        while (System.nanoTime() - end < 0) {
                            try (Connection connection = app.dataSource().getConnection()) {
                                Sql.run(connection, "x");
                                served.incrementAndGet();
                            } catch (SQLException e) {
                                assertThat((Throwable) e)
                                        .isInstanceOf(PoolExhaustedException.class);
                            }
                        }
                        return null;
                    });
            assertThat(database.logins()).hasSizeLessThanOrEqualTo(4);
            assertThat(served.get()).isGreaterThan(80);
        }
    }

    @Test
    void poolsWhoseSessionsDoNotCloseAreClosedTogether() throws Exception {
        AtomicBoolean release = new AtomicBoolean();
        Map<String, String> properties = new ConcurrentHashMap<>();
        for (int i = 0; i < 5; i++) {
            String name = "stubborn" + i;
            FakeDatabase database =
                    new FakeDatabase(name)
                            .on(
                                    "close",
                                    (session, args) -> {
                                        while (!release.get()) {
                                            Thread.onSpinWait();
                                            Thread.yield();
                                        }
                                        return null;
                                    });
            properties.put("cabstand.pool." + name + ".url", database.url());
            properties.put("cabstand.pool." + name + ".min-size", "1");
        }
        var app = TestApplication.start(properties);
        for (int i = 0; i < 5; i++) {
            app.dataSource("stubborn" + i).getConnection().close();
        }
        long begun = System.nanoTime();
        app.close();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        release.set(true);
        assertThat(took).isLessThan(Duration.ofSeconds(8));
    }
}
