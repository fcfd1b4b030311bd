package org.cabstand.dev.internal;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.cabstand.CabstandExtension;
import org.cabstand.Pool;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** An application on Weld SE whose pools have no URL. */
public final class Application implements AutoCloseable {

    private final SmallRyeConfig config;
    private final SeContainer container;

    private Application(Map<String, String> properties) {
        ConfigSource source =
                new ConfigSource() {
                    @Override
                    public Set<String> getPropertyNames() {
                        return properties.keySet();
                    }

                    @Override
                    public String getValue(String name) {
                        return properties.get(name);
                    }

                    @Override
                    public String getName() {
                        return "application";
                    }
                };
        config = new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(source).build();
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
        try {
            container =
                    SeContainerInitializer.newInstance()
                            .disableDiscovery()
                            .addExtensions(new CabstandExtension())
                            .addBeanClasses(Application.class)
                            .initialize();
        } catch (RuntimeException | Error e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        }
    }

    static Application start(Object folder, String... keys) {
        Map<String, String> properties = new HashMap<>();
        properties.put("mp.config.profile", "dev");
        properties.put("cabstand.defaults.dev.folder", folder.toString());
        for (int i = 0; i < keys.length; i += 2) {
            properties.put(keys[i], keys[i + 1]);
        }
        return new Application(properties);
    }

    DataSource pool(String name) {
        return container.select(DataSource.class, Pool.Literal.of(name)).get();
    }

    void execute(String pool, String sql) throws SQLException {
        try (Connection connection = pool(pool).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String ask(String pool, String sql) throws SQLException {
        try (Connection connection = pool(pool).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public void close() {
        try {
            container.close();
        } finally {
            ConfigProviderResolver.instance().releaseConfig(config);
        }
    }

    /** The port of the server of one that starts and ends. */
    public static String portOf(String folder, String pool) throws SQLException {
        try (Application application =
                start(folder, "cabstand.pool." + pool + ".dev", "postgresql")) {
            return application.ask(pool, "show port");
        }
    }

    /** Runs one in a JVM of its own until its input ends: the folder, SQL to execute, SQL to ask. */
    public static void main(String[] args) throws Exception {
        try (Application application = start(args[0], "cabstand.pool.orders.dev", "postgresql")) {
            if (!args[1].isEmpty()) {
                application.execute("orders", args[1]);
            }
            System.out.println("answer: " + application.ask("orders", args[2]));
            while (System.in.read() >= 0) {
                // until the test has seen enough
            }
        } catch (Throwable e) {
            System.out.println("failed: " + e.toString().replaceAll("\\R", " "));
        }
    }
}
