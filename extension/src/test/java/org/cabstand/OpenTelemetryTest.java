package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The metrics that OpenTelemetry gets, through its SDK. */
class OpenTelemetryTest extends OpenTelemetryFixture {

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
}
