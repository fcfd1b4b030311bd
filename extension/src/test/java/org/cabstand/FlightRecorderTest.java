package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import org.cabstand.internal.monitor.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection events in a recording of JDK Flight Recorder. */
class FlightRecorderTest extends FlightRecorderFixture {

    private static final String BORROW = "cabstand.ConnectionBorrow";
    private static final String USE = "cabstand.ConnectionUse";

    private static Thread inThread(String name, TestApplication.Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (Exception e) {
                                throw new AssertionError(e);
                            }
                        },
                        name);
        thread.start();
        return thread;
    }

    @Test
    void aBorrowIsRecordedWhenItWaited() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("jfr-wait", "max-size", "1"))) {
            Connection held = app.dataSource().getConnection();
            Thread waiter = inThread("waits", () -> app.dataSource().getConnection().close());
            await().until(() -> app.state().waiting() == 1);
            TimeUnit.MILLISECONDS.sleep(50);
            held.close();
            waiter.join();
            app.dataSource().getConnection().close(); // waits for nothing

            assertThat(recorded(BORROW))
                    .filteredOn(event -> event.getThread().getJavaName().equals(waiter.getName()))
                    .singleElement()
                    .satisfies(
                            event -> {
                                assertThat(event.getString("pool")).isEqualTo("test");
                                assertThat(event.getBoolean("failed")).isFalse();
                                assertThat(event.getDuration())
                                        .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
                                assertThat(event.getStackTrace().toString())
                                        .contains("FlightRecorderTest");
                            });
        }
    }

    @Test
    void aBorrowInVainIsRecordedAsFailed() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "jfr-vain", "max-size", "1", "acquisition-timeout", "100ms"))) {
            try (Connection held = app.dataSource().getConnection()) {
                assertThat(held.isClosed()).isFalse();
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(PoolExhaustedException.class);
            }
            assertThat(recorded(BORROW))
                    .filteredOn(event -> event.getBoolean("failed"))
                    .singleElement()
                    .satisfies(
                            event ->
                                    assertThat(event.getDuration())
                                            .isGreaterThanOrEqualTo(Duration.ofMillis(100)));
        }
    }

    @Test
    void aUseIsRecordedWithItsBorrowerWhoeverGivesItBack() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("jfr-use"))) {
            Connection held = app.dataSource().getConnection();
            TimeUnit.MILLISECONDS.sleep(30);
            inThread("gives-back", held::close).join();
            app.request(() -> TimeUnit.MILLISECONDS.sleep(30)); // no connection
            app.request(
                    () -> {
                        Sql.run(app.connection(), "select 1");
                        TimeUnit.MILLISECONDS.sleep(30);
                    });

            List<RecordedEvent> uses = recorded(USE);
            assertThat(uses).hasSize(2);
            assertThat(uses)
                    .allSatisfy(
                            event -> {
                                assertThat(event.getString("pool")).isEqualTo("test");
                                assertThat(event.<RecordedThread>getValue("borrower").getJavaName())
                                        .isEqualTo(Thread.currentThread().getName());
                                assertThat(event.getDuration())
                                        .isBetween(Duration.ofMillis(30), Duration.ofSeconds(5));
                            });
            assertThat(uses)
                    .extracting(event -> event.getThread().getJavaName())
                    .containsExactlyInAnyOrder("gives-back", Thread.currentThread().getName());
        }
    }

    @Test
    void creationsAreRecordedFailedOnesToo() throws Exception {
        FakeDatabase database =
                new FakeDatabase("jfr-create")
                        .onConnect(properties -> TimeUnit.MILLISECONDS.sleep(20));
        try (var app = TestApplication.start(database.pool())) {
            Connection held = app.dataSource().getConnection();
            database.onConnect(
                    properties -> {
                        throw new SQLException("refused", "08001");
                    });
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .hasMessageContaining("refused");
            held.close();

            List<RecordedEvent> creations = recorded(CREATE);
            assertThat(creations).extracting(event -> event.getBoolean("failed")).contains(true);
            assertThat(creations)
                    .filteredOn(event -> !event.getBoolean("failed"))
                    .singleElement()
                    .satisfies(
                            event -> {
                                assertThat(event.getString("pool")).isEqualTo("test");
                                assertThat(event.getDuration())
                                        .isGreaterThanOrEqualTo(Duration.ofMillis(20));
                            });
        }
        assertThat(recorded(EVICTION)).as("the pool's own end is none").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BORROW, USE, CREATE, EVICTION})
    void everyEventIsInTheDocumentation(String event) throws Exception {
        assertThat(Files.readString(Path.of("../docs/watching.md")))
                .contains("| `" + event + "` |");
    }

    /** As an application's loader on a server does, it has classes of its own. */
    private URLClassLoader recordInOwnLoader() throws Exception {
        URL classes = CabstandExtension.class.getProtectionDomain().getCodeSource().getLocation();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
        Class<?> type = loader.loadClass("org.cabstand.internal.flight.FlightMonitor");
        Object monitor = type.getConstructor(String.class).newInstance("undeployed");
        Object opening = type.getMethod("opening").invoke(monitor);
        loader.loadClass(Timing.class.getName())
                .getMethod("end", boolean.class)
                .invoke(opening, true);
        return loader;
    }

    @Test
    void aRecordingKeepsNoApplicationThatWasUndeployed() throws Exception {
        URLClassLoader loader = recordInOwnLoader();
        WeakReference<ClassLoader> undeployed = new WeakReference<>(loader);
        loader.close();
        loader = null;
        assertThat(recorded(CREATE))
                .extracting(event -> event.getString("pool"))
                .contains("undeployed");
        await().until(
                        () -> {
                            System.gc();
                            return undeployed.get() == null;
                        });
    }
}
