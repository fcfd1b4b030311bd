package org.cabstand.internal.pool;

import org.cabstand.Credentials;
import org.cabstand.internal.config.Limits;

/**
 * What a pool asks for again while it runs.
 *
 * <p>Called on threads of the pool only: a configuration or a provider may take its time.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface LiveConfig {

    /**
     * What to open the next physical connection with.
     *
     * @return asked anew for each one
     */
    Credentials credentials();

    /**
     * User name and password as they stand in Config.
     *
     * @return null where a provider is asked instead: what it gives may differ each time
     */
    Credentials configuredCredentials();

    /**
     * Sizes and timeouts as they are configured now.
     *
     * @return with every fault in them
     */
    Limits.Reading limits();
}
