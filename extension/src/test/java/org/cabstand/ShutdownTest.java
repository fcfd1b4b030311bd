package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.cabstand.internal.pool.Pools;
import org.cabstand.internal.pool.Rehearsal;
import org.junit.jupiter.api.Test;

/** The end of an application where something goes wrong meanwhile, or has before. */
class ShutdownTest {

    /** Another extension, which does not come to its end. */
    static class Throwing implements Extension {
        void stop(@Observes BeforeShutdown event) {
            throw new IllegalStateException("another extension's trouble");
        }
    }

    @Test
    void anotherExtensionThatThrowsLeavesNothingOfOursOpen() throws Exception {
        FakeDatabase database = new FakeDatabase("thrown");
        var app = TestApplication.startWith(database.pool("min-size", "2"), new Throwing());
        app.dataSource().getConnection().close();
        await().until(() -> app.state().idle() >= 2);
        // Weld reports it, and goes on
        catchThrowable(app::close);
        assertThat(database.sessions()).isZero();
        await().until(() -> TestApplication.poolThreads() == 0);
    }

    /** An error of any kind, of the driver's or of a class loader that was stopped. */
    @Test
    void onePoolThatDoesNotCloseTakesNoOtherOneWithIt() throws Exception {
        FakeDatabase bad = new FakeDatabase("bad");
        FakeDatabase good = new FakeDatabase("good");
        Map<String, String> properties = new ConcurrentHashMap<>();
        bad.pool().forEach((k, v) -> properties.put(k.replace(".test.", ".a."), v));
        good.pool().forEach((k, v) -> properties.put(k.replace(".test.", ".b."), v));
        try (CapturedLog log = new CapturedLog()) {
            var app = TestApplication.start(properties);
            for (String pool : new String[] {"a", "b"}) {
                DataSource source = app.dataSource(pool);
                source.getConnection().close();
            }
            bad.on(
                    "close",
                    (session, arguments) -> {
                        throw new NoClassDefFoundError("a class of the driver");
                    });
            app.close();
            assertThat(good.sessions()).isZero();
            await().until(() -> TestApplication.poolThreads() == 0);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void closingIsRehearsedInSilence() {
        try (CapturedLog log = new CapturedLog()) {
            Rehearsal.run(getClass().getClassLoader());
            assertThat(log.warnings()).isEmpty();
            assertThat(log.at(java.util.logging.Level.INFO)).isEmpty();
        }
        await().until(() -> TestApplication.poolThreads() == 0);
    }

    private static final CountDownLatch CLOSING = new CountDownLatch(1);
    private static final CountDownLatch MAY_CLOSE = new CountDownLatch(1);
    private static final CompletableFuture<Boolean> INTERRUPTED = new CompletableFuture<>();

    /** H2's driver, whose connections take their time to close. */
    public static class SlowlyClosing extends org.h2.Driver {
        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            Connection connection = super.connect(url, info);
            return (Connection)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (proxy, method, args) -> {
                                if (method.getName().equals("close")) {
                                    CLOSING.countDown();
                                    try {
                                        MAY_CLOSE.await();
                                        INTERRUPTED.complete(false);
                                    } catch (InterruptedException e) {
                                        INTERRUPTED.complete(true);
                                    }
                                }
                                return method.invoke(connection, args);
                            });
        }
    }

    /** An interrupt closes the files that such a database is writing. */
    @Test
    void aDatabaseInThisProcessIsNotInterruptedWhileItCloses() throws Exception {
        var app =
                TestApplication.start(
                        TestApplication.h2("slowly", "driver", SlowlyClosing.class.getName()));
        app.dataSource().getConnection().close();
        Thread.currentThread().interrupt(); // nobody waits for anything
        app.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(CLOSING.await(10, TimeUnit.SECONDS)).isTrue();
        MAY_CLOSE.countDown();
        assertThat(INTERRUPTED.get(10, TimeUnit.SECONDS)).isFalse();
        await().until(() -> TestApplication.poolThreads() == 0);
    }

    /** Stops the class loader first, as Payara Micro does with an application that fails while it starts. */
    @Test
    void closingLoadsNoClassThatTheRehearsalHasNotLoaded() throws Exception {
        try (StoppedLoader loader = new StoppedLoader()) {
            Class<?> pools = loader.loadClass(Pools.class.getName());
            Class<?> rehearsal = loader.loadClass(Rehearsal.class.getName());
            assertThat(pools.getClassLoader()).isSameAs(loader);
            rehearsal.getMethod("run", ClassLoader.class).invoke(null, loader);
            loader.stop();
            rehearsal.getMethod("run", ClassLoader.class).invoke(null, loader);
            assertThat(loader.refused()).isEmpty();
        }
        await().until(() -> TestApplication.poolThreads() == 0);
    }
}
