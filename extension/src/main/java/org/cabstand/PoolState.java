package org.cabstand;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool at one moment.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool's name
 * @param at when this was
 * @param active connections in use
 * @param idle open connections that nobody uses
 * @param waiting borrowers who wait
 * @param longestWait how long the first of them has waited; zero when nobody waits
 * @param opening connections that are being opened
 * @param leaving of those in use, how many are closed when they come back
 * @param minSize {@code min-size} as it is in force
 * @param maxSize {@code max-size} as it is in force
 * @param acquisitionTimeout {@code acquisition-timeout} as it is in force; zero waits for ever
 * @param suspended whether nobody gets a connection
 * @param trouble what is wrong, as far as it is known without asking the database; null when nothing is
 * @param database the database's product and version; null until a connection was opened
 * @param url the JDBC URL without secrets; null only when the pool is not active
 * @param holders who holds connections, the oldest first, 50 at most
 * @param totals what has happened so far
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
