package org.cabstand.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/**
 * An OpenTelemetry collector: receives metrics and spans by OTLP over HTTP, and keeps the newest of each metric, and
 * every span.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Collector {

    private final HttpServer server;
    private final Map<String, Metric> newest = new ConcurrentHashMap<>();
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    /** It ends with the JVM. */
    static Collector start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Collector collector = new Collector(server);
            server.createContext("/v1/metrics", collector::take);
            server.createContext("/v1/traces", collector::takeSpans);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = body(exchange)) {
            for (ResourceMetrics resource :
                    ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
                String service = value(resource.getResource().getAttributesList(), "service.name");
                for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                    scope.getMetricsList()
                            .forEach(metric -> newest.put(key(service, metric.getName()), metric));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void takeSpans(HttpExchange exchange) throws IOException {
        try (exchange;
                InputStream body = body(exchange)) {
            for (ResourceSpans resource :
                    ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        InputStream body = exchange.getRequestBody();
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(body) : body;
    }

    private static String key(String service, String metric) {
        return service + " " + metric;
    }

    /** All that have come. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The latest value. */
    Optional<Metric> metric(String service, String name) {
        return Optional.ofNullable(newest.get(key(service, name)));
    }

    /** The value of an attribute; empty when it is not there. */
    static String value(List<KeyValue> attributes, String key) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findAny()
                .orElse("");
    }
}
