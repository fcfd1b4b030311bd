package org.cabstand.internal.otel;

import java.util.Locale;
import org.cabstand.internal.Log;

/**
 * OpenTelemetry's Java agent, which makes spans of the statements of every driver.
 *
 * <p>Thread safety: stateless.
 */
final class JavaAgent {

    private static final String TYPE = "io.opentelemetry.javaagent.OpenTelemetryAgent";

    private JavaAgent() {}

    /** Whether there is one that does so in this JVM. */
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

    /** As the agent reads its configuration. */
    private static boolean isOn(String key) {
        String value = System.getProperty(key);
        if (value == null) {
            value = System.getenv(key.toUpperCase(Locale.ROOT).replace('.', '_'));
        }
        return !"false".equalsIgnoreCase(value);
    }
}
