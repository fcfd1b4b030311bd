package org.cabstand.internal.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cabstand.PoolCounts;
import org.cabstand.internal.Log;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.Timing;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * The pools' metrics, named by OpenTelemetry's semantic conventions for database client metrics, and
 * {@code cabstand.connection.unfinished}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class OpenTelemetryMetrics {

    private static final AttributeKey<String> POOL = OpenTelemetryExport.POOL;
    private static final AttributeKey<String> STATE =
            AttributeKey.stringKey("db.client.connection.state");

    /** Bounds in seconds. The defaults are meant for milliseconds. */
    private static final List<Double> BUCKETS =
            List.of(0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

    private static final String CONNECTIONS = "{connection}";

    private final LongCounter timeouts;
    private final LongCounter unfinished;
    private final DoubleHistogram createTime;
    private final DoubleHistogram waitTime;
    private final DoubleHistogram useTime;

    private final ObservableLongMeasurement count;
    private final ObservableLongMeasurement max;
    private final ObservableLongMeasurement minIdle;
    private final ObservableLongMeasurement pending;

    /** Not changed after observation has begun. */
    private final Map<ConnectionPool, PoolMonitor> monitors = new LinkedHashMap<>();

    private final BatchCallback callback;

    private OpenTelemetryMetrics(Meter meter, Collection<ConnectionPool> pools) {
        timeouts =
                meter.counterBuilder("db.client.connection.timeouts")
                        .setUnit("{timeout}")
                        .setDescription("Requests for a connection that timed out")
                        .build();
        unfinished =
                meter.counterBuilder("cabstand.connection.unfinished")
                        .setUnit(CONNECTIONS)
                        .setDescription("Connections returned with work that was rolled back")
                        .build();
        createTime = seconds(meter, "create_time", "The time it took to create a new connection");
        waitTime =
                seconds(
                        meter,
                        "wait_time",
                        "The time it took to obtain an open connection from the pool");
        useTime =
                seconds(
                        meter,
                        "use_time",
                        "The time between borrowing a connection and returning it to the pool");
        count =
                level(
                        meter,
                        "count",
                        CONNECTIONS,
                        "Connections in the state that the attribute says");
        max = level(meter, "max", CONNECTIONS, "The maximum number of open connections allowed");
        minIdle =
                level(
                        meter,
                        "idle.min",
                        CONNECTIONS,
                        "The minimum number of idle open connections allowed");
        pending =
                level(
                        meter,
                        "pending_requests",
                        "{request}",
                        "Requests that wait for an open connection");
        for (ConnectionPool pool : pools) {
            if (pool.settings().active()) {
                monitors.put(pool, new Monitor(Attributes.of(POOL, pool.name())));
            }
        }
        callback = meter.batchCallback(this::observe, count, max, minIdle, pending);
        monitors.forEach(ConnectionPool::add);
    }

    /**
     * Begins the export of metrics.
     *
     * @param openTelemetry the application's
     * @param pools all of its pools
     * @return null when nobody collects metrics
     */
    static @Nullable OpenTelemetryMetrics of(
            OpenTelemetry openTelemetry, Collection<ConnectionPool> pools) {
        Meter meter = openTelemetry.getMeter(OpenTelemetryExport.SCOPE);
        if (meter == MeterProvider.noop().get(OpenTelemetryExport.SCOPE)) {
            // the API alone, or an SDK that is switched off or exports no metrics
            Log.debug("OpenTelemetry exports no metrics");
            return null;
        }
        return new OpenTelemetryMetrics(meter, pools);
    }

    private static DoubleHistogram seconds(Meter meter, String name, String description) {
        DoubleHistogramBuilder builder =
                meter.histogramBuilder("db.client.connection." + name)
                        .setUnit("s")
                        .setDescription(description);
        try {
            builder.setExplicitBucketBoundariesAdvice(BUCKETS);
        } catch (NoSuchMethodError e) {
            // OpenTelemetry before 1.32 (Payara 6): a view can set them
        }
        return builder.build();
    }

    private static ObservableLongMeasurement level(
            Meter meter, String name, String unit, String description) {
        return meter.upDownCounterBuilder("db.client.connection." + name)
                .setUnit(unit)
                .setDescription(description)
                .buildObserver();
    }

    private void observe() {
        for (ConnectionPool pool : monitors.keySet()) {
            Attributes name = Attributes.of(POOL, pool.name());
            PoolCounts state = pool.counts();
            count.record(state.idle(), Attributes.of(POOL, pool.name(), STATE, "idle"));
            count.record(state.active(), Attributes.of(POOL, pool.name(), STATE, "used"));
            max.record(state.max(), name);
            minIdle.record(pool.limits().minSize(), name);
            pending.record(state.waiting(), name);
        }
    }

    void close() {
        callback.close();
        monitors.forEach(ConnectionPool::remove);
    }

    /** The monitor of one pool. */
    private final class Monitor implements PoolMonitor {

        private final Attributes name;

        Monitor(Attributes name) {
            this.name = name;
        }

        @Override
        public Timing borrowing() {
            return timed(waitTime);
        }

        @Override
        public Timing using() {
            return timed(useTime);
        }

        @Override
        public Timing opening() {
            return timed(createTime);
        }

        private Timing timed(DoubleHistogram histogram) {
            long begun = System.nanoTime();
            return succeeded -> {
                if (succeeded) {
                    histogram.record((System.nanoTime() - begun) / 1e9, name);
                }
            };
        }

        @Override
        public void timedOut() {
            timeouts.add(1, name);
        }

        @Override
        public void unfinished() {
            unfinished.add(1, name);
        }

        @Override
        public void evicted(Eviction reason, Duration age) {
            // Flight Recorder records it
        }

        @Override
        public String toString() {
            return "OpenTelemetry";
        }
    }
}
