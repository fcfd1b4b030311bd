package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

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
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An SDK of OpenTelemetry that keeps the metrics of a pool {@code test}. */
abstract class OpenTelemetryFixture {

    static final Attributes TEST_POOL =
            Attributes.of(AttributeKey.stringKey("db.client.connection.pool.name"), "test");

    /** Outlives the application, as a server's does. Written before it starts. */
    static OpenTelemetrySdk sdk;

    final InMemoryMetricReader reader = InMemoryMetricReader.create();
    final CapturedLog log = new CapturedLog();

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

    Optional<MetricData> metric(String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .filter(
                        metric ->
                                metric.getInstrumentationScopeInfo()
                                        .getName()
                                        .equals("org.cabstand"))
                .findAny();
    }

    long number(String name) {
        return metric(name).orElseThrow().getLongSumData().getPoints().stream()
                .filter(point -> point.getAttributes().equals(TEST_POOL))
                .mapToLong(LongPointData::getValue)
                .findAny()
                .orElseThrow();
    }

    HistogramPointData seconds(String name) {
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
}
