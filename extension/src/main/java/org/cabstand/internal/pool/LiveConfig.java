package org.cabstand.internal.pool;

import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.connect.CredentialsSource;

/**
 * The configuration that a pool reads again while it runs.
 *
 * <p>Called only on threads of the pool, because a config source or a provider may be slow.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface LiveConfig extends CredentialsSource {

    /**
     * Reads the current sizes and timeouts.
     *
     * @return the limits, with all their faults
     */
    PoolLimits.Reading limits();
}
