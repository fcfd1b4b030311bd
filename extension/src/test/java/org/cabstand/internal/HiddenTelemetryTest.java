package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.inject.spi.BeanManager;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.cabstand.internal.deployment.OptionalApi;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that has MicroProfile Telemetry, and an application that cannot see its API. */
class HiddenTelemetryTest {

    private final List<String> logged = new ArrayList<>();

    /** Open Liberty with mpTelemetry-2.0, in small. */
    private static final class WithoutOpenTelemetry extends URLClassLoader {

        WithoutOpenTelemetry(URL classes) {
            super(new URL[] {classes}, HiddenTelemetryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.opentelemetry.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known == null && name.startsWith("org.cabstand.internal.")) {
                    known = findClass(name);
                }
                return known == null ? super.loadClass(name, resolve) : known;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false,true", "true,false", ",false"})
    void isSaidIfTelemetryIsSwitchedOn(String disabled, boolean said) throws Exception {
        Map<String, String> properties =
                disabled == null ? Map.of() : Map.of("otel.sdk.disabled", disabled);
        Config config =
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build();
        Logger logger = Logger.getLogger("org.cabstand");
        Handler handler = handler();
        logger.addHandler(handler);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ConfigProviderResolver.instance().registerConfig(config, context);
        try (var loader =
                new WithoutOpenTelemetry(
                        OptionalApi.class.getProtectionDomain().getCodeSource().getLocation())) {
            loader.loadClass(OptionalApi.class.getName())
                    .getMethod("exports", BeanManager.class, Collection.class)
                    .invoke(null, null, List.of());
        } finally {
            ConfigProviderResolver.instance().releaseConfig(config);
            logger.removeHandler(handler);
        }
        assertThat(logged.stream().anyMatch(text -> text.startsWith("CAB0025"))).isEqualTo(said);
    }

    private Handler handler() {
        return new Handler() {
            @Override
            public void publish(LogRecord log) {
                logged.add(log.getMessage());
            }

            @Override
            public void flush() {
                // nothing is kept
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
