package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler of the application's log that throws, blocks, or uses the pool: the pool goes on. */
@Timeout(60)
class BrokenLogTest {

    private static final Logger LOGGER = Logger.getLogger("org.cabstand");

    /** What a handler does with each message. */
    private interface Trouble {
        void make() throws Exception;
    }

    private static final class TroubledHandler extends Handler {

        private final Trouble trouble;

        TroubledHandler(Trouble trouble) {
            this.trouble = trouble;
        }

        @Override
        public void publish(LogRecord message) {
            try {
                trouble.make();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private final AtomicBoolean down = new AtomicBoolean();
    private final CountDownLatch release = new CountDownLatch(1);
    private final Level before = LOGGER.getLevel();
    private Handler handler;

    private void handler(Level level, Trouble trouble) {
        handler = new TroubledHandler(trouble);
        LOGGER.addHandler(handler);
        LOGGER.setLevel(level);
    }

    @AfterEach
    void removeHandler() {
        release.countDown();
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(before);
    }

    private FakeDatabase database(String name) {
        return new FakeDatabase(name)
                .onConnect(
                        properties -> {
                            if (down.get()) {
                                throw new SQLException("it is down", "08001");
                            }
                        })
                .on("isValid", (session, args) -> !down.get());
    }

    private static Map<String, String> pool(FakeDatabase database) {
        return database.pool(
                "max-size", "2",
                "acquisition-timeout", "2s",
                "login-timeout", "1s",
                "validate-after-idle", "0s",
                "drain-timeout", "100ms");
    }

    private static boolean bothAreServed(TestApplication app) {
        List<Connection> held = new ArrayList<>();
        Throwable error =
                catchThrowable(
                        () -> {
                            held.add(app.dataSource().getConnection());
                            held.add(app.dataSource().getConnection());
                        });
        for (Connection connection : held) {
            assertThat(catchThrowable(connection::close)).isNull();
        }
        return error == null;
    }

    private void outage(TestApplication app) throws Exception {
        assertThat(bothAreServed(app)).isTrue();
        down.set(true);
        assertThat(catchThrowable(() -> app.dataSource().getConnection()))
                .hasMessageStartingWith("CAB0103");
        down.set(false);
        await().until(() -> bothAreServed(app));
        ConnectionPool pool = app.dataSource().unwrap(ConnectionPool.class);
        await().until(() -> pool.probe().ask().up());
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
    void oneThatThrowsCostsNeitherPlaceNorAnswer(Class<? extends Throwable> type) throws Exception {
        FakeDatabase database = database("log-throws-" + type.getSimpleName());
        try (var app = TestApplication.start(pool(database))) {
            handler(
                    Level.ALL,
                    () -> {
                        if (type == IllegalStateException.class) {
                            throw new IllegalStateException("no space left on device");
                        }
                        throw new NoClassDefFoundError("a class of the handler");
                    });
            outage(app);
            database.on(
                    "close",
                    (session, args) -> {
                        throw new SQLException("cannot close");
                    });
            try (Connection connection = app.dataSource().getConnection()) {
                connection.abort(Runnable::run);
            }
            database.asUsual("close");
            await().until(() -> bothAreServed(app));
        }
    }

    @Test
    void oneThatBlocksHoldsUpNoPool() throws Exception {
        FakeDatabase database = database("log-blocks");
        try (var app = TestApplication.start(pool(database))) {
            handler(Level.INFO, release::await);
            outage(app);
            CountDownLatch never = new CountDownLatch(1);
            AtomicBoolean once = new AtomicBoolean(true);
            database.on(
                    "close",
                    (session, args) -> {
                        if (once.compareAndSet(true, false)) {
                            never.await();
                        }
                        return null;
                    });
            try (Connection connection = app.dataSource().getConnection()) {
                connection.abort(Runnable::run);
            }
            // the limit of that close is kept, by the thread that has to keep all limits
            await().atMost(Duration.ofSeconds(7)).until(() -> bothAreServed(app));
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("cabstand-log"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon)
                    .allMatch(thread -> thread.getContextClassLoader() != null); // the pool's
            release.countDown();
        }
    }

    @Test
    void oneThatBorrowsFromThePoolMayDoSo() throws Exception {
        FakeDatabase database = database("log-borrows");
        try (var app = TestApplication.start(pool(database))) {
            handler(Level.INFO, () -> app.dataSource().getConnection().close());
            outage(app);
            LOGGER.removeHandler(handler);
        }
    }
}
