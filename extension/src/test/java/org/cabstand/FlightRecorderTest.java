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
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Timing;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection events in a recording of JDK Flight Recorder. */
class FlightRecorderTest {

    private static final String BORROW = "cabstand.ConnectionBorrow";
    private static final String USE = "cabstand.ConnectionUse";
    private static final String CREATE = "cabstand.ConnectionCreate";
    private static final String EVICTION = "cabstand.ConnectionEviction";

    private final Recording recording = new Recording();

    @TempDir private Path directory;

    @BeforeEach
    void startRecording() {
        recording.start();
    }

    @AfterEach
    void endRecording() {
        recording.close();
    }

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

    private List<RecordedEvent> recorded(String name) throws Exception {
        Path file = directory.resolve(name + ".jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
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

    @ParameterizedTest
    @EnumSource
    void everyReasonIsInTheDocumentation(Eviction reason) throws Exception {
        assertThat(Files.readString(Path.of("../docs/watching.md"))).contains("`" + reason + "`");
    }

    private void assertEvicted(String reason) throws Exception {
        assertThat(recorded(EVICTION))
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.getString("pool")).isEqualTo("test");
                            assertThat(event.getString("reason")).isEqualTo(reason);
                            assertThat(event.getDuration("age"))
                                    .isBetween(Duration.ofNanos(1), Duration.ofSeconds(30));
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fatal error", "validation failed", "return failed", "aborted"})
    void anEvictionTellsItsReason(String reason) throws Exception {
        FakeDatabase database = new FakeDatabase("jfr-" + reason.replace(' ', '-'));
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "1", "validate-after-idle", "0s"))) {
            Connection connection = app.dataSource().getConnection();
            switch (reason) {
                case "fatal error" -> {
                    database.on("execute", FlightRecorderTest::breaks);
                    assertThatThrownBy(() -> Sql.run(connection, "x")).hasMessage("broken");
                    connection.close();
                }
                case "validation failed" -> {
                    Sql.run(connection, "x");
                    connection.close();
                    database.on("isValid", (session, args) -> false);
                    app.dataSource().getConnection().close(); // a new one
                }
                case "return failed" -> {
                    connection.setAutoCommit(false);
                    database.on("rollback", FlightRecorderTest::fails);
                    connection.close();
                }
                default -> connection.abort(Runnable::run);
            }
            await().until(() -> database.logins().size() - database.sessions() == 1);
            assertEvicted(reason);
        }
    }

    private static Object breaks(FakeDatabase.Session session, Object[] args) throws SQLException {
        throw new SQLException("broken", "08006");
    }

    private static Object fails(FakeDatabase.Session session, Object[] args) throws SQLException {
        throw new SQLException("cannot", "HY000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-lifetime", "idle-timeout"})
    void whatIsReplacedInTimeIsAnEvictionToo(String key) throws Exception {
        FakeDatabase database = new FakeDatabase("jfr-" + key);
        try (var app = TestApplication.start(database.pool(key, "1s"))) {
            Connection connection = app.dataSource().getConnection();
            Sql.run(connection, "x");
            connection.close();
            await().until(() -> database.sessions() == 0);
            assertEvicted(key);
        }
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

    @Test
    void whatIsTooManyIsEvictedWhenTheLimitIsLowered() throws Exception {
        FakeDatabase database = new FakeDatabase("jfr-resize");
        try (var app = TestApplication.start(database.pool("max-size", "2"))) {
            try (Connection first = app.dataSource().getConnection();
                    Connection second = app.dataSource().getConnection()) {
                assertThat(first).isNotSameAs(second);
            }
            app.set("cabstand.pool.test.max-size", "1");
            app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
            await().until(() -> database.sessions() == 1);
            assertEvicted("max-size lowered");
        }
    }
}
