package org.cabstand.internal.deployment;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.cabstand.internal.Log;
import org.jspecify.annotations.Nullable;

/**
 * The application's name, which databases show with its sessions, and JMX with its pools.
 *
 * <p>Thread safety: stateless.
 */
public final class ApplicationName {

    private static final String UNKNOWN = "cabstand";

    private ApplicationName() {}

    /**
     * Looks up the name. Call it on a thread that deploys the application: only these see its JNDI
     * names.
     *
     * @return {@code cabstand} if the application has no name, as in Java SE
     * @see <a href="https://jakarta.ee/specifications/platform/10/">Jakarta EE Platform 10, EE.5.15
     *     Application Name and Module Name References</a>
     */
    public static String find() {
        String name = lookUp("java:app/AppName");
        return name == null ? UNKNOWN : name;
    }

    /**
     * Looks up the name of the module, on a thread that deploys it.
     *
     * @return null if there is none, as in Java SE
     */
    public static @Nullable String findModule() {
        return lookUp("java:module/ModuleName");
    }

    private static @Nullable String lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            Log.debug(name + " cannot be looked up", e);
            return null;
        }
    }
}
