package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Properties and environment variables, as a configuration that is read. */
final class ConfigurationTexts {

    static final String URL = "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1";

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    final PoolRequirements needs = new PoolRequirements();

    ConfigurationTexts property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    ConfigurationTexts without(String name) {
        properties.remove(name);
        return this;
    }

    /** Of the pool {@code orders}, which has a URL. */
    ConfigurationTexts orders(String key, String value) {
        properties.putIfAbsent("cabstand.pool.orders.url", URL);
        return property("cabstand.pool.orders." + key, value);
    }

    ConfigurationTexts variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ConfigValues values() {
        return new ConfigValues(
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(
                                new PropertiesConfigSource(properties, "test", 100),
                                new EnvConfigSource(environment, 300))
                        .build(),
                environment.keySet());
    }

    ConfigReader.Result read() {
        return new ConfigReader(values(), needs).read();
    }

    List<String> faults() {
        return read().faults();
    }

    /** The only pool, of a configuration without faults. */
    PoolSettings only() {
        ConfigReader.Result result = read();
        assertThat(result.faults()).isEmpty();
        assertThat(result.pools()).hasSize(1);
        return result.pools().get(0);
    }
}
