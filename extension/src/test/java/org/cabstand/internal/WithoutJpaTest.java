package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.cabstand.internal.deployment.OptionalApi;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.Test;

/** Where the API of JPA is not there, nothing that uses it is loaded, and a unit is a fault that says so. */
class WithoutJpaTest {

    /** A server without Jakarta Persistence, in small. */
    private static final class WithoutJpa extends URLClassLoader {

        private final Set<String> loaded = ConcurrentHashMap.newKeySet();

        WithoutJpa(URL classes) {
            super(new URL[] {classes}, WithoutJpaTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.persistence.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known == null && name.startsWith("org.cabstand.")) {
                    known = findClass(name);
                    loaded.add(name);
                }
                return known == null ? super.loadClass(name, resolve) : known;
            }
        }
    }

    @Test
    void nothingOfItIsLoaded() throws Exception {
        try (var loader =
                new WithoutJpa(
                        OptionalApi.class.getProtectionDomain().getCodeSource().getLocation())) {
            Class<?> api = loader.loadClass(OptionalApi.class.getName());
            Object jta =
                    api.getMethod("transactions", BeanManager.class)
                            .invoke(null, (BeanManager) null);
            Method units = find(api, "persistenceUnits");
            Object without = units.invoke(null, null, jta, loader);

            assertThat(without.getClass().getName())
                    .startsWith("org.cabstand.internal.jpa.PersistenceUnits$");
            assertThat(find(without.getClass(), "sessionTypes").invoke(without))
                    .isEqualTo(Set.of());
            assertThat(loader.loaded)
                    .contains("org.cabstand.internal.jta.JtaContext")
                    .filteredOn(name -> name.startsWith("org.cabstand.internal.jpa."))
                    .allMatch(
                            name ->
                                    name.startsWith(
                                            without.getClass().getName().replaceAll("[$].*", "")));
        }
    }

    @Test
    void everythingElseWorks() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader =
                new WithoutJpa(
                        OptionalApi.class.getProtectionDomain().getCodeSource().getLocation())) {
            thread.setContextClassLoader(loader);
            SmallRyeConfig config =
                    new SmallRyeConfigBuilder()
                            .withDefaultValue("cabstand.pool.test.url", "jdbc:h2:mem:withoutjpa")
                            .build();
            ConfigProviderResolver.instance().registerConfig(config, loader);
            Extension extension =
                    (Extension)
                            loader.loadClass("org.cabstand.CabstandExtension")
                                    .getConstructor()
                                    .newInstance();
            try (SeContainer container =
                            SeContainerInitializer.newInstance()
                                    .disableDiscovery()
                                    .setClassLoader(loader)
                                    .addExtensions(extension)
                                    .addBeanClasses(WithoutJpaTest.class)
                                    .initialize();
                    Connection connection =
                            container.select(DataSource.class).get().getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            } finally {
                ConfigProviderResolver.instance().releaseConfig(config);
            }
            assertThat(loader.loaded)
                    .filteredOn(name -> name.startsWith("org.cabstand.internal.jpa."))
                    .allMatch(
                            name -> name.startsWith("org.cabstand.internal.jpa.PersistenceUnits"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Method find(Class<?> type, String name) {
        Method found =
                Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        found.setAccessible(true); // the class may not be public
        return found;
    }
}
