package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.Timing;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where metrics go to: an application's OpenTelemetry, which may be its own, switched off, absent,
 * twice there or broken.
 */
class OpenTelemetryBeanTest extends OpenTelemetryFixture {

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
