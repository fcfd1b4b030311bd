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

    /** {@return open connections that nobody uses} */
    int getIdle();

    /** {@return borrowers who wait} */
    int getWaiting();

    /** {@return how long the first of them has waited, in milliseconds} */
    long getLongestWaitMillis();

    /** {@return connections that are being opened} */
    int getOpening();

    /** {@return connections in use that are closed when they come back} */
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

    /** {@return whether nobody gets a connection} */
    boolean isSuspended();

    /** {@return what is wrong, as far as it is known without asking the database; null when nothing is} */
    @Nullable String getTrouble();

    /** {@return the database's product and version; null until a connection was opened} */
    @Nullable String getDatabase();

    /** {@return the JDBC URL without secrets} */
    @Nullable String getUrl();

    /** {@return how often a connection was borrowed} */
    long getBorrows();

    /** {@return how many connections were opened} */
    long getOpened();

    /** {@return how many borrowers have waited in vain} */
    long getTimeouts();

    /** {@return how often a connection came back with work that had to be rolled back} */
    long getUnfinished();

    /** {@return how many connections were held for longer than {@code leak-timeout}} */
    long getLeaks();

    /** {@return how many connections were closed, by the reason} */
    Map<String, Long> getEvictions();

    /** {@return who holds connections, the oldest first; looks at the stacks of their threads} */
    List<HolderData> getHolders();

    /** {@return the settings in force: value and source by key} */
    Map<String, String> getSettings();

    /** {@return the statements that were slow, the slowest first; empty while {@code slow-sql} is off} */
    List<SlowStatementData> getSlowStatements();

    /**
     * Asks the database, as the readiness check does.
     *
     * @return {@code UP}, or {@code DOWN} with the reason
     */
    String readiness();

    /**
     * Closes the connections that nobody uses.
     *
     * @return how many
     */
    int evictIdle();

    /**
     * Replaces every connection; those in use when they come back.
     *
     * @return how many
     */
    int evictAll();

    /** Gives no connection to anybody from now on. */
    void suspend();

    /** Ends that. */
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
