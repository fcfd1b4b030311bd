package org.cabstand.benchmarks;

import com.arjuna.ats.arjuna.common.CoreEnvironmentBeanException;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.annotation.Annotation;
import java.util.Map;
import org.cabstand.CabstandExtension;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/**
 * An application on Weld SE with the extension.
 *
 * <p>Thread safety: the beans' own; started and closed by one thread.
 */
final class Application implements AutoCloseable {

    private final SmallRyeConfig config;
    private final SeContainer container;

    Application(Map<String, String> properties, Class<?>... beans) {
        this(properties, new Extension[0], beans);
    }

    /** Starts an application with a JTA transaction manager. */
    static Application withJta(Map<String, String> properties, Class<?>... beans) {
        try {
            arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("benchmark");
        } catch (CoreEnvironmentBeanException e) {
            throw new IllegalStateException(e);
        }
        arjPropertyManager
                .getObjectStoreEnvironmentBean()
                .setObjectStoreDir("target/transaction-log");
        return new Application(properties, new Extension[] {new TransactionExtension()}, beans);
    }

    private Application(Map<String, String> properties, Extension[] extensions, Class<?>... beans) {
        config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(properties, "benchmark", 500))
                        .build();
        ConfigProviderResolver.instance()
                .registerConfig(config, Thread.currentThread().getContextClassLoader());
        container =
                SeContainerInitializer.newInstance()
                        .disableDiscovery()
                        .addExtensions(extensions)
                        .addExtensions(new CabstandExtension())
                        .addBeanClasses(Application.class)
                        .addBeanClasses(beans)
                        .initialize();
    }

    <T> T get(Class<T> type, Annotation... qualifiers) {
        return container.select(type, qualifiers).get();
    }

    @Override
    public void close() {
        container.close();
        ConfigProviderResolver.instance().releaseConfig(config);
    }
}
