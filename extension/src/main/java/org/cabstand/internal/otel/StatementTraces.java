package org.cabstand.internal.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.database.Database;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.monitor.StatementRun;
import org.cabstand.internal.monitor.StatementWatch;
import org.cabstand.internal.monitor.Timing;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span for each statement of a pool, by OpenTelemetry's stable conventions for database clients, and one for
 * each wait for a connection. Both are children of the thread's current span.
 *
 * <p>Spans do not contain messages of errors, which may contain values.
 *
 * <p>Thread safety: safe for concurrent use.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">Semantic conventions</a>
 */
final class StatementTraces implements PoolMonitor, StatementWatch {

    /** The name of a wait's span. */
    private static final long WORTH_TELLING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> STATUS =
            AttributeKey.stringKey("db.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    /**
     * {@code jdbc:postgresql://host:port/database?…}. Does not match several hosts, because none of them could be
     * named.
     */
    private static final Pattern SERVER =
            Pattern.compile("jdbc:[^/?;]*//(\\[[^\\]]*\\]|[^/:?;,]+)(?::(\\d+))?(?=[/?;]|$)");

    private static final Pattern DATABASE = Pattern.compile("jdbc:[^/?;]*//[^/?;]+/([^?;:/]+).*");

    private static final Pattern FIRST_WORD =
            Pattern.compile("[\\s({]*(\\p{Alpha}+)\\b.*", Pattern.DOTALL);

    private final @Nullable Tracer tracer;
    private final Database database;
    private final Attributes pool;
    private final Attributes attributes;
    private final String target;

    /**
     * A tracer for a pool.
     *
     * @param tracer null when only traces of threads are asked for
     */
    StatementTraces(ConnectionPool pool, @Nullable Tracer tracer) {
        this.tracer = tracer;
        PoolSettings settings = pool.settings();
        database = Database.of(settings.url());
        this.pool = Attributes.of(OpenTelemetryExport.POOL, settings.name());
        AttributesBuilder all = this.pool.toBuilder().put(SYSTEM, database.systemName());
        Matcher server = SERVER.matcher(settings.url());
        if (server.lookingAt()) {
            all.put(ADDRESS, server.group(1));
            if (server.group(2) != null) {
                all.put(PORT, Long.parseLong(server.group(2)));
            }
        }
        Matcher namespace = DATABASE.matcher(settings.url());
        if (namespace.matches()) {
            all.put(NAMESPACE, namespace.group(1));
        }
        attributes = all.build();
        target = namespace.matches() ? namespace.group(1) : settings.name();
    }

    // statements

    @Override
    public @Nullable StatementRun begin(String sql, long waitedNanos) {
        if (tracer == null) {
            return null;
        }
        Matcher word = FIRST_WORD.matcher(sql.substring(0, Math.min(sql.length(), 100)));
        String operation = word.matches() ? word.group(1).toUpperCase(Locale.ROOT) : "";
        Span span =
                tracer.spanBuilder(operation.isEmpty() ? target : operation + " " + target)
                        .setSpanKind(SpanKind.CLIENT)
                        .setAllAttributes(attributes)
                        .startSpan();
        if (span.isRecording()) {
            span.setAttribute(TEXT, database.masked(sql));
            if (!operation.isEmpty()) {
                span.setAttribute(OPERATION, operation);
            }
        }
        return new Run(span);
    }

    /**
     * It ends when the driver has returned from the execution, because reading the rows takes the application's time.
     */
    private static final class Run implements StatementRun {

        private final Span span;
        private boolean ended;

        Run(Span span) {
            this.span = span;
        }

        @Override
        public void resumed() {
            // rows are not traced
        }

        @Override
        public void returned(long rows, @Nullable Throwable error) {
            if (ended) {
                return;
            }
            ended = true;
            if (error != null) {
                failed(error);
            }
            span.end();
        }

        private void failed(Throwable error) {
            span.setStatus(StatusCode.ERROR);
            String type = error.getClass().getName();
            if (error instanceof SQLException reported) {
                String code =
                        reported.getErrorCode() == 0
                                ? reported.getSQLState()
                                : Integer.toString(reported.getErrorCode());
                if (code != null) {
                    span.setAttribute(STATUS, code);
                    type = code;
                }
            }
            span.setAttribute(ERROR, type);
        }

        @Override
        public void finished() {
            // the span has ended
        }
    }

    @Override
    public @Nullable String traceId() {
        SpanContext context = Span.current().getSpanContext();
        return context.isValid() ? context.getTraceId() : null;
    }

    // waits

    @Override
    public Timing borrowing() {
        if (tracer == null) {
            return Timing.NONE;
        }
        Tracer of = tracer;
        long begun = System.nanoTime();
        return succeeded -> {
            long waited = System.nanoTime() - begun;
            if (waited >= WORTH_TELLING_NANOS && Span.current().getSpanContext().isValid()) {
                waited(of, Duration.ofNanos(waited), succeeded);
            }
        };
    }

    private void waited(Tracer of, Duration time, boolean succeeded) {
        Span span =
                of.spanBuilder("connection.acquire")
                        .setAllAttributes(pool)
                        .setStartTimestamp(Instant.now().minus(time))
                        .startSpan();
        if (!succeeded) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    @Override
    public Timing using() {
        return Timing.NONE;
    }

    @Override
    public Timing opening() {
        return Timing.NONE;
    }

    @Override
    public void timedOut() {
        // the span of the wait has failed
    }

    @Override
    public void unfinished() {
        // the log says who it was
    }

    @Override
    public void evicted(Eviction reason, Duration age) {
        // belongs to no request
    }

    @Override
    public String toString() {
        return "OpenTelemetry";
    }
}
