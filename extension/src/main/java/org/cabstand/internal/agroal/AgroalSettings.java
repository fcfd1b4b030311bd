package org.cabstand.internal.agroal;

import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns settings into Agroal's configuration. Every setting passed to Agroal takes effect there.
 *
 * <p>Left out on purpose: what would make Agroal wait, connect, validate or fill up by itself, its thread-local cache,
 * which keeps the application's class loader alive, and its lifetimes, which end all together.
 */
final class AgroalSettings {

    /** A promised connection may be away while Agroal looks at it, for a few instructions. */
    private static final Duration AWAY = Duration.ofMillis(1);

    private AgroalSettings() {}

    /**
     * The configuration of a pool.
     *
     * @param idleTimeout null for ever
     * @param validator asked when invalid connections are flushed
     */
    static AgroalDataSourceConfiguration of(
            int minSize,
            int maxSize,
            @Nullable Duration idleTimeout,
            ConnectionValidator validator) {
        return new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(
                        pool ->
                                pool.minSize(minSize)
                                        .maxSize(maxSize)
                                        .initialSize(0)
                                        .acquisitionTimeout(AWAY)
                                        .reapTimeout(
                                                idleTimeout == null ? Duration.ZERO : idleTimeout)
                                        .establishmentRetryAttempts(0)
                                        .connectionCache(ConnectionCache.none())
                                        .connectionValidator(validator)
                                        .exceptionSorter(AgroalMember.Evicted.class::isInstance)
                                        .connectionFactoryConfiguration(
                                                factory ->
                                                        factory.connectionProviderClass(
                                                                        ReadyConnections.class)
                                                                .trackJdbcResources(false)))
                .get();
    }
}
