package org.cabstand.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.cache.ConnectionCache;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.handle.PoolDataSource;

/** The pools that are compared. Each keeps all its connections open, and otherwise has its defaults. */
public enum Peer {
    /** With all promises and default settings. */
    CABSTAND("Cabstand"),
    /** With its default cache, which is thread-local. */
    AGROAL("Agroal"),
    /** Without a cache, for applications that must not leave thread-locals in the server's threads. */
    AGROAL_NO_CACHE("Agroal, no cache"),
    /** With default settings, so with its thread-local list. */
    HIKARI("HikariCP");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Its name in tables and charts. */
    public final String label;

    Peer(String label) {
        this.label = label;
    }

    /** An open pool; closing it closes its connections. */
    record Pool(DataSource dataSource, Runnable closer) implements AutoCloseable {
        @Override
        public void close() {
            closer.run();
        }
    }

    Pool open(String url, int size) throws SQLException {
        Pool pool =
                switch (this) {
                    case CABSTAND -> cabstand(url, size, Map.of());
                    case AGROAL -> agroal(url, size, null);
                    case AGROAL_NO_CACHE -> agroal(url, size, ConnectionCache.none());
                    case HIKARI -> hikari(url, size);
                };
        fill(pool.dataSource(), size);
        return pool;
    }

    /** Opens all connections, so that this is not measured. */
    static void fill(DataSource dataSource, int size) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                all.add(dataSource.getConnection());
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    /** The settings that all Cabstand pools have here. */
    static Map<String, String> settings(String name, String url, int size) {
        String prefix = "cabstand.pool." + name + ".";
        Map<String, String> settings = new HashMap<>();
        settings.put(prefix + "url", url);
        settings.put(prefix + "max-size", Integer.toString(size));
        settings.put(prefix + "min-size", Integer.toString(size));
        settings.put(prefix + "acquisition-timeout", TIMEOUT.toString());
        return settings;
    }

    /**
     * A Cabstand pool without the client proxy of its bean, which has its own benchmark.
     *
     * @param more settings that differ, by key
     * @param beans of the application
     */
    static Pool cabstand(String url, int size, Map<String, String> more, Class<?>... beans)
            throws SQLException {
        Map<String, String> settings = settings("main", url, size);
        more.forEach((key, value) -> settings.put("cabstand.pool.main." + key, value));
        Application application = new Application(settings, beans);
        ConnectionSource source = application.get(DataSource.class).unwrap(ConnectionSource.class);
        return new Pool(new PoolDataSource(source), application::close);
    }

    private static Pool agroal(String url, int size, ConnectionCache cache) throws SQLException {
        AgroalDataSource dataSource = AgroalDataSource.from(configuration(url, size, cache));
        return new Pool(dataSource, dataSource::close);
    }

    /** Null for the default cache. */
    static AgroalDataSourceConfigurationSupplier configuration(
            String url, int size, ConnectionCache cache) throws SQLException {
        Class<?> driver = DriverManager.getDriver(url).getClass();
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                        pool -> {
                            pool.initialSize(size)
                                    .minSize(size)
                                    .maxSize(size)
                                    .acquisitionTimeout(TIMEOUT)
                                    .connectionFactoryConfiguration(
                                            factory ->
                                                    factory.jdbcUrl(url)
                                                            .connectionProviderClass(driver));
                            if (cache != null) {
                                pool.connectionCache(cache);
                            }
                            return pool;
                        });
    }

    private static Pool hikari(String url, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(size);
        config.setConnectionTimeout(TIMEOUT.toMillis());
        HikariDataSource dataSource = new HikariDataSource(config);
        return new Pool(dataSource, dataSource::close);
    }
}
