package org.cabstand;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a pool at one moment.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool's name
 * @param at that moment
 * @param active connections in use
 * @param idle open connections that are not in use
 * @param waiting borrowers who wait
 * @param longestWait how long the first of them has waited; zero when nobody waits
 * @param opening connections that are being opened
 * @param leaving connections in use that will be closed when they are returned
 * @param minSize {@code min-size} as it is in force
 * @param maxSize {@code max-size} as it is in force
 * @param acquisitionTimeout {@code acquisition-timeout} as it is in force; zero waits for ever
 * @param suspended whether the pool is suspended
 * @param trouble the pool's problem, if one is known without asking the database; otherwise null
 * @param database the database's product and version; null until a connection has been opened
 * @param url the JDBC URL without secrets; null only when the pool is not active
 * @param holders the holders of connections, the oldest first, 50 at most
 * @param totals the totals so far
 */
public record PoolState(
        String pool,
        Instant at,
        int active,
        int idle,
        int waiting,
        Duration longestWait,
        int opening,
        int leaving,
        int minSize,
        int maxSize,
        Duration acquisitionTimeout,
        boolean suspended,
        @Nullable String trouble,
        @Nullable String database,
        @Nullable String url,
        List<Holder> holders,
        PoolTotals totals) {}
