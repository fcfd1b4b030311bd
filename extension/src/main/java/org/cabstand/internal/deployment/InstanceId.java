package org.cabstand.internal.deployment;

import java.security.CodeSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ids of the extension's instances: each WAR of an EAR may have one, with pools of the same names.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class InstanceId {

    /** Number of ids given so far. */
    private static final AtomicInteger GIVEN = new AtomicInteger();

    private InstanceId() {}

    /**
     * Gives the next id.
     *
     * @return the same after a restart of the server, because sessions that it has kept may hold proxies
     */
    public static String next() {
        CodeSource source = InstanceId.class.getProtectionDomain().getCodeSource();
        int place = source == null ? 0 : String.valueOf(source.getLocation()).hashCode();
        return place + "." + GIVEN.incrementAndGet();
    }
}
