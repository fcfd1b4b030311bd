package org.cabstand.internal.otel;

import java.util.Locale;
import org.cabstand.internal.Log;

/**
 * Detects OpenTelemetry's Java agent, which makes spans of every driver's statements.
 *
 * <p>Thread safety: stateless.
 */
final class JavaAgent {

    private static final String TYPE = "io.opentelemetry.javaagent.OpenTelemetryAgent";

    private JavaAgent() {}

    /** Whether this JVM has an agent that does so. */
    static boolean tracesStatements() {
        return isIn(ClassLoader.getSystemClassLoader())
                && isOn("otel.javaagent.enabled")
                && isOn("otel.instrumentation.jdbc.enabled");
    }

    static boolean isIn(ClassLoader loader) {
        try {
            Class.forName(TYPE, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            Log.debug("no Java agent of OpenTelemetry: " + e);
            return false;
        }
    }

    /** Reads a setting as the agent does. */
    private static boolean isOn(String key) {
        String value = System.getProperty(key);
        if (value == null) {
            value = System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_'));
        }
        return !"false".equalsIgnoreCase(value);
    }
}
