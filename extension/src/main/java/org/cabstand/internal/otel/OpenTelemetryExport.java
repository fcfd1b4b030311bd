package org.cabstand.internal.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.TracerProvider;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.monitor.Export;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.pool.ConnectionPool;
import org.jspecify.annotations.Nullable;

/**
 * Exports an application's pools to its {@link OpenTelemetry} bean, from MicroProfile Telemetry or its own.
 *
 * <p>{@code GlobalOpenTelemetry} is not used: calling it before somebody has set it would fix it to a no-op.
 *
 * <p>Thread safety: created and closed by one thread each.
 */
public final class OpenTelemetryExport implements Export {

    static final String SCOPE = "org.cabstand";

    static final AttributeKey<String> POOL =
            AttributeKey.stringKey("db.client.connection.pool.name");

    private final Instance.@Nullable Handle<OpenTelemetry> bean;
    private final @Nullable OpenTelemetryMetrics metrics;
    private final Map<ConnectionPool, PoolMonitor> traces = new LinkedHashMap<>();

    private OpenTelemetryExport(
            Instance.@Nullable Handle<OpenTelemetry> bean, @Nullable OpenTelemetryMetrics metrics) {
        this.bean = bean;
        this.metrics = metrics;
    }

    /**
     * Begins the export.
     *
     * @param beanManager the application's
     * @param pools all of its pools
     * @return closed together with the pools
     */
    public static Export of(BeanManager beanManager, Collection<ConnectionPool> pools) {
        List<ConnectionPool> active = new ArrayList<>(pools);
        active.removeIf(pool -> !pool.settings().active());
        Instance<OpenTelemetry> beans = beanManager.createInstance().select(OpenTelemetry.class);
        OpenTelemetryExport export;
        if (beans.isUnsatisfied()) {
            Log.debug("no bean of type OpenTelemetry: no metrics");
            export = new OpenTelemetryExport(null, null);
        } else {
            Instance.Handle<OpenTelemetry> bean = beans.getHandle();
            export = new OpenTelemetryExport(bean, OpenTelemetryMetrics.of(bean.get(), active));
        }
        active.forEach(export::trace);
        return export;
    }

    private void trace(ConnectionPool pool) {
        StatementTraces traced = null;
        if (pool.settings().watching().tracing()) {
            traced = spans(pool);
        }
        if (traced == null && pool.settings().watching().slowSql() != null) {
            traced = new StatementTraces(pool, null); // only to tell the trace
        }
        if (traced != null) {
            traces.put(pool, traced);
            pool.add(traced);
        }
    }

    private @Nullable StatementTraces spans(ConnectionPool pool) {
        String key = pool.settings().keyOf(Key.TRACING);
        if (JavaAgent.tracesStatements()) {
            Log.log(Level.INFO, Message.TRACED_BY_AGENT.format(key));
            return null;
        }
        if (bean == null) {
            Log.log(
                    Level.WARNING,
                    Message.TRACING_IN_VAIN.format(
                            key, "the application has no bean of type OpenTelemetry"));
            return null;
        }
        if (bean.get().getTracerProvider() == TracerProvider.noop()) {
            Log.log(
                    Level.WARNING,
                    Message.TRACING_IN_VAIN.format(key, "it is switched off, or has no SDK"));
            return null;
        }
        return new StatementTraces(pool, bean.get().getTracer(SCOPE));
    }

    @Override
    public void close() {
        for (Map.Entry<ConnectionPool, PoolMonitor> each : traces.entrySet()) {
            each.getKey().remove(each.getValue());
        }
        if (metrics != null) {
            metrics.close();
        }
        if (bean != null && bean.getBean().getScope() == Dependent.class) {
            bean.destroy();
        }
    }
}
