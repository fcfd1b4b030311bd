package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools whose names are known at run time only, and a Config that outlives a container. */
class NamesAtRunTimeTest {

    @ApplicationScoped
    static class Directory {
        @Inject @Any Instance<DataSource> pools;

        long count() {
            return pools.stream().count();
        }

        String url(String pool) throws Exception {
            try (Connection c = pools.select(Pool.Literal.of(pool)).get().getConnection()) {
                return c.getMetaData().getURL();
            }
        }
    }

    @Test
    void areFoundByAnInstanceOfAny() throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.default.url", "jdbc:h2:mem:default",
                                "cabstand.pool.other.url", "jdbc:h2:mem:other"),
                        Directory.class)) {
            Directory directory = app.get(Directory.class);
            assertThat(directory.url("other")).isEqualTo("jdbc:h2:mem:other");
            assertThat(directory.url("default")).isEqualTo("jdbc:h2:mem:default");
        }
    }

    @AfterEach
    void forgetConfig() {
        forgetPools();
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }

    private static void forgetPools() {
        List.copyOf(System.getProperties().stringPropertyNames()).stream()
                .filter(name -> name.startsWith("cabstand.pool."))
                .forEach(System::clearProperty);
    }

    private static SeContainer container() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new CabstandExtension())
                .addBeanClasses(Directory.class)
                .initialize();
    }

    @Test
    void aSecondContainerInOneJvmHasThePoolsThatAreConfiguredThen() throws Exception {
        System.setProperty("cabstand.pool.first.url", "jdbc:h2:mem:first");
        ConfigProvider.getConfig().getPropertyNames(); // whatever else reads it
        try (SeContainer container = container()) {
            assertThat(container.select(Directory.class).get().url("first"))
                    .isEqualTo("jdbc:h2:mem:first");
        }
        forgetPools();
        System.setProperty("cabstand.pool.second.url", "jdbc:h2:mem:second");
        System.setProperty("cabstand.pool.second.max-size", "2");
        try (SeContainer container = container()) {
            Directory directory = container.select(Directory.class).get();
            assertThat(directory.url("second")).isEqualTo("jdbc:h2:mem:second");
            assertThat(directory.count()).isOne();
        }
    }
}
