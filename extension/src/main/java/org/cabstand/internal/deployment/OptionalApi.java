package org.cabstand.internal.deployment;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.monitor.MetricsExport;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.pool.NamedPool;
import org.cabstand.internal.request.RequestPayload;
import org.cabstand.internal.transaction.TransactionContext;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Asks for APIs that a server may not have; no class that is always loaded mentions their types.
 *
 * <p>Thread safety: stateless.
 */
public final class OptionalApi {

    private static final String SERVLET_API = "jakarta.servlet.ServletRequest";
    private static final String SERVLET_PAYLOAD = "org.cabstand.internal.servlet.ServletPayload";

    private static final String TRANSACTION_API = "jakarta.transaction.TransactionManager";
    private static final String JTA_CONTEXT = "org.cabstand.internal.jta.JtaContext";

    private static final String FLIGHT_RECORDER = "jdk.jfr.Event";
    private static final String FLIGHT_MONITOR = "org.cabstand.internal.flight.FlightMonitor";

    private static final String OPEN_TELEMETRY = "io.opentelemetry.api.OpenTelemetry";
    private static final String OPEN_TELEMETRY_METRICS =
            "org.cabstand.internal.otel.OpenTelemetryMetrics";

    /** MicroProfile Telemetry's key. */
    private static final String TELEMETRY_DISABLED = "otel.sdk.disabled";

    private OptionalApi() {}

    /**
     * Whether this application can use a type.
     *
     * @param type a fully qualified name
     * @return false when it is not there
     */
    public static boolean isPresent(String type) {
        try {
            Class.forName(type, false, OptionalApi.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // that is the question's answer
        } catch (LinkageError e) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(type, e, "It is treated as absent."));
            return false;
        }
    }

    /**
     * What understands the payload of request events.
     *
     * @return servlet requests where there are servlets
     */
    public static RequestPayload requestPayload() {
        return load(
                SERVLET_API,
                "the servlet API",
                "Connections of asynchronous requests are returned when the thread leaves,"
                        + " but cannot be used after a dispatch.",
                RequestPayload.NONE,
                () -> (RequestPayload) own(SERVLET_PAYLOAD).getDeclaredConstructor().newInstance());
    }

    /**
     * What knows the JTA transactions of threads.
     *
     * @param beanManager the application's
     * @return {@link TransactionContext#NONE} where the API is not there
     */
    public static TransactionContext transactions(BeanManager beanManager) {
        return load(
                TRANSACTION_API,
                "the JTA API",
                "Connections take part in no transaction.",
                TransactionContext.NONE,
                () ->
                        (TransactionContext)
                                own(JTA_CONTEXT)
                                        .getDeclaredConstructor(BeanManager.class)
                                        .newInstance(beanManager));
    }

    /**
     * Has what happens in a pool recorded by Flight Recorder, when that records.
     *
     * @param pool one that nobody uses so far
     */
    public static void recordFlight(NamedPool pool) {
        load(
                FLIGHT_RECORDER,
                "Flight Recorder",
                "Recordings contain no connection events.",
                null,
                () -> {
                    pool.add(
                            (PoolMonitor)
                                    own(FLIGHT_MONITOR)
                                            .getDeclaredConstructor(String.class)
                                            .newInstance(pool.name()));
                    return null;
                });
    }

    /**
     * Exports metrics of pools to OpenTelemetry.
     *
     * @param beanManager of an application that runs
     * @param pools all of its pools
     * @return to be closed with the pools; {@link MetricsExport#NONE} where the API is not there, or nobody
     *     wants metrics
     */
    public static MetricsExport exportMetrics(
            BeanManager beanManager, Collection<NamedPool> pools) {
        if (!isPresent(OPEN_TELEMETRY) && isTelemetrySwitchedOn()) {
            Log.log(Level.WARNING, Message.TELEMETRY_HIDDEN.format(TELEMETRY_DISABLED));
        }
        return load(
                OPEN_TELEMETRY,
                "OpenTelemetry",
                "The pools have no metrics.",
                MetricsExport.NONE,
                () ->
                        (MetricsExport)
                                own(OPEN_TELEMETRY_METRICS)
                                        .getMethod("of", BeanManager.class, Collection.class)
                                        .invoke(null, beanManager, pools));
    }

    /** By default it is off: who switches it on wants metrics. */
    private static boolean isTelemetrySwitchedOn() {
        return ConfigProvider.getConfig()
                .getOptionalValue(TELEMETRY_DISABLED, String.class)
                .filter("false"::equalsIgnoreCase)
                .isPresent();
    }

    /** Loads what uses an API, and makes it. */
    private interface Loading<T> {
        T load() throws ReflectiveOperationException;
    }

    /**
     * The part of ours that uses an API; where that cannot be used, this is reported.
     *
     * @param name of the API, for users
     * @param without what users go without then
     * @param otherwise what there is without it
     */
    private static <T> T load(
            String api, String name, String without, T otherwise, Loading<T> part) {
        if (!isPresent(api)) {
            return otherwise;
        }
        try {
            return part.load();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            Log.log(Level.WARNING, Message.INTEGRATION_FAILED.format(name, cause, without), cause);
            return otherwise;
        }
    }

    private static Class<?> own(String type) throws ClassNotFoundException {
        return Class.forName(type, true, OptionalApi.class.getClassLoader());
    }
}
