package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code tracing} each statement is a span of what its thread does. */
class StatementSpansTest {

    /** Outlives the application, as a server's does. Written before it starts. */
    private static OpenTelemetrySdk sdk;

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final CapturedLog log = new CapturedLog();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void startSdk() {
        sdk =
                OpenTelemetrySdk.builder()
                        .setTracerProvider(
                                SdkTracerProvider.builder()
                                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                                        .build())
                        .build();
    }

    @AfterEach
    void endSdk() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
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

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Span request() {
        return sdk.getTracer("server").spanBuilder("GET /orders").startSpan();
    }

    @ParameterizedTest
    @EnumSource
    void eachStatementIsAChildOfTheRequestWithTheStableAttributes(TestDatabase database)
            throws Exception {
        try (var app = TestApplication.start(database.pool("tracing", "true"), Telemetry.class)) {
            Span request = request();
            try (Scope current = request.makeCurrent()) {
                app.request(
                        () -> {
                            assertThat(current).isNotNull();
                            assertThat(Sql.one(app.connection(), "select 'hunter2'"))
                                    .isEqualTo("hunter2");
                        });
            } finally {
                request.end();
            }
            List<SpanData> statements =
                    exporter.getFinishedSpanItems().stream()
                            .filter(span -> span.getKind() == SpanKind.CLIENT)
                            .toList();
            assertThat(statements).as("nothing of the pool's own").hasSize(1);
            SpanData span = statements.get(0);
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
            assertThat(span.getName()).startsWith("SELECT ");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(attribute(span, "db.query.text")).isEqualTo("select ?");
            assertThat(attribute(span, "db.operation.name")).isEqualTo("SELECT");
            assertThat(attribute(span, "db.client.connection.pool.name")).isEqualTo("test");
            assertThat(attribute(span, "db.system.name"))
                    .isEqualTo(
                            switch (database) {
                                case H2 -> "h2database";
                                case POSTGRESQL -> "postgresql";
                                case MARIADB -> "mariadb";
                                case MYSQL -> "mysql";
                                case SQLITE -> "sqlite";
                            });
            Attributes attributes = span.getAttributes();
            if (database == TestDatabase.MARIADB || database == TestDatabase.MYSQL) {
                assertThat(attribute(span, "server.address")).isEqualTo("127.0.0.1");
                assertThat(attributes.get(AttributeKey.longKey("server.port")))
                        .isEqualTo(database.port());
                assertThat(attribute(span, "db.namespace")).isEqualTo("contract");
            } else if (database == TestDatabase.POSTGRESQL) {
                assertThat(attribute(span, "server.address")).isEqualTo("localhost");
                assertThat(attribute(span, "db.namespace")).isEqualTo("postgres");
                assertThat(span.getName()).isEqualTo("SELECT postgres");
            } else {
                assertThat(attribute(span, "server.address")).isNull();
            }
        }
    }

    @Test
    void whatFailsIsAnErrorWithoutItsMessage() throws Exception {
        try (var app =
                        TestApplication.start(
                                TestApplication.h2("spans-fail", "tracing", "true"),
                                Telemetry.class);
                Connection connection = app.dataSource().getConnection()) {
            assertThatThrownBy(() -> Sql.run(connection, "select 'hunter2' from nothing"))
                    .isInstanceOf(SQLException.class);
            SpanData span = spans("SELECT test").get(0);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(attribute(span, "error.type")).isEqualTo("42104");
            assertThat(attribute(span, "db.response.status_code")).isEqualTo("42104");
            assertThat(span.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void aBatchIsOneSpanAndRowsThatAreReadAreNone() throws Exception {
        try (var app =
                        TestApplication.start(
                                TestApplication.h2("spans-batch", "tracing", "true"),
                                Telemetry.class);
                Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "create table ride (id int)");
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into ride values (?)")) {
                for (int i = 0; i < 3; i++) {
                    insert.setInt(1, i);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(3);
            }
            assertThat(Sql.one(connection, "select count(*) from ride")).isEqualTo("3");
            assertThat(spans("INSERT test")).hasSize(1);
            assertThat(spans("SELECT test")).hasSize(1);
        }
    }

    @Test
    void aWaitIsASpanOfTheRequestAndNoWaitIsNone() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("spans-wait", "tracing", "true", "max-size", "1"),
                        Telemetry.class)) {
            app.dataSource().getConnection().close();
            Span request = request();
            Connection held = app.dataSource().getConnection();
            Future<?> waiter =
                    threads.submit(
                            () -> {
                                try (Scope current = request.makeCurrent()) {
                                    assertThat(current).isNotNull();
                                    app.dataSource().getConnection().close();
                                    app.dataSource().getConnection().close();
                                }
                                return null;
                            });
            await().until(() -> app.state().waiting() == 1);
            TimeUnit.MILLISECONDS.sleep(20); // it is this wait that is a span
            held.close();
            waiter.get(10, TimeUnit.SECONDS);
            request.end();
            SpanData span =
                    spans("connection.acquire").stream()
                            .max((a, b) -> Long.compare(nanos(a), nanos(b)))
                            .orElseThrow();
            assertThat(nanos(span)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(15));
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanContext().getSpanId());
            assertThat(attribute(span, "db.client.connection.pool.name")).isEqualTo("test");
        }
    }

    private static long nanos(SpanData span) {
        return span.getEndEpochNanos() - span.getStartEpochNanos();
    }

    @Test
    void offIsTheDefault() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("spans-off"), Telemetry.class);
                Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "select 1");
            assertThat(exporter.getFinishedSpanItems()).isEmpty();
        }
    }

    @Test
    void whereNobodyTakesSpansThatIsSaid() throws Exception {
        try (var app =
                TestApplication.start(TestApplication.h2("spans-nobody", "tracing", "true"))) {
            app.dataSource().getConnection().close();
        }
        try (var app =
                TestApplication.start(
                        TestApplication.h2("spans-nobody", "tracing", "true"), SwitchedOff.class)) {
            app.dataSource().getConnection().close();
        }
        assertThat(log.warnings())
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .startsWith("CAB0267: 'cabstand.pool.test.tracing'")
                                        .contains("no bean of type OpenTelemetry"),
                        second -> assertThat(second).contains("it is switched off"));
    }

    @Test
    void aSlowStatementNamesItsTrace() throws Exception {
        FakeDatabase database =
                new FakeDatabase("spans-slow")
                        .on(
                                "execute",
                                (session, args) -> {
                                    TimeUnit.MILLISECONDS.sleep(30);
                                    return null;
                                });
        try (var app = TestApplication.start(database.pool("slow-sql", "20ms"), Telemetry.class);
                Connection connection = app.dataSource().getConnection()) {
            Span request = request();
            try (Scope current = request.makeCurrent()) {
                assertThat(current).isNotNull();
                Sql.run(connection, "slow");
            }
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains(", trace " + request.getSpanContext().getTraceId() + ";");
            assertThat(exporter.getFinishedSpanItems()).as("no tracing").isEmpty();
        }
    }
}
