package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.Timing;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The metrics that OpenTelemetry gets, through its SDK. */
class OpenTelemetryTest {

    private static final Attributes TEST_POOL =
            Attributes.of(AttributeKey.stringKey("db.client.connection.pool.name"), "test");

    /** Outlives the application, as a server's does. Written before it starts. */
    private static OpenTelemetrySdk sdk;

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final CapturedLog log = new CapturedLog();

    @BeforeEach
    void startSdk() {
        sdk =
                OpenTelemetrySdk.builder()
                        .setMeterProvider(
                                SdkMeterProvider.builder().registerMetricReader(reader).build())
                        .build();
    }

    @AfterEach
    void endSdk() {
        sdk.close();
        log.close();
    }

    /** As MicroProfile Telemetry has it. */
    static class Telemetry {

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return sdk;
        }
    }

    static class SwitchedOff {

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return OpenTelemetry.noop();
        }
    }

    static class NoMetrics {

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder().build();
        }
    }

    static class Disposed {

        static final AtomicBoolean DONE = new AtomicBoolean();

        @Produces
        @Dependent
        OpenTelemetry openTelemetry() {
            return sdk;
        }

        void dispose(@Disposes OpenTelemetry openTelemetry) {
            DONE.set(true);
        }
    }

    private Optional<MetricData> metric(String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .filter(
                        metric ->
                                metric.getInstrumentationScopeInfo()
                                        .getName()
                                        .equals("org.cabstand"))
                .findAny();
    }

    private long number(String name) {
        return metric(name).orElseThrow().getLongSumData().getPoints().stream()
                .filter(point -> point.getAttributes().equals(TEST_POOL))
                .mapToLong(LongPointData::getValue)
                .findAny()
                .orElseThrow();
    }

    private long count(String state) {
        Attributes attributes =
                TEST_POOL.toBuilder().put("db.client.connection.state", state).build();
        return metric("db.client.connection.count")
                .orElseThrow()
                .getLongSumData()
                .getPoints()
                .stream()
                .filter(point -> point.getAttributes().equals(attributes))
                .mapToLong(LongPointData::getValue)
                .findAny()
                .orElseThrow();
    }

    private HistogramPointData seconds(String name) {
        MetricData metric = metric(name).orElseThrow();
        assertThat(metric.getUnit()).isEqualTo("s");
        HistogramPointData point =
                metric.getHistogramData().getPoints().stream()
                        .filter(one -> one.getAttributes().equals(TEST_POOL))
                        .findAny()
                        .orElseThrow();
        assertThat(point.getBoundaries()).as("fit for seconds").contains(0.001, 0.1, 10.0);
        return point;
    }

    @Test
    void countsFollowWhatIsHeldAndWhoWaits() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("otel-counts", "min-size", "1", "max-size", "2"),
                        Telemetry.class)) {
            Connection first = app.dataSource().getConnection();
            try (Connection second = app.dataSource().getConnection()) {
                CompletableFuture<Void> waiter =
                        CompletableFuture.runAsync(
                                () -> {
                                    try {
                                        app.dataSource().getConnection().close();
                                    } catch (SQLException e) {
                                        throw new CompletionException(e);
                                    }
                                });
                await().until(() -> app.state().waiting() == 1);
                assertThat(count("used")).isEqualTo(2);
                assertThat(count("idle")).isZero();
                assertThat(number("db.client.connection.pending_requests")).isOne();
                first.close();
                waiter.get(10, TimeUnit.SECONDS);
                assertThat(second.isClosed()).isFalse();
            }
            assertThat(count("used")).isZero();
            assertThat(count("idle")).isEqualTo(2);
            assertThat(number("db.client.connection.pending_requests")).isZero();
            assertThat(number("db.client.connection.max")).isEqualTo(2);
            assertThat(number("db.client.connection.idle.min")).isOne();
        }
    }

    @Test
    void unitsAreThoseOfTheConventions() {
        try (var app = TestApplication.start(TestApplication.h2("otel-units"), Telemetry.class)) {
            assertThat(app.state().active()).isZero();
            assertThat(metric("db.client.connection.count").orElseThrow().getUnit())
                    .isEqualTo("{connection}");
            assertThat(metric("db.client.connection.pending_requests").orElseThrow().getUnit())
                    .isEqualTo("{request}");
        }
    }

    @Test
    void everyMetricIsInTheDocumentation() throws Exception {
        String documentation = Files.readString(Path.of("../docs/watching.md"));
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "otel-all", "max-size", "1", "acquisition-timeout", "500ms"),
                        Telemetry.class)) {
            app.request(
                    () -> {
                        app.connection().setAutoCommit(false);
                        Sql.run(app.connection(), "select 1");
                        assertThatThrownBy(() -> app.dataSource().getConnection())
                                .isInstanceOf(PoolExhaustedException.class);
                    });
            assertThat(reader.collectAllMetrics())
                    .hasSize(9)
                    .allSatisfy(
                            metric ->
                                    assertThat(documentation)
                                            .contains("| `" + metric.getName() + "` |"));
        }
    }

    @Test
    void poolsThatAreNotActiveAreNotMeasured() {
        var settings = TestApplication.h2("otel-active");
        settings.put("cabstand.pool.spare.url", "jdbc:h2:mem:spare");
        settings.put("cabstand.pool.spare.active", "false");
        settings.put("cabstand.default-pool", "test");
        try (var app = TestApplication.start(settings, Telemetry.class)) {
            assertThat(app.state().max()).isEqualTo(10);
            assertThat(
                            metric("db.client.connection.max")
                                    .orElseThrow()
                                    .getLongSumData()
                                    .getPoints())
                    .singleElement()
                    .extracting(LongPointData::getAttributes)
                    .isEqualTo(TEST_POOL);
        }
    }

    @Test
    void timesAreMeasured() throws Exception {
        FakeDatabase database =
                new FakeDatabase("otel-times")
                        .onConnect(properties -> TimeUnit.MILLISECONDS.sleep(300));
        try (var app = TestApplication.start(database.pool(), Telemetry.class)) {
            app.request(
                    () -> {
                        Sql.run(app.connection(), "x");
                        TimeUnit.MILLISECONDS.sleep(30);
                    });
            app.request(() -> Sql.run(app.connection(), "x"));
            app.request(() -> assertThat(app.connection()).isNotNull()); // borrows nothing

            HistogramPointData created = seconds("db.client.connection.create_time");
            assertThat(created.getCount()).isOne();
            assertThat(created.getMin()).isBetween(0.3, 5.0);
            HistogramPointData waited = seconds("db.client.connection.wait_time");
            assertThat(waited.getCount()).isEqualTo(2);
            assertThat(waited.getMax()).as("until it was open").isBetween(0.3, 5.0);
            assertThat(waited.getMin()).as("it was there").isBetween(0.0, 0.3);
            HistogramPointData used = seconds("db.client.connection.use_time");
            assertThat(used.getCount()).isEqualTo(2);
            assertThat(used.getMax()).isBetween(0.03, 5.0);
        }
    }

    @Test
    void whoWaitsInVainIsATimeoutAndNoWaitTime() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "otel-vain", "max-size", "1", "acquisition-timeout", "50ms"),
                        Telemetry.class)) {
            try (Connection held = app.dataSource().getConnection()) {
                assertThat(held.isClosed()).isFalse();
                for (int i = 0; i < 2; i++) {
                    assertThatThrownBy(() -> app.dataSource().getConnection())
                            .isInstanceOf(PoolExhaustedException.class);
                }
            }
            assertThat(number("db.client.connection.timeouts")).isEqualTo(2);
            assertThat(seconds("db.client.connection.wait_time").getCount()).isOne();
        }
    }

    @Test
    void unfinishedWorkIsCounted() throws Exception {
        try (var app =
                TestApplication.start(TestApplication.h2("otel-unfinished"), Telemetry.class)) {
            for (int i = 0; i < 3; i++) {
                app.request(
                        () -> {
                            app.connection().setAutoCommit(false);
                            Sql.run(app.connection(), "select 1");
                        });
            }
            assertThat(number("cabstand.connection.unfinished")).isEqualTo(3);
        }
    }

    @Test
    void aPoolThatWasUndeployedIsInNoMetricAnyMore() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("otel-gone"), Telemetry.class)) {
            app.dataSource().getConnection().close();
            assertThat(count("idle")).isOne();
        }
        assertThat(metric("db.client.connection.count")).isEmpty();
    }

    @Test
    void aBeanOfItsOwnIsDisposedOf() {
        Disposed.DONE.set(false);
        try (var app = TestApplication.start(TestApplication.h2("otel-own"), Disposed.class)) {
            assertThat(app.state().active()).isZero();
            assertThat(number("db.client.connection.max")).isEqualTo(10);
            assertThat(Disposed.DONE).isFalse();
        }
        assertThat(Disposed.DONE).isTrue();
    }

    @Test
    void whereItIsSwitchedOffOrAbsentNothingIsSaid() throws Exception {
        for (Class<?> bean : List.of(SwitchedOff.class, NoMetrics.class)) {
            try (var app = TestApplication.start(TestApplication.h2("otel-off"), bean)) {
                app.dataSource().getConnection().close();
            }
        }
        assertThat(log.at(Level.FINE))
                .filteredOn("OpenTelemetry exports no metrics"::equals)
                .hasSize(2);
        try (var app = TestApplication.start(TestApplication.h2("otel-absent"))) {
            app.dataSource().getConnection().close();
        }
        assertThat(reader.collectAllMetrics()).isEmpty();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void twoBeansAreReportedAndPoolsWorkWithoutMetrics() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("otel-two"), Telemetry.class, SwitchedOff.class)) {
            app.dataSource().getConnection().close();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CAB0212: OpenTelemetry is present but cannot be used")
                    .contains("The pools have no metrics.");
        }
    }

    /** Its clock, as it were, fails; a pool must not. */
    static class Failing implements PoolMonitor {

        private final boolean atOnce;

        Failing(boolean atOnce) {
            this.atOnce = atOnce;
        }

        private Timing fail() {
            if (atOnce) {
                throw new IllegalStateException("no clock");
            }
            return succeeded -> {
                throw new NoClassDefFoundError("Clock");
            };
        }

        @Override
        public Timing borrowing() {
            return fail();
        }

        @Override
        public Timing using() {
            return fail();
        }

        @Override
        public Timing opening() {
            return fail();
        }

        @Override
        public void timedOut() {
            fail();
        }

        @Override
        public void unfinished() {
            fail();
        }

        @Override
        public void evicted(Eviction reason, Duration age) {
            fail();
        }

        @Override
        public String toString() {
            return "a broken clock";
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatFailsToMeasureIsReportedOnceAndNothingIsLost(boolean atOnce) throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("otel-fails-" + atOnce, "max-size", "2"),
                        Telemetry.class)) {
            ConnectionPool pool = app.dataSource().unwrap(ConnectionPool.class);
            pool.add(new Failing(atOnce));
            for (int i = 0; i < 5; i++) {
                app.dataSource().getConnection().close();
            }
            assertThat(app.state().active()).isZero();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CAB0212: a broken clock is present")
                    .contains("It no longer measures the pool.");
            assertThat(seconds("db.client.connection.use_time").getCount())
                    .as("others go on measuring")
                    .isEqualTo(5);
        }
    }
}
