package org.cabstand.internal.deployment;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.cabstand.Credentials;
import org.cabstand.CredentialsProvider;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.ConfigValues;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.pool.LiveConfig;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a running pool: MicroProfile Config, and for credentials the application's
 * provider if there is one.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class RunningConfig implements LiveConfig {

    private final ConfigValues values;
    private final PoolSettings settings;
    private final PoolBeans<CredentialsProvider> providers;

    /**
     * The configuration of a pool.
     *
     * @param values the properties
     * @param settings the pool's settings as deployed
     * @param providers the application's credentials providers for this pool
     */
    public RunningConfig(
            ConfigValues values, PoolSettings settings, PoolBeans<CredentialsProvider> providers) {
        this.values = values;
        this.settings = settings;
        this.providers = providers;
    }

    @Override
    public Credentials credentials() throws SQLException {
        List<CredentialsProvider> found = providers.get();
        return found.isEmpty()
                ? values.credentials(settings.name())
                // the last provider is the most specific one
                : provided(found.get(found.size() - 1));
    }

    private Credentials provided(CredentialsProvider provider) throws SQLException {
        try {
            return Objects.requireNonNull(
                    provider.credentials(settings.name()), "it returned null");
        } catch (Throwable e) { // proxies and other languages throw checked ones, too
            throw new SQLException(Message.PROVIDER_FAILED.format(settings.name(), e), "08001", e);
        }
    }

    @Override
    public @Nullable Credentials configuredCredentials() {
        return providers.get().isEmpty() ? values.credentials(settings.name()) : null;
    }

    @Override
    public PoolLimits.Reading limits() {
        return PoolLimits.read(values, settings);
    }
}
