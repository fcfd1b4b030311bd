package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cabstand.internal.deployment.OptionalApi;
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
