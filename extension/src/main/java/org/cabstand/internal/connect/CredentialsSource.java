package org.cabstand.internal.connect;

import org.cabstand.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a pool, asked for anew while it runs.
 *
 * <p>Called on threads of the pool only: a configuration or a provider may take its time.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface CredentialsSource {

    /**
     * What to open the next session with.
     *
     * @return asked anew for each session
     */
    Credentials credentials();

    /**
     * User name and password as they stand in Config.
     *
     * @return null where a provider is asked instead: what it gives may differ each time
     */
    @Nullable Credentials configuredCredentials();
}
