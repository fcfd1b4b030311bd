package org.cabstand.internal.deployment;

import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Objects;
import java.util.ServiceLoader;
import org.cabstand.ConnectionCustomizer;
import org.cabstand.CredentialsProvider;
import org.cabstand.internal.config.ConfigValues;
import org.cabstand.internal.config.DatabaseForDevelopment;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.internal.connect.Drivers;
import org.cabstand.internal.connect.SessionsInTests;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.Pools;
import org.cabstand.internal.transaction.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * Creates the pools of an application, each with the source of its connections.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class PoolAssembly {

    private final BeanManager beanManager;
    private final ApplicationBeans applicationBeans;
    private final ConfigValues values;
    private final ClassLoader loader;
    private final Pools pools;
    private final TransactionContext transactions;
    private final String application = ApplicationName.find();

    /**
     * An assembly that has created nothing yet.
     *
     * @param beanManager the application's
     * @param applicationBeans finds customizers and providers
     * @param values the configuration, read again while pools run
     * @param loader the application's
     * @param pools where pools are added
     * @param transactions knows the transactions of threads
     */
    public PoolAssembly(
            BeanManager beanManager,
            ApplicationBeans applicationBeans,
            ConfigValues values,
            ClassLoader loader,
            Pools pools,
            TransactionContext transactions) {
        this.beanManager = beanManager;
        this.applicationBeans = applicationBeans;
        this.values = values;
        this.loader = loader;
        this.pools = pools;
        this.transactions = transactions;
    }

    /**
     * Starts a database for a pool without URL, if {@code cabstand-dev} is there.
     *
     * @param loader the application's
     * @param wanted the pool's request
     * @return its URL; null if there is none
     */
    public static @Nullable String forDevelopment(
            ClassLoader loader, DatabaseForDevelopment.Wanted wanted) {
        return ServiceLoader.load(DatabaseForDevelopment.class, loader).stream()
                .map(provider -> provider.get().url(wanted))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /**
     * Creates a pool, which starts with the others.
     *
     * @param settings its settings
     * @return the source of its connections
     * @throws Drivers.NotFound when there is no driver for it
     */
    public ConnectionSource assemble(PoolSettings settings) throws Drivers.NotFound {
        DriverSource driver = settings.active() ? driver(settings) : DriverSource.NONE;
        ConnectionPool pool =
                new ConnectionPool(
                        settings,
                        driver,
                        new RunningConfig(
                                values, settings, helpers(CredentialsProvider.class, settings)),
                        application,
                        pools.housekeeper(),
                        loader);
        OptionalApi.recordFlight(pool);
        pools.add(pool);
        return new ConnectionSource(
                pool, transactions, helpers(ConnectionCustomizer.class, settings));
    }

    private DriverSource driver(PoolSettings settings) throws Drivers.NotFound {
        DriverSource driver = Drivers.find(settings, loader);
        for (SessionsInTests tests : ServiceLoader.load(SessionsInTests.class, loader)) {
            driver = tests.of(settings, driver, transactions);
        }
        return driver;
    }

    private <T> PoolBeans<T> helpers(Class<T> type, PoolSettings settings) {
        return new PoolBeans<>(beanManager, applicationBeans, type, settings.name());
    }
}
