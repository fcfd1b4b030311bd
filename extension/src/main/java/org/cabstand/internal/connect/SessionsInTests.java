package org.cabstand.internal.connect;

import org.cabstand.internal.config.PoolSettings;

/**
 * Stands between a pool and its driver while the application is tested: our artifact {@code cabstand-test}, found by
 * {@link java.util.ServiceLoader} in the application's class loader.
 *
 * <p>Thread safety: called at deployment; what it returns is safe for concurrent use.
 */
public interface SessionsInTests {

    /**
     * Returns the source of a pool's connections.
     *
     * @param settings the pool's
     * @param driver opens them outside tests
     * @return the driver itself unless a test has started this application
     */
    DriverSource of(PoolSettings settings, DriverSource driver);
}
