package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cabstand.internal.config.ConfigurationTexts.URL;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Environment variables that declare pools and override properties, and those that no pool knows.
 */
class EnvironmentVariablesTest {

    private final ConfigurationTexts texts = new ConfigurationTexts();

    @Test
    void aVariableAloneDeclaresAPool() {
        texts.variable("CABSTAND_POOL_MY_DB_URL", URL);
        texts.variable("CABSTAND_POOL_MY_DB_MAX_SIZE", "7");
        texts.variable("CABSTAND_POOL_MY_DB_HEALTH_ENABLED", "false");
        PoolSettings settings = texts.only();
        assertThat(settings.name()).isEqualTo("my-db");
        assertThat(settings.url()).isEqualTo(URL);
        assertThat(settings.limits().maxSize()).isEqualTo(7);
        assertThat(settings.health().enabled()).isFalse();
    }

    @Test
    void aVariableBelongsToThePoolThatIsDeclaredElsewhere() {
        texts.needs.pool("My_db", "com.acme.Orders.db");
        texts.variable("CABSTAND_POOL_MY_DB_URL", URL);
        assertThat(texts.only().name()).isEqualTo("My_db");
    }

    @Test
    void aVariableOverridesTheProperty() {
        texts.orders("max-size", "3");
        texts.variable("CABSTAND_POOL_ORDERS_MAX_SIZE", "4");
        assertThat(texts.only().limits().maxSize()).isEqualTo(4);
    }

    @Test
    void namesThatConfigDerivesFromVariablesAreNoFaults() {
        texts.variable("CABSTAND_POOL_MY_DB_URL", URL);
        texts.variable("CABSTAND_POOL_MY_DB_MAX_SIZE", "7");
        texts.property("cabstand.pool.my.db.url", URL);
        texts.property("cabstand.pool.my.db.max.size", "7");
        assertThat(texts.only().name()).isEqualTo("my-db");
    }

    @Test
    void aVariableThatNoPoolKnowsIsAFault() {
        texts.variable("CABSTAND_POOL_ORDERS_URL", URL);
        texts.variable("CABSTAND_POOL_ORDERS_MAXSIZE", "7");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0007")
                .contains("'CABSTAND_POOL_ORDERS_MAXSIZE'")
                .contains("Did you mean 'CABSTAND_POOL_ORDERS_MAX_SIZE'?");
    }

    @Test
    void variablesOfAServiceNamedCabstandAreNoFaults() {
        texts.variable("CABSTAND_SERVICE_HOST", "10.0.0.1");
        texts.variable("CABSTAND_PORT_8080_TCP", "tcp://10.0.0.1:8080");
        assertThat(texts.faults()).isEmpty();
    }

    @Test
    void poolsWithTheSameVariablesAreAFault() {
        texts.property("cabstand.pool.my-db.url", URL);
        texts.property("cabstand.pool.my_db.url", URL);
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0009")
                .contains("my-db", "my_db", "CABSTAND_POOL_MY_DB_");
    }

    @Test
    void driverPropertiesComeFromAllPlaces() {
        texts.property("cabstand.defaults.properties.tcpKeepAlive", "true");
        texts.orders("properties.sslmode", "require");
        texts.variable("CABSTAND_POOL_ORDERS_PROPERTIES_SSLMODE", "disable");
        assertThat(texts.only().properties())
                .isEqualTo(Map.of("tcpKeepAlive", "true", "sslmode", "disable"));
    }
}
