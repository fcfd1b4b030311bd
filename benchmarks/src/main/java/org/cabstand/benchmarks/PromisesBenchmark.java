package org.cabstand.benchmarks;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.cache.ConnectionCache;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricExporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import jdk.jfr.Recording;
import org.cabstand.benchmarks.stub.StubDriver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The cost of each promise that a setting can switch off, compared with Agroal alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PromisesBenchmark {

    private static final int SIZE = 8;

    /** The settings that are switched. */
    public enum Switched {
        AGROAL("Agroal, no cache", null),
        AGROAL_IDLE_TIMEOUT("Agroal, no cache, idle timeout", null),
        AGROAL_METRICS("Agroal, no cache, metrics", null),
        AS_IT_COMES("Cabstand as it comes", Map.of()),
        NO_VALIDATION("without validate-after-idle", Map.of("validate-after-idle", "off")),
        NO_IDLE_TIMEOUT("without idle-timeout", Map.of("idle-timeout", "off")),
        NO_TRANSACTIONS("without transactions", Map.of("transactions", "off")),
        NO_SLOW_ACQUIRE("without slow-acquire", Map.of("slow-acquire", "off")),
        NO_JMX("without JMX", Map.of("jmx", "false")),
        SLOW_SQL("with slow-sql", Map.of("slow-sql", "1s")),
        SECOND_CONNECTIONS("with multiple-acquisition", Map.of("multiple-acquisition", "warn")),
        LEAKS("with leak-timeout", Map.of("leak-timeout", "1m")),
        LIMITED_LINE("with max-waiting", Map.of("max-waiting", "100")),
        NO_AUTO_COMMIT(
                "without auto-commit: rolled back each time", Map.of("auto-commit", "false")),
        RECORDED("recorded by Flight Recorder", Map.of()),
        OPEN_TELEMETRY("with metrics for OpenTelemetry", Map.of());

        final String label;

        /** Null for Agroal alone. */
        final Map<String, String> settings;

        Switched(String label, Map<String, String> settings) {
            this.label = label;
            this.settings = settings;
        }
    }

    @Param public Switched switched;

    private Peer.Pool pool;
    private DataSource dataSource;
    private final Recording recording = new Recording();

    /** The OpenTelemetry SDK, with a reader that collects all metrics periodically. */
    static class Telemetry {

        private static final InMemoryMetricExporter EXPORTER = InMemoryMetricExporter.create();

        @Produces
        @ApplicationScoped
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(
                            SdkMeterProvider.builder()
                                    .registerMetricReader(
                                            PeriodicMetricReader.builder(EXPORTER)
                                                    .setInterval(Duration.ofMillis(500))
                                                    .build())
                                    .build())
                    .build();
        }

        void end(@Disposes OpenTelemetry openTelemetry) {
            ((OpenTelemetrySdk) openTelemetry).close();
        }
    }

    @Setup
    public void open() throws SQLException {
        pool =
                switched.settings == null
                        ? agroal()
                        : Peer.cabstand(
                                StubDriver.URL,
                                SIZE,
                                switched.settings,
                                switched == Switched.OPEN_TELEMETRY
                                        ? new Class<?>[] {Telemetry.class}
                                        : new Class<?>[0]);
        dataSource = pool.dataSource();
        Peer.fill(dataSource, SIZE);
        if (switched == Switched.RECORDED) {
            recording.start();
        }
    }

    private Peer.Pool agroal() throws SQLException {
        var configuration = Peer.configuration(StubDriver.URL, SIZE, ConnectionCache.none());
        configuration.metricsEnabled(switched == Switched.AGROAL_METRICS);
        if (switched == Switched.AGROAL_IDLE_TIMEOUT) {
            configuration.connectionPoolConfiguration(
                    pool -> pool.reapTimeout(Duration.ofMinutes(10)));
        }
        AgroalDataSource agroal = AgroalDataSource.from(configuration);
        return new Peer.Pool(agroal, agroal::close);
    }

    @TearDown
    public void close() {
        recording.close();
        boolean exported = !Telemetry.EXPORTER.getFinishedMetricItems().isEmpty();
        pool.close();
        if (exported != (switched == Switched.OPEN_TELEMETRY)) {
            throw new IllegalStateException("metrics exported: " + exported);
        }
    }

    @Benchmark
    public Connection borrowAndReturn() throws SQLException {
        Connection connection = dataSource.getConnection();
        connection.close();
        return connection;
    }
}
