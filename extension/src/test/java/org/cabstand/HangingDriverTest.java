package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.HealthProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver of which one call never comes back, or throws what no driver should. */
@Timeout(60)
class HangingDriverTest {

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch hung = new CountDownLatch(1);
    private final AtomicBoolean armed = new AtomicBoolean();

    @AfterEach
    void release() {
        release.countDown();
    }

    private static Map<String, String> pool(FakeDatabase database, String... more) {
        Map<String, String> properties =
                database.pool(
                        "max-size", "1",
                        "login-timeout", "1s",
                        "acquisition-timeout", "1s",
                        "validate-after-idle", "0s",
                        "initial-sql", "set up",
                        "drain-timeout", "100ms");
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    /** The first call after {@link #armed} never comes back, whatever is done to its thread. */
    private void hang() {
        if (armed.compareAndSet(true, false)) {
            hung.countDown();
            boolean interrupted = false;
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void hangIn(FakeDatabase database, String method) {
        if (method.equals("connect")) {
            database.onConnect(properties -> hang());
        } else {
            database.on(
                    method,
                    (session, args) -> {
                        hang();
                        return null;
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "setAutoCommit",
                "execute",
                "getSchema",
                "isValid",
                "rollback",
                "clearWarnings",
                "beginRequest",
                "endRequest",
                "close"
            })
    void aCallThatNeverComesBackCostsOneConnectionAndNoPlace(String method) throws Exception {
        FakeDatabase database = new FakeDatabase("hangs-" + method);
        boolean whileOpening =
                List.of("connect", "setAutoCommit", "execute", "getSchema").contains(method);
        hangIn(database, method);
        armed.set(whileOpening);
        try (var app = TestApplication.start(pool(database))) {
            if (!whileOpening) {
                app.dataSource().getConnection().close();
                armed.set(true);
            }
            Thread victim = new Thread(method.equals("close") ? () -> abort(app) : () -> work(app));
            victim.setDaemon(true);
            victim.start();
            assertThat(hung.await(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(12)).until(() -> isServedInTime(app));
            await().atMost(Duration.ofSeconds(5)).until(() -> probe(app).ask().up());
            assertThat(database.mostSessions()).isLessThanOrEqualTo(2);
            release(); // else the end of the application waits
        }
    }

    private static void work(TestApplication app) {
        try (Connection connection = app.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            connection.setSchema("other");
            Sql.run(connection, "x");
        } catch (SQLException e) {
            assertThat(e.getMessage()).isNotNull();
        }
        abort(app);
    }

    private static void abort(TestApplication app) {
        try (Connection connection = app.dataSource().getConnection()) {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            assertThat(e.getMessage()).isNotNull();
        }
    }

    private static boolean isServedInTime(TestApplication app) {
        long begun = System.nanoTime();
        try (Connection connection = app.dataSource().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isLessThan(Duration.ofSeconds(3));
        }
    }

    private static HealthProbe probe(TestApplication app) throws SQLException {
        return app.dataSource().unwrap(ConnectionPool.class).probe();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect",
                "setAutoCommit",
                "execute",
                "getSchema",
                "isValid",
                "getAutoCommit",
                "rollback",
                "getWarnings",
                "clearWarnings",
                "beginRequest",
                "endRequest",
                "setSchema",
                "close"
            })
    void anErrorOfTheDriverCostsOneConnectionAndNoPlace(String method) throws Exception {
        FakeDatabase database = new FakeDatabase("throws-" + method);
        try (var app = TestApplication.start(pool(database, "max-size", "2"))) {
            for (Throwable error :
                    List.of(
                            new NoClassDefFoundError("gone"),
                            new IllegalStateException("driver"),
                            new StackOverflowError())) {
                AtomicBoolean once = new AtomicBoolean(true);
                FakeDatabase.Behaviour behaviour =
                        (session, args) -> {
                            if (once.compareAndSet(true, false)) {
                                if (error instanceof Error e) {
                                    throw e;
                                }
                                throw (RuntimeException) error;
                            }
                            return null;
                        };
                if (method.equals("connect")) {
                    database.onConnect(properties -> behaviour.call(null, null));
                } else {
                    database.on(method, behaviour);
                }
                tolerantly(() -> work(app));
                tolerantly(() -> probe(app).ask());
                await().atMost(Duration.ofSeconds(5)).until(() -> bothPlacesAreThere(app));
                await().atMost(Duration.ofSeconds(5)).until(() -> probe(app).ask().up());
            }
            assertThat(database.mostSessions()).isLessThanOrEqualTo(2);
        }
    }

    /** An error of a call that the application made itself may reach it. */
    private static void tolerantly(TestApplication.Work work) throws Exception {
        try {
            work.run();
        } catch (Error | RuntimeException e) {
            assertThat(e).isNotInstanceOf(AssertionError.class);
        }
    }

    private static boolean bothPlacesAreThere(TestApplication app) {
        List<Connection> held = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                held.add(app.dataSource().getConnection());
            }
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            for (Connection connection : held) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void aThreadThatWaitsInAWayThatCanBeInterruptedIsFreedAndNotLeftInterrupted() throws Exception {
        FakeDatabase database =
                new FakeDatabase("interruptible")
                        .on(
                                "rollback",
                                (session, args) -> {
                                    if (armed.compareAndSet(true, false)) {
                                        hung.countDown();
                                        release.await();
                                    }
                                    return null;
                                });
        try (var app = TestApplication.start(pool(database))) {
            Connection connection = app.dataSource().getConnection();
            connection.setAutoCommit(false);
            Sql.run(connection, "x");
            armed.set(true);
            connection.close(); // comes back after the limit, without the answer
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(isServedInTime(app)).isTrue();
        }
    }
}
