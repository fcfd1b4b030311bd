package org.cabstand.internal.connect;

import java.sql.SQLException;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a pool and its driver while the application is tested: our artifact {@code cabstand-test}, found by
 * {@link java.util.ServiceLoader} in the application's class loader.
 *
 * <p>Thread safety: called at deployment; what it returns is safe for concurrent use.
 */
public interface SessionsInTests {

    /**
     * The JTA transaction of the calling thread.
     *
     * <p>Thread safety: safe for concurrent use.
     */
    interface ThreadTransaction {

        /**
         * Finds it.
         *
         * @return equal for the same transaction; null if the thread has none
         * @throws SQLException when the server does not know
         */
        default @Nullable Object ofThread() throws SQLException {
            return null;
        }

        /**
         * Rolls it back as far as that is possible, and leaves the thread without one. Called if there is one.
         *
         * @return its status before
         * @throws SQLException when the server does not know
         */
        default String abandon() throws SQLException {
            return "none";
        }
    }

    /**
     * Returns the source of a pool's connections.
     *
     * @param settings the pool's
     * @param driver opens them outside tests
     * @param transaction what a test may have left on its thread
     * @return the driver itself unless a test has started this application
     */
    DriverSource of(PoolSettings settings, DriverSource driver, ThreadTransaction transaction);
}
