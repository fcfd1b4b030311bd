package org.cabstand;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import java.lang.annotation.Annotation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** An application on Weld SE with the extension, some beans and a configuration of its own. */
final class TestApplication implements AutoCloseable {

    private final Map<String, String> properties;
    private final SmallRyeConfig config;
    private final SeContainer container;

    /** Null without JTA. */
    private TransactionManager manager;

    private TestApplication(
            Map<String, String> configured, List<Extension> extensions, Class<?>... beans) {
        properties = new ConcurrentHashMap<>(configured);
        config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new MapConfigSource(properties, 500))
                        .build();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ConfigProviderResolver.instance().registerConfig(config, loader);
        try {
            container =
                    SeContainerInitializer.newInstance()
                            .disableDiscovery()
                            .addExtensions(extensions.toArray(Extension[]::new))
                            .addExtensions(new CabstandExtension())
                            .addBeanClasses(TestApplication.class)
                            .addBeanClasses(beans)
                            .initialize();
        } catch (RuntimeException | Error e) {
            ConfigProviderResolver.instance().releaseConfig(config);
            throw e;
        }
    }

    static TestApplication start(Map<String, String> properties, Class<?>... beans) {
        return new TestApplication(properties, List.of(), beans);
    }

    /** One with another extension. */
    static TestApplication startWith(Map<String, String> properties, Extension extension) {
        return new TestApplication(properties, List.of(extension));
    }

    /** One that has a JTA transaction manager. */
    static TestApplication startWithJta(Map<String, String> properties, Class<?>... beans) {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("test");
        } catch (CoreEnvironmentBeanException e) {
            throw new AssertionError(e);
        }
        arjPropertyManager
                .getObjectStoreEnvironmentBean()
                .setObjectStoreDir("target/transaction-log");
        TestApplication app =
                new TestApplication(properties, List.of(new TransactionExtension()), beans);
        app.manager = app.get(TransactionManager.class);
        return app;
    }

    /** One pool named {@code test} on an H2 database of its own. */
    static Map<String, String> h2(String database, String... more) {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.test.url", "jdbc:h2:mem:" + database + ";DB_CLOSE_DELAY=-1");
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    /** Changes what the config source says, while the application runs. */
    void set(String property, String value) {
        properties.put(property, value);
    }

    String property(String property) {
        return properties.get(property);
    }

    <T> T get(Class<T> type, Annotation... qualifiers) {
        return container.select(type, qualifiers).get();
    }

    Connection connection() {
        return get(Connection.class);
    }

    DataSource dataSource() {
        return get(DataSource.class);
    }

    DataSource dataSource(String pool) {
        return get(DataSource.class, Pool.Literal.of(pool));
    }

    PoolCounts state() {
        return state(dataSource());
    }

    static PoolCounts state(DataSource dataSource) {
        try {
            return dataSource.unwrap(ConnectionPool.class).counts();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs something as one request. */
    private <T> T inRequest(Callable<T> work) throws Exception {
        RequestContextController controller = get(RequestContextController.class);
        controller.activate();
        try {
            return work.call();
        } finally {
            controller.deactivate();
        }
    }

    /** Something that a request does. */
    interface Work {
        void run() throws Exception;
    }

    void request(Work work) throws Exception {
        inRequest(
                () -> {
                    work.run();
                    return null;
                });
    }

    /** The number of live threads that pools have started, in all applications. */
    static long poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("cabstand-") || name.startsWith("agroal-"))
                .count();
    }

    /** Ends the application, and before it a transaction that the test has left on this thread. */
    @Override
    public void close() {
        try (container) {
            if (manager != null) {
                if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
                    manager.rollback();
                }
                manager.setTransactionTimeout(0);
            }
        } catch (SystemException e) {
            throw new AssertionError(e);
        } finally {
            ConfigProviderResolver.instance().releaseConfig(config);
        }
    }
}
