package org.cabstand.internal.pool;

import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.connect.CredentialsSource;

/**
 * What a pool asks for again while it runs.
 *
 * <p>Called on threads of the pool only: a configuration or a provider may take its time.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface LiveConfig extends CredentialsSource {

    /**
     * Sizes and timeouts as they are configured now.
     *
     * @return with every fault in them
     */
    PoolLimits.Reading limits();
}
