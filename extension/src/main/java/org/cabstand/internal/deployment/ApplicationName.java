package org.cabstand.internal.deployment;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.cabstand.internal.Log;

/**
 * The application's name, which databases show with its sessions.
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
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException e) {
            Log.debug("the application's name cannot be looked up", e);
            return UNKNOWN;
        }
    }
}
