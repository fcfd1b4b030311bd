package org.cabstand;

import java.time.Duration;
import java.util.List;

/**
 * Shows a running pool, and steers it.
 *
 * <p>There is a bean for each pool, with the qualifiers of its {@code DataSource}:
 *
 * <pre>
 * &#64;Inject &#64;Pool("orders") PoolOperations orders;
 * &#64;Inject &#64;Any Instance&lt;PoolOperations&gt; all;
 * </pre>
 *
 * <p>The same can be reached with JMX, as {@code org.cabstand:type=Pool,application=…,name=…}. Nobody is asked for
 * his rights here: whoever shows this to users has to.
 *
 * <p>What steers fails with an {@link IllegalStateException} when the pool is closed, or not active.
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
     * The pool as it is now. Opens nothing, asks no database, and waits for nobody. It looks at the stacks of the
     * threads that hold connections, which takes some 50 µs for each.
     *
     * @return its counts, and who holds its connections
     */
    PoolState state();

    /**
     * The counts alone, for who looks often: no thread is disturbed.
     *
     * @return those of now
     */
    PoolCounts counts();

    /**
     * Asks the database whether the pool can serve, as the readiness check does: within {@code health.timeout}, and
     * together with others who ask in the same second.
     *
     * @return the answer, no older than a second
     */
    Readiness readiness();

    /**
     * The settings that are in force, and where they come from.
     *
     * @return those that have a value, in the order of README's table, then what is passed to the driver; secrets are
     *     hidden
     */
    List<Setting> settings();

    /**
     * Closes the connections that nobody uses. New ones are opened for {@code min-size} and for who asks; there are
     * never more than {@code max-size}.
     *
     * @return how many are being closed
     * @throws IllegalStateException also when the database would be gone with its last connection
     */
    int evictIdle();

    /**
     * Replaces every connection: those that nobody uses now, those in use when they come back. Nobody is disturbed:
     * a transaction goes on to its end. One that never comes back keeps its place.
     *
     * @return how many will be closed
     * @throws IllegalStateException also when the database would be gone with its last connection
     */
    int evictAll();

    /**
     * Gives no connection to anybody from now on: who waits goes on to wait, and who comes waits too, each for no
     * longer than {@code acquisition-timeout}. Whoever has a connection keeps it, and its transaction goes on. Nothing
     * is opened meanwhile, and the pool is not ready. A second call changes nothing.
     */
    void suspend();

    /** Ends what {@link #suspend()} began. Without that it changes nothing. */
    void resume();

    /**
     * Changes the limits, until the next deployment, or until somebody changes one of them in the configuration.
     *
     * @param minSize {@code min-size}
     * @param maxSize {@code max-size}; when there are more connections, those in use go when they come back
     * @param acquisitionTimeout {@code acquisition-timeout}, for who asks from now on; zero waits for ever
     * @throws IllegalArgumentException when the configuration would not accept them; says why
     */
    void changeLimits(int minSize, int maxSize, Duration acquisitionTimeout);

    /**
     * The statements that took longer than {@code slow-sql}.
     *
     * @return the slowest first; empty while {@code slow-sql} is off
     */
    List<SlowStatement> slowStatements();
}
