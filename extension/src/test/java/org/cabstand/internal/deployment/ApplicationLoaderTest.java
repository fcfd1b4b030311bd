package org.cabstand.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cabstand.Pool;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an application in an EAR has its classes and its configuration. */
class ApplicationLoaderTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    private URLClassLoader war;

    @BeforeEach
    void packageAWar(@TempDir Path classes) throws IOException {
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(
                classes.resolve("META-INF/microprofile-config.properties"),
                "other=1\ncabstand.pool.orders.url=jdbc:h2:mem:orders\n");
        war = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
    }

    @AfterEach
    void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        war.close();
    }

    private static Config config(String... properties) {
        return new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(
                                properties.length == 0
                                        ? Map.of()
                                        : Map.of(properties[0], properties[1]),
                                "test",
                                100))
                .build();
    }

    private String fault(Config config) {
        return ApplicationLoader.configuredElsewhere(config, List.of(war), "cabstand.", false);
    }

    @Test
    void aFileThatConfigDoesNotReadIsAFault() {
        assertThat(fault(config()))
                .startsWith("CAB0026: 'cabstand.pool.orders.url' is set in file:")
                .contains("microprofile-config.properties");
    }

    @Test
    void aKeyThatConfigHasIsNone() {
        assertThat(fault(config("cabstand.pool.orders.url", "of another source"))).isNull();
    }

    @Test
    void anApplicationMayHaveAConfigThatReadsNoFile() {
        Thread.currentThread().setContextClassLoader(war);
        assertThat(fault(config())).isNull();
    }

    @Test
    void whereSomethingIsMissingThatFileIsWhereItStands() {
        Thread.currentThread().setContextClassLoader(war);
        assertThat(ApplicationLoader.configuredElsewhere(config(), List.of(war), "cabstand.", true))
                .startsWith("CAB0026: 'cabstand.pool.orders.url' is set in file:");
    }

    @Test
    void theContextLoaderIsTheApplicationsWhereItSeesTheJar() {
        Thread.currentThread().setContextClassLoader(before);
        assertThat(ApplicationLoader.find()).isSameAs(before);
    }

    @Test
    void aContextLoaderThatDoesNotSeeTheJarIsAnEars() {
        Thread.currentThread().setContextClassLoader(war);
        assertThat(ApplicationLoader.find()).isSameAs(Pool.class.getClassLoader());
        Thread.currentThread().setContextClassLoader(null);
        assertThat(ApplicationLoader.find()).isSameAs(Pool.class.getClassLoader());
    }

    @Test
    void aClassThatSeesNoneOfOursIsOfAnotherApplication() {
        Object other =
                Proxy.newProxyInstance(war, new Class<?>[] {Runnable.class}, (p, m, a) -> null);
        assertThat(ApplicationLoader.seesOurs(other.getClass())).isFalse();
        assertThat(ApplicationLoader.seesOurs(ApplicationLoaderTest.class)).isTrue();
        assertThat(ApplicationLoader.seesOurs(String.class)).as("of none").isTrue();
    }
}
