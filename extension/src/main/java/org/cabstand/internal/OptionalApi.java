package org.cabstand.internal;

import java.lang.System.Logger.Level;
import org.cabstand.internal.request.RequestPayload;

/**
 * Asks for APIs that a server may not have; no class that is always loaded mentions their types.
 *
 * <p>Thread safety: stateless.
 */
public final class OptionalApi {

    private static final String SERVLET_API = "jakarta.servlet.ServletRequest";
    private static final String SERVLET_PAYLOAD = "org.cabstand.internal.servlet.ServletPayload";

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
}
