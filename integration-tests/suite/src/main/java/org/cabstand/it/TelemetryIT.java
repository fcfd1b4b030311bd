package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.HoldResource;
import org.cabstand.it.app.SpansResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Guards metrics and spans: where the server has MicroProfile Telemetry, a collector gets them. */
@ArquillianTest
class TelemetryIT {

    private static final Database DATABASE = Database.create("telemetry");
    private static final Collector COLLECTOR = Collector.start();
    private static final String PREFIX = "db.client.connection.";

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("telemetry")
                .with(HoldResource.class, Gate.class, GateResource.class)
                .with(SpansResource.class)
                .pool("traced", "url", DATABASE.url())
                .pool("traced", "username", "postgres")
                .pool("traced", "max-size", "1")
                .pool("traced", "tracing", "true")
                .config("cabstand.default-pool", "orders")
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                .pool("orders", "acquisition-timeout", "60s")
                .config("otel.sdk.disabled", "false")
                .config("otel.service.name", "telemetry")
                .config("otel.traces.exporter", "otlp")
                .config("otel.traces.sampler", "always_on")
                .config("otel.bsp.schedule.delay", "200")
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
        return Collector.value(attributes, PREFIX + "pool.name").equals("orders")
                && Collector.value(attributes, PREFIX + "state").equals(state);
    }

    private static HistogramDataPoint seconds(String name) {
        return COLLECTOR
                .metric("telemetry", PREFIX + name)
                .orElseThrow()
                .getHistogram()
                .getDataPointsList()
                .stream()
                .filter(point -> isOfPool(point.getAttributesList(), ""))
                .findAny()
                .orElseThrow();
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

    /** The spans of one trace, which a request's answer names. */
    private static List<Span> spans(String trace) {
        return COLLECTOR.spans().stream()
                .filter(span -> hex(span.getTraceId()).equals(trace))
                .toList();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static String value(Span span, String attribute) {
        return Collector.value(span.getAttributesList(), attribute);
    }

    private static Optional<Span> statement(List<Span> spans, String text) {
        return spans.stream().filter(span -> value(span, "db.query.text").equals(text)).findAny();
    }

    @Test
    void aStatementIsASpanOfItsRequest() {
        String trace = WarClient.of("telemetry").text("api/spans/traced?sql=select+'hunter2',+42");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            List<Span> spans = spans(trace);
                            assertThat(statement(spans, "select ?, …")).isPresent();
                            assertThat(spans)
                                    .as("the server's own")
                                    .anyMatch(
                                            span ->
                                                    span.getKind()
                                                            == Span.SpanKind.SPAN_KIND_SERVER);
                        });
        List<Span> spans = spans(trace);
        Span statement = statement(spans, "select ?, …").orElseThrow();
        assertThat(spans)
                .as("its parent")
                .anyMatch(span -> span.getSpanId().equals(statement.getParentSpanId()));
        assertThat(statement.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(statement.getName()).isEqualTo("SELECT telemetry");
        assertThat(value(statement, "db.system.name")).isEqualTo("postgresql");
        assertThat(value(statement, "db.namespace")).isEqualTo("telemetry");
        assertThat(value(statement, "db.operation.name")).isEqualTo("SELECT");
        assertThat(value(statement, "server.address")).isNotEmpty();
        assertThat(value(statement, PREFIX + "pool.name")).isEqualTo("traced");
        assertThat(statement.toString()).doesNotContain("hunter2"); // the server's own has the URL
    }

    @Test
    void whatFailsIsAnErrorWithItsState() {
        String trace =
                WarClient.of("telemetry")
                        .text("api/spans/traced?sql=select+'hunter2'+from+nothing");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(statement(spans(trace), "select ? from nothing"))
                                        .hasValueSatisfying(
                                                span -> {
                                                    assertThat(span.getStatus().getCode())
                                                            .isEqualTo(
                                                                    Status.StatusCode
                                                                            .STATUS_CODE_ERROR);
                                                    assertThat(value(span, "error.type"))
                                                            .isEqualTo("42P01");
                                                    assertThat(span.toString())
                                                            .doesNotContain("hunter2");
                                                }));
    }
}
