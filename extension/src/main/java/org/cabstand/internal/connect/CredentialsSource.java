package org.cabstand.internal.connect;

import java.sql.SQLException;
import org.cabstand.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * The source of a pool's credentials, which may change while it runs.
 *
 * <p>Called only on threads of the pool, because a config source or a provider may be slow.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface CredentialsSource {

    /**
     * The credentials for the next session.
     *
     * @return read again for each session
     * @throws SQLException when a provider fails
     */
    Credentials credentials() throws SQLException;

    /**
     * User name and password as configured.
     *
     * @return null if a provider is asked instead, whose answers may differ each time
     */
    @Nullable Credentials configuredCredentials();
}
