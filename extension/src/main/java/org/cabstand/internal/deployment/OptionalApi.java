package org.cabstand.internal.deployment;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.List;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.jpa.PersistenceUnits;
import org.cabstand.internal.monitor.Export;
import org.cabstand.internal.monitor.PoolMonitor;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.request.RequestPayload;
import org.cabstand.internal.transaction.TransactionContext;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Finds optional APIs that a server may not have. No class that is always loaded mentions their
 * types.
 *
 * <p>Thread safety: stateless.
 */
public final class OptionalApi {

    private static final String SERVLET_API = "jakarta.servlet.ServletRequest";
    private static final String SERVLET_PAYLOAD = "org.cabstand.internal.servlet.ServletPayload";

    private static final String TRANSACTION_API = "jakarta.transaction.TransactionManager";
    private static final String JTA_CONTEXT = "org.cabstand.internal.jta.JtaContext";

    private static final String PERSISTENCE_API = "jakarta.persistence.EntityManager";
    private static final String JPA_UNITS = "org.cabstand.internal.jpa.JpaUnits";

    private static final String FLIGHT_RECORDER = "jdk.jfr.Event";
    private static final String FLIGHT_MONITOR = "org.cabstand.internal.flight.FlightMonitor";

    private static final String OPEN_TELEMETRY = "io.opentelemetry.api.OpenTelemetry";
    private static final String OPEN_TELEMETRY_EXPORT =
            "org.cabstand.internal.otel.OpenTelemetryExport";

    private static final String JMX = "javax.management.MBeanServer";
    private static final String JMX_EXPORT = "org.cabstand.internal.jmx.JmxExport";

    /** The key that switches MicroProfile Telemetry off. */
    private static final String TELEMETRY_DISABLED = "otel.sdk.disabled";

    private OptionalApi() {}

    /**
     * Whether this application can use a type.
     *
     * @param type a fully qualified name
     * @return false if it is missing
     */
    public static boolean isPresent(String type) {
        try {
            Class.forName(type, false, OptionalApi.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // the answer to the question
        } catch (LinkageError e) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(type, e, "It is treated as absent."));
            return false;
        }
    }

    /**
     * Whether the container is OpenWebBeans, which needs other treatment than Weld in two places.
     *
     * @param beanManager the application's
     * @return false for Weld
     */
    public static boolean isOpenWebBeans(BeanManager beanManager) {
        return beanManager.getClass().getName().startsWith("org.apache.webbeans.");
    }

    /**
     * Returns the reader of request events.
     *
     * @return one that understands servlet requests, if there are servlets
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
     * Returns the source of the threads' JTA transactions.
     *
     * @param beanManager the application's
     * @return {@link TransactionContext#NONE} if the API is missing
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
     * Returns the persistence units of the application's pools.
     *
     * @param beanManager the application's
     * @param transactions the server's
     * @param loader the application's
     * @return if an API that they need is missing, an object that reports every unit as a fault
     */
    public static PersistenceUnits persistenceUnits(
            BeanManager beanManager, TransactionContext transactions, ClassLoader loader) {
        if (transactions == TransactionContext.NONE) {
            return PersistenceUnits.without("the API of Jakarta Transactions");
        }
        PersistenceUnits without = PersistenceUnits.without("the API of Jakarta Persistence");
        return load(
                PERSISTENCE_API,
                "the API of JPA",
                "No pool has a persistence unit.",
                without,
                () ->
                        (PersistenceUnits)
                                own(JPA_UNITS)
                                        .getDeclaredConstructor(
                                                BeanManager.class,
                                                transactions.getClass(),
                                                ClassLoader.class)
                                        .newInstance(beanManager, transactions, loader));
    }

    /**
     * Makes Flight Recorder record the events of a pool while a recording runs.
     *
     * @param pool a pool that nobody uses yet
     */
    public static void recordFlight(ConnectionPool pool) {
        load(
                FLIGHT_RECORDER,
                "Flight Recorder",
                "Recordings contain no connection events.",
                false,
                () -> {
                    pool.add(
                            (PoolMonitor)
                                    own(FLIGHT_MONITOR)
                                            .getDeclaredConstructor(String.class)
                                            .newInstance(pool.name()));
                    return true;
                });
    }

    /**
     * Exports pools to OpenTelemetry and JMX.
     *
     * @param beanManager the running application's
     * @param pools all of its pools
     * @return closed together with the pools
     */
    public static List<Export> exports(BeanManager beanManager, Collection<ConnectionPool> pools) {
        return List.of(exportTelemetry(beanManager, pools), showInJmx(pools));
    }

    /** {@link Export#NONE} if the API is missing or nobody wants metrics or spans. */
    private static Export exportTelemetry(
            BeanManager beanManager, Collection<ConnectionPool> pools) {
        if (!isPresent(OPEN_TELEMETRY) && isTelemetrySwitchedOn()) {
            Log.log(Level.WARNING, Message.TELEMETRY_HIDDEN.format(TELEMETRY_DISABLED));
        } else if (!isPresent(OPEN_TELEMETRY)) {
            pools.forEach(OptionalApi::tracedInVain);
        }
        return load(
                OPEN_TELEMETRY,
                "OpenTelemetry",
                "The pools have no metrics.",
                Export.NONE,
                () ->
                        (Export)
                                own(OPEN_TELEMETRY_EXPORT)
                                        .getMethod("of", BeanManager.class, Collection.class)
                                        .invoke(null, beanManager, pools));
    }

    private static Export showInJmx(Collection<ConnectionPool> pools) {
        return load(
                JMX,
                "JMX",
                "The pools are not shown there.",
                Export.NONE,
                () ->
                        (Export)
                                own(JMX_EXPORT)
                                        .getMethod(
                                                "of", String.class, String.class, Collection.class)
                                        .invoke(
                                                null,
                                                ApplicationName.find(),
                                                ApplicationName.findModule(),
                                                pools));
    }

    private static void tracedInVain(ConnectionPool pool) {
        if (pool.settings().watching().tracing()) {
            Log.log(
                    Level.WARNING,
                    Message.TRACING_IN_VAIN.format(
                            pool.settings().keyOf(Key.TRACING),
                            "the application does not see its API"));
        }
    }

    /** It is off by default, so whoever switches it on wants metrics. */
    private static boolean isTelemetrySwitchedOn() {
        return ConfigProvider.getConfig()
                .getOptionalValue(TELEMETRY_DISABLED, String.class)
                .filter("false"::equalsIgnoreCase)
                .isPresent();
    }

    /** Loads and creates a class that uses an optional API. */
    private interface Loading<T> {
        T load() throws ReflectiveOperationException;
    }

    /**
     * Loads the part of Cabstand that uses an API. If the API cannot be used, this is reported.
     *
     * @param name the API's name, as users know it
     * @param without the sentence that says what users go without
     * @param otherwise the result without the API
     */
    private static <T> T load(
            String api, String name, String without, T otherwise, Loading<T> part) {
        if (!isPresent(api)) {
            return otherwise;
        }
        try {
            return part.load();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable thrown = e instanceof InvocationTargetException ? e.getCause() : null;
            Throwable cause = thrown == null ? e : thrown;
            Log.log(Level.WARNING, Message.INTEGRATION_FAILED.format(name, cause, without), cause);
            return otherwise;
        }
    }

    private static Class<?> own(String type) throws ClassNotFoundException {
        return Class.forName(type, true, OptionalApi.class.getClassLoader());
    }
}
