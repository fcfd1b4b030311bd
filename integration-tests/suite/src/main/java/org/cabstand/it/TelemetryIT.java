package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.HoldResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Guards the metrics: where the server has MicroProfile Telemetry, a collector gets them. */
@ArquillianTest
class TelemetryIT {

    private static final Database DATABASE = Database.create("telemetry");
    private static final MetricsCollector COLLECTOR = MetricsCollector.start();
    private static final String PREFIX = "db.client.connection.";

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("telemetry")
                .with(HoldResource.class, Gate.class, GateResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                .pool("orders", "acquisition-timeout", "60s")
                .config("otel.sdk.disabled", "false")
                .config("otel.service.name", "telemetry")
                .config("otel.traces.exporter", "none")
                .config("otel.logs.exporter", "none")
                .config("otel.metrics.exporter", "otlp")
                .config("otel.metric.export.interval", "300")
                .config("otel.exporter.otlp.protocol", "http/protobuf")
                .config("otel.exporter.otlp.endpoint", COLLECTOR.url())
                .build();
    }

    private static long number(String name, String state) {
        List<NumberDataPoint> points =
                COLLECTOR
                        .metric("telemetry", PREFIX + name)
                        .orElseThrow()
                        .getSum()
                        .getDataPointsList();
        return points.stream()
                .filter(point -> isOfPool(point.getAttributesList(), state))
                .findAny()
                .orElseThrow()
                .getAsInt();
    }

    private static boolean isOfPool(List<KeyValue> attributes, String state) {
        return MetricsCollector.value(attributes, PREFIX + "pool.name").equals("orders")
                && MetricsCollector.value(attributes, PREFIX + "state").equals(state);
    }

    private static HistogramDataPoint seconds(String name) {
        return COLLECTOR
                .metric("telemetry", PREFIX + name)
                .orElseThrow()
                .getHistogram()
                .getDataPointsList()
                .get(0);
    }

    @Test
    void aCollectorGetsTheMetricsOfEachPool() {
        WarClient app = WarClient.of("telemetry");
        CompletableFuture<HttpResponse<String>> holder = app.send("api/hold/first");
        await().until(() -> app.text("api/gate/first").equals("true"));
        CompletableFuture<HttpResponse<String>> waiter = app.send("api/hold/second");
        try {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> {
                                assertThat(number("count", "used")).isOne();
                                assertThat(number("count", "idle")).isZero();
                                assertThat(number("pending_requests", "")).isOne();
                            });
            assertThat(number("max", "")).isOne();
            assertThat(number("idle.min", "")).isZero();
        } finally {
            app.get("api/gate/first/open");
            app.get("api/gate/second/open");
        }
        assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
        assertThat(waiter).succeedsWithin(Duration.ofSeconds(20));
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .untilAsserted(
                        () -> {
                            assertThat(number("count", "idle")).isOne();
                            assertThat(seconds("create_time").getCount()).isOne();
                            assertThat(seconds("wait_time").getCount()).isEqualTo(2);
                            assertThat(seconds("use_time").getCount()).isEqualTo(2);
                        });
    }
}
