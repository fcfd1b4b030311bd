package org.cabstand.internal.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pool as JMX clients see it; its attributes and operations are those of {@link org.cabstand.PoolOperations} and {@link
 * org.cabstand.PoolState}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolMXBean {

    /** {@return the pool's name} */
    String getName();

    /** {@return connections in use} */
    int getActive();

    /** {@return open connections that are not in use} */
    int getIdle();

    /** {@return borrowers who wait} */
    int getWaiting();

    /** {@return how long the first of them has waited, in milliseconds} */
    long getLongestWaitMillis();

    /** {@return connections that are being opened} */
    int getOpening();

    /** {@return connections in use that will be closed when they are returned} */
    int getLeaving();

    /** {@return {@code min-size} as it is in force} */
    int getMinSize();

    /**
     * Changes it until the next deployment.
     *
     * @param size as in the configuration
     */
    void setMinSize(int size);

    /** {@return {@code max-size} as it is in force} */
    int getMaxSize();

    /**
     * Changes it until the next deployment.
     *
     * @param size as in the configuration
     */
    void setMaxSize(int size);

    /** {@return {@code acquisition-timeout} as it is in force, in milliseconds; zero waits for ever} */
    long getAcquisitionTimeoutMillis();

    /**
     * Changes it until the next deployment.
     *
     * @param millis milliseconds; zero waits for ever
     */
    void setAcquisitionTimeoutMillis(long millis);

    /** {@return whether the pool is suspended} */
    boolean isSuspended();

    /** {@return the pool's problem, if one is known without asking the database; otherwise null} */
    @Nullable String getTrouble();

    /** {@return the database's product and version; null until a connection has been opened} */
    @Nullable String getDatabase();

    /** {@return the JDBC URL without secrets} */
    @Nullable String getUrl();

    /** {@return the number of borrows} */
    long getBorrows();

    /** {@return the number of connections opened} */
    long getOpened();

    /** {@return the number of borrowers who have waited in vain} */
    long getTimeouts();

    /** {@return the number of returns with unfinished work, which was rolled back} */
    long getUnfinished();

    /** {@return the number of connections that were held for longer than {@code leak-timeout}} */
    long getLeaks();

    /** {@return the number of connections closed, by reason} */
    Map<String, Long> getEvictions();

    /** {@return the holders of connections, the oldest first, with the stacks of their threads} */
    List<HolderData> getHolders();

    /** {@return the settings in force: value and source by key} */
    Map<String, String> getSettings();

    /** {@return the slow statements, the slowest first; empty while {@code slow-sql} is off} */
    List<SlowStatementData> getSlowStatements();

    /**
     * Checks the pool as the readiness check does.
     *
     * @return {@code UP}, or {@code DOWN} with the reason
     */
    String readiness();

    /**
     * Closes idle connections.
     *
     * @return how many
     */
    int evictIdle();

    /**
     * Replaces every connection, those in use when they are returned.
     *
     * @return how many
     */
    int evictAll();

    /** Suspends the pool: nobody gets a connection. */
    void suspend();

    /** Ends {@link #suspend()}. */
    void resume();

    /**
     * Changes all limits at once, until the next deployment.
     *
     * @param minSize {@code min-size}
     * @param maxSize {@code max-size}
     * @param acquisitionTimeoutMillis {@code acquisition-timeout} in milliseconds; zero waits for ever
     */
    void changeLimits(int minSize, int maxSize, long acquisitionTimeoutMillis);
}
