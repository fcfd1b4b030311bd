package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cabstand.internal.config.ConfigurationTexts.URL;

import org.junit.jupiter.api.Test;

/** Which pool is the default one. */
class DefaultPoolTest {

    private final ConfigurationTexts texts = new ConfigurationTexts();

    @Test
    void theOnlyPoolIsTheDefault() {
        texts.property("cabstand.pool.orders.url", URL);
        assertThat(texts.read().defaultPool()).isEqualTo("orders");
    }

    @Test
    void thePoolNamedDefaultIsTheDefault() {
        texts.property("cabstand.pool.orders.url", URL);
        texts.property("cabstand.pool.default.url", URL);
        assertThat(texts.read().defaultPool()).isEqualTo("default");
    }

    @Test
    void theConfiguredDefaultWins() {
        texts.property("cabstand.pool.orders.url", URL);
        texts.property("cabstand.pool.default.url", URL);
        texts.property("cabstand.default-pool", "orders");
        assertThat(texts.read().defaultPool()).isEqualTo("orders");
    }

    @Test
    void twoCandidatesForANeededDefaultAreAFault() {
        texts.property("cabstand.pool.a.url", URL);
        texts.property("cabstand.pool.b.url", URL);
        assertThat(texts.faults()).isEmpty();
        texts.needs.defaultPool("com.acme.Orders.db");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0010")
                .contains("com.acme.Orders.db", "a, b", "cabstand.default-pool");
    }

    @Test
    void aDefaultThatIsNoPoolIsAFault() {
        texts.property("cabstand.pool.orders.url", URL);
        texts.property("cabstand.default-pool", "oders");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0011")
                .contains("Did you mean 'orders'?");
    }

    @Test
    void aNeededDefaultWithoutAnyPoolIsAFault() {
        texts.needs.defaultPool("com.acme.Orders.db");
        assertThat(texts.faults()).singleElement().asString().startsWith("CAB0019");
    }

    /** Property files keep them at the end of a line, where nobody sees them. */
    @Test
    void spacesAroundWordsAreNoPartOfThem() {
        texts.orders("url", " " + ConfigurationTexts.URL + " \t")
                .orders("driver", "org.h2.Driver ")
                .orders("health.enabled", "false ")
                .property("cabstand.pool.b.url", ConfigurationTexts.URL)
                .property("cabstand.pool.b.active", " false")
                .property("cabstand.default-pool", "orders ");
        ConfigReader.Result result = texts.read();
        assertThat(result.faults()).isEmpty();
        assertThat(result.defaultPool()).isEqualTo("orders");
        PoolSettings orders = result.pools().get(1);
        assertThat(orders.url()).isEqualTo(ConfigurationTexts.URL);
        assertThat(orders.driver()).isEqualTo("org.h2.Driver");
        assertThat(new ConfigReader(texts.values(), texts.needs).poolsWithHealth()).isEmpty();
    }
}
