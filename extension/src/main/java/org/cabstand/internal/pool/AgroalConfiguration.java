package org.cabstand.internal.pool;

import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration.TransactionIsolation;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.time.Duration;
import org.cabstand.internal.config.Isolation;
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.config.PoolSettings;

/**
 * Settings → Agroal, a pure function.
 *
 * <p>Left out on purpose: what would make Agroal wait, connect or validate by itself on a borrower's
 * thread, its thread-local cache, which keeps the application's class loader alive, and its lifetimes,
 * which end all together.
 */
final class AgroalConfiguration {

    private AgroalConfiguration() {}

    /**
     * The configuration of a pool.
     *
     * @param openerId what its opener is registered as
     * @param validator for connections that are idle
     */
    static AgroalDataSourceConfiguration of(
            PoolSettings settings, String openerId, ConnectionValidator validator) {
        return new AgroalDataSourceConfigurationSupplier()
                .metricsEnabled(true)
                .connectionPoolConfiguration(
                        pool ->
                                pool.minSize(settings.limits().minSize())
                                        .maxSize(settings.limits().maxSize())
                                        .initialSize(settings.initialSize())
                                        .acquisitionTimeout(settings.limits().acquisitionTimeout())
                                        .reapTimeout(zeroForNever(settings.idleTimeout()))
                                        .establishmentRetryAttempts(0)
                                        .connectionCache(ConnectionCache.none())
                                        .connectionValidator(validator)
                                        .exceptionSorter(error -> error == EvictionSignal.SIGNAL)
                                        .connectionFactoryConfiguration(
                                                factory ->
                                                        factory.connectionProviderClass(
                                                                        OpenerDataSource.class)
                                                                .jdbcUrl(settings.shownUrl())
                                                                .jdbcProperty(
                                                                        OpenerDataSource
                                                                                .OPENER_PROPERTY,
                                                                        openerId)
                                                                .autoCommit(settings.autoCommit())
                                                                .jdbcTransactionIsolation(
                                                                        isolation(
                                                                                settings
                                                                                        .isolation()))
                                                                .readOnly(settings.readOnly())
                                                                .loginTimeout(
                                                                        settings.loginTimeout())
                                                                // handles track their statements
                                                                .trackJdbcResources(false)))
                .get();
    }

    /** Changes what may change. */
    static void follow(AgroalConnectionPoolConfiguration pool, Limits limits) {
        // at no moment is the least above the most
        if (limits.maxSize() >= pool.minSize()) {
            pool.setMaxSize(limits.maxSize());
            pool.setMinSize(limits.minSize());
        } else {
            pool.setMinSize(limits.minSize());
            pool.setMaxSize(limits.maxSize());
        }
        pool.setAcquisitionTimeout(limits.acquisitionTimeout());
    }

    private static Duration zeroForNever(Duration duration) {
        return duration == null ? Duration.ZERO : duration;
    }

    private static TransactionIsolation isolation(Isolation isolation) {
        return isolation == null
                ? TransactionIsolation.UNDEFINED
                : TransactionIsolation.fromLevel(isolation.level());
    }
}
