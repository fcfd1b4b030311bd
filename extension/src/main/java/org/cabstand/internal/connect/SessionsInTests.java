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
     * What opens a pool's connections.
     *
     * @param settings the pool's
     * @param driver what would open them without a test
     * @return the driver itself where no test is the reason for this application to run
     */
    DriverSource of(PoolSettings settings, DriverSource driver);
}
