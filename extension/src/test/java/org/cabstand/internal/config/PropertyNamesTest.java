package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cabstand.MapConfigSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pools there are, by the names of properties and variables. */
class PropertyNamesTest {

    private static final String URL = ConfigurationTexts.URL;

    private final ConfigurationTexts texts = new ConfigurationTexts();

    // a Config that outlives a container

    private static Config config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("dev")
                .withSources(new MapConfigSource(properties, ConfigSource.DEFAULT_ORDINAL))
                .build();
    }

    private static ConfigReader.Result read(Config config) {
        return new ConfigReader(new ConfigValues(config, Set.of()), new PoolRequirements()).read();
    }

    @Test
    void aSecondContainerSeesWhatTheConfigSaysThen() {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.first.url", URL);
        properties.put("cabstand.pool.first.max-sice", "1");
        Config config = config(properties);
        assertThat(read(config).faults()).hasSize(1);
        properties.clear();
        properties.put("cabstand.pool.second.url", URL);
        properties.put("%dev.cabstand.pool.third.url", URL);
        properties.put("%prod.cabstand.pool.fourth.url", URL);
        ConfigReader.Result second = read(config);
        assertThat(second.faults()).isEmpty();
        assertThat(second.pools())
                .extracting(PoolSettings::name)
                .containsExactly("second", "third");
    }

    // environment variables

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CABSTAND_POOL_X_PROPERTIES_SERVER_URL",
                "CABSTAND_POOL_X_PROPERTIES_URL",
                "CABSTAND_POOL_X_PROPERTIES_A_B_C_URL"
            })
    void aDriverPropertyDeclaresNoPool(String variable) {
        texts.property("cabstand.pool.x.url", URL).variable(variable, "ldap://directory");
        assertThat(texts.faults()).isEmpty();
        assertThat(texts.read().pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.name()).isEqualTo("x"))
                .satisfies(pool -> assertThat(pool.properties()).containsValue("ldap://directory"));
    }

    @Test
    void norDoesItWhenThePoolIsDeclaredByAVariable() {
        texts.variable("CABSTAND_POOL_X_URL", URL)
                .variable("CABSTAND_POOL_X_PROPERTIES_SERVER_URL", "a");
        assertThat(texts.faults()).isEmpty();
        assertThat(texts.read().pools()).extracting(PoolSettings::name).containsExactly("x");
    }

    @Test
    void norDoesItWithoutSuchAPool() {
        texts.variable("CABSTAND_POOL_X_PROPERTIES_SERVER_URL", "a");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .contains("CABSTAND_POOL_X_PROPERTIES_SERVER_URL");
    }

    @Test
    void aVariableBelongsToThePoolWithTheLongestName() {
        texts.property("cabstand.pool.x.url", URL);
        texts.property("cabstand.pool.x-properties.url", URL);
        texts.variable("CABSTAND_POOL_X_PROPERTIES_URL", "jdbc:h2:mem:y");
        ConfigReader.Result result = texts.read();
        assertThat(result.faults()).isEmpty();
        assertThat(result.pools())
                .extracting(PoolSettings::name, PoolSettings::url)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("x", URL),
                        org.assertj.core.groups.Tuple.tuple("x-properties", "jdbc:h2:mem:y"));
        assertThat(result.pools().get(0).properties()).isEmpty();
    }

    @Test
    void aPoolWithCapitalsIsNotDeclaredAgainByItsVariables() {
        texts.needs.pool("Orders", "com.acme.Orders.db");
        texts.variable("CABSTAND_POOL_ORDERS_URL", URL)
                .variable("CABSTAND_POOL_ORDERS_PROPERTIES_SSLMODE", "disable");
        assertThat(texts.faults()).isEmpty();
        assertThat(texts.read().pools()).extracting(PoolSettings::name).containsExactly("Orders");
    }

    // byte order mark

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\u00EF\u00BB\u00BF"})
    void aByteOrderMarkIsNoPartOfAKey(String mark) {
        texts.property(mark + "cabstand.pool.orders.url", URL);
        texts.property("cabstand.pool.orders.max-size", "3");
        ConfigReader.Result result = texts.read();
        assertThat(result.faults()).isEmpty();
        assertThat(result.pools()).extracting(PoolSettings::url).containsExactly(URL);
    }

    @Test
    void aMisspeltKeyAfterAByteOrderMarkIsAFault() {
        texts.orders("max-size", "3").property("\uFEFFcabstand.pool.orders.max-sice", "3");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0007: 'cabstand.pool.orders.max-sice'");
    }

    @Test
    void anOverridingVariableWinsOverAKeyAfterAByteOrderMark() {
        texts.orders("max-size", "3").property("\uFEFFcabstand.pool.orders.password", "file");
        texts.variable("CABSTAND_POOL_ORDERS_PASSWORD", "variable");
        assertThat(texts.values().credentials("orders").password()).isEqualTo("variable");
    }

    // defaults

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max-size=x",
                "max-size=0",
                "min-size=11",
                "initial-size=11",
                "login-timeout=5",
                "auto-commit=yes",
                "isolation=none",
                "password=${NOT_SET}",
                "properties.sslpassword=${NOT_SET}"
            })
    void aFaultInTheDefaultsIsReportedOnce(String fault) {
        texts.property("cabstand.pool.a.url", URL)
                .property("cabstand.pool.b.url", URL)
                .property("cabstand.pool.c.url", URL);
        String[] parts = fault.split("=", 2);
        texts.property("cabstand.defaults." + parts[0], parts[1]);
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .contains("'cabstand.defaults." + parts[0] + "'");
    }
}
