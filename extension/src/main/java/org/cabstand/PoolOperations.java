package org.cabstand;

import java.time.Duration;
import java.util.List;

/**
 * Monitors and controls a running pool.
 *
 * <p>There is a bean for each pool, with the qualifiers of its {@code DataSource}:
 *
 * <pre>
 * &#64;Inject &#64;Pool("orders") PoolOperations orders;
 * &#64;Inject &#64;Any Instance&lt;PoolOperations&gt; all;
 * </pre>
 *
 * <p>JMX offers the same, as {@code org.cabstand:type=Pool,application=…,name=…}. There is no authorization here: code
 * that exposes this to users must check their rights.
 *
 * <p>Methods that change something throw an {@link IllegalStateException} when the pool is closed or not active.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface PoolOperations {

    /**
     * The pool's name.
     *
     * @return as in {@code cabstand.pool.<name>.<key>}
     */
    String name();

    /**
     * Returns the pool's current state. Opens no connection, asks no database, and never waits. It takes the stacks of
     * the threads that hold connections, about 50 µs for each.
     *
     * @return its counts, and the holders of its connections
     */
    PoolState state();

    /**
     * Returns only the counts, for frequent calls: no thread is disturbed.
     *
     * @return the current counts
     */
    PoolCounts counts();

    /**
     * Checks whether the pool can serve, as the readiness check does: within {@code health.timeout}, and only once for
     * all callers within a second.
     *
     * @return the result, no older than a second
     */
    Readiness readiness();

    /**
     * Returns the settings in force, and where they come from.
     *
     * @return the settings that have a value, in the order of README's table, then the driver's properties; secrets are
     *     hidden
     */
    List<Setting> settings();

    /**
     * Closes idle connections. New ones are opened for {@code min-size} and for borrowers, within {@code max-size}.
     *
     * @return the number of connections that are being closed
     * @throws IllegalStateException also when the database would be gone with its last connection
     */
    int evictIdle();

    /**
     * Replaces every connection: idle ones now, and those in use when they are returned. Nobody is disturbed;
     * transactions run to their end. A connection that is never returned keeps its place.
     *
     * @return the number of connections that will be closed
     * @throws IllegalStateException also when the database would be gone with its last connection
     */
    int evictAll();

    /**
     * Suspends the pool: nobody gets a connection until {@link #resume()}. Borrowers wait, for
     * {@code acquisition-timeout} at most. Connections in use stay in use, and their transactions go on. Meanwhile
     * nothing is opened, and the pool is not ready. A second call has no effect.
     */
    void suspend();

    /** Ends {@link #suspend()}. Has no effect if the pool is not suspended. */
    void resume();

    /**
     * Changes the limits until the next deployment, or until one of them changes in the configuration.
     *
     * @param minSize {@code min-size}
     * @param maxSize {@code max-size}; surplus connections are closed when they are returned
     * @param acquisitionTimeout {@code acquisition-timeout} for borrows from now on; zero waits for ever
     * @throws IllegalArgumentException with the reason, if the configuration would not accept the values
     */
    void changeLimits(int minSize, int maxSize, Duration acquisitionTimeout);

    /**
     * Returns the statements that took longer than {@code slow-sql}.
     *
     * @return the statements, the slowest first; empty while {@code slow-sql} is off
     */
    List<SlowStatement> slowStatements();
}
