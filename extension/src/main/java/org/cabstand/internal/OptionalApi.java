package org.cabstand.internal;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger.Level;
import org.cabstand.internal.pool.TransactionContext;
import org.cabstand.internal.request.RequestPayload;

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
        if (!isPresent(SERVLET_API)) {
            return RequestPayload.NONE;
        }
        try {
            return (RequestPayload)
                    Class.forName(SERVLET_PAYLOAD, true, OptionalApi.class.getClassLoader())
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(
                            "the servlet API",
                            e,
                            "Connections of asynchronous requests go back when the thread leaves,"
                                    + " but cannot be used after a dispatch."));
            return RequestPayload.NONE;
        }
    }

    /**
     * What knows the JTA transactions of threads.
     *
     * @param beanManager the application's
     * @return {@link TransactionContext#NONE} where the API is not there
     */
    public static TransactionContext transactions(BeanManager beanManager) {
        if (!isPresent(TRANSACTION_API)) {
            return TransactionContext.NONE;
        }
        try {
            return (TransactionContext)
                    Class.forName(JTA_CONTEXT, true, OptionalApi.class.getClassLoader())
                            .getDeclaredConstructor(BeanManager.class)
                            .newInstance(beanManager);
        } catch (ReflectiveOperationException | LinkageError e) {
            Log.log(
                    Level.WARNING,
                    Message.INTEGRATION_FAILED.format(
                            "the API of JTA", e, "Connections take part in no transaction."));
            return TransactionContext.NONE;
        }
    }
}
