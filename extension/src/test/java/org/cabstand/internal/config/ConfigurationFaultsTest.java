package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cabstand.internal.config.ConfigurationTexts.URL;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid configurations, and the reports about faulty ones. */
class ConfigurationFaultsTest {

    private final ConfigurationTexts texts = new ConfigurationTexts();

    @Test
    void theConsolesKeysAreKnownAndCheckedToo() {
        texts.orders("max-size", "3");
        texts.property("cabstand.console.enabled", "true");
        texts.property("cabstand.console.role", "operator");
        assertThat(texts.faults()).isEmpty();

        texts.property("cabstand.console.enabled", "yes");
        texts.property("cabstand.console.roles", "operator");
        assertThat(texts.faults())
                .containsExactly(
                        "CAB0007: 'cabstand.console.roles' is an unknown key. Remove it or correct its"
                                + " name. Did you mean 'cabstand.console.role'?",
                        "CAB0004: 'cabstand.console.enabled' is 'yes'. Write true or false.");
    }

    @Test
    void aUrlThatCannotBeReadIsNotAlsoMissing() {
        texts.property("cabstand.defaults.url", "${ORDERS_URL}");
        texts.property("cabstand.pool.orders.max-size", "3");
        assertThat(texts.faults()).singleElement().asString().contains("nothing sets ORDERS_URL");
    }

    @Test
    void aUrlIsAllThatAPoolNeeds() {
        texts.property("cabstand.pool.orders.url", URL);
        PoolSettings settings = texts.only();
        assertThat(settings.name()).isEqualTo("orders");
        assertThat(settings.limits().minSize()).isZero();
        assertThat(settings.limits().maxSize()).isEqualTo(10);
        assertThat(settings.initialSize()).isZero();
        assertThat(settings.limits().acquisitionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.maxWaiting()).isZero();
        assertThat(settings.timeouts().login()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.timeouts().network()).isNull();
        assertThat(settings.lifetime().max()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.lifetime().idle()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.validation().afterIdle()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.validation().interval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.validation().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.session().autoCommit()).isTrue();
        assertThat(settings.session().readOnly()).isFalse();
        assertThat(settings.session().reset()).isEqualTo(Reset.STANDARD);
        assertThat(settings.timeouts().drain()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.timeouts().leak()).isNull();
        assertThat(settings.transactions()).isEqualTo(Transactions.AUTO);
        assertThat(settings.health().enabled()).isTrue();
        assertThat(settings.health().timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.active()).isTrue();
    }

    @Test
    void everyKeyOfTheTableIsKnown() {
        for (Key key : Key.values()) {
            String value =
                    key.defaultValue() != null
                            ? key.defaultValue()
                            : key == Key.INITIAL_SIZE
                                    ? "1"
                                    : key == Key.ISOLATION ? "serializable" : "some";
            texts.orders(key.key(), value);
        }
        assertThat(texts.faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5s,PT5S", "500ms,PT0.5S", "2m,PT2M", "1h,PT1H", "PT7S,PT7S"})
    void durationsHaveUnits(String text, Duration expected) {
        texts.orders("login-timeout", text);
        assertThat(texts.only().timeouts().login()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-size | ten | CAB0002 | 'ten'",
                "max-size | 0 | CAB0006 | from 1 to",
                "max-size | 99999999999 | CAB0002 | '99999999999'",
                "min-size | -1 | CAB0006 | from 0 to",
                "acquisition-timeout | 5 | CAB0003 | with its unit",
                "acquisition-timeout | 5 parsecs | CAB0003 | '5 parsecs'",
                "acquisition-timeout | off | CAB0003 | 'off'",
                "login-timeout | 0s | CAB0006 | from 1ms to",
                "leak-timeout | soon | CAB0003 | or off",
                "idle-timeout | -5s | CAB0003 | '-5s'",
                "auto-commit | yes | CAB0004 | true or false",
                "isolation | read-comitted | CAB0005 | Did you mean 'read-committed'?",
                "reset | none | CAB0005 | standard, full",
                "transactions | always | CAB0005 | auto, off, required, xa",
                "max-sice | 3 | CAB0007 | Did you mean 'max-size'?",
                "pool-size | 3 | CAB0007 | cabstand.pool.orders.pool-size",
                "properties. | 3 | CAB0007 | cabstand.pool.orders.properties.",
            })
    void aFaultNamesKeyValueAndFix(String key, String value, String code, String text) {
        texts.orders(key, value);
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith(code + ": ")
                .contains("'cabstand.pool.orders." + key + "'")
                .contains(text);
    }

    @Test
    void allFaultsComeInOneReport() {
        texts.orders("max-size", "many");
        texts.orders("login-timeout", "1");
        texts.orders("colour", "red");
        texts.needs.pool("customers", "com.acme.Customers.db");
        assertThat(texts.faults())
                .hasSize(4)
                .anySatisfy(f -> assertThat(f).startsWith("CAB0002"))
                .anySatisfy(f -> assertThat(f).startsWith("CAB0003"))
                .anySatisfy(f -> assertThat(f).startsWith("CAB0007"))
                .anySatisfy(
                        f ->
                                assertThat(f)
                                        .isEqualTo(
                                                "CAB0012: pool 'customers' has no JDBC URL (needed by"
                                                        + " com.acme.Customers.db). Set"
                                                        + " 'cabstand.pool.customers.url', or add"
                                                        + " cabstand-dev, which starts a database under"
                                                        + " the profiles dev and test."));
    }

    @Test
    void aMisspeltPoolIsSaidToBeNearAnother() {
        texts.property("cabstand.pool.orders.url", URL);
        texts.needs.pool("oders", "com.acme.Orders.db");
        assertThat(texts.faults()).singleElement().asString().contains("Did you mean 'orders'?");
    }

    @Test
    void aFaultInTheDefaultsNamesTheDefaultsKey() {
        texts.property("cabstand.pool.orders.url", URL);
        texts.property("cabstand.defaults.max-size", "x");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .contains("'cabstand.defaults.max-size'");
    }

    @Test
    void defaultsHoldForAllPoolsAndThePoolsOwnValueWins() {
        texts.property("cabstand.defaults.max-size", "3");
        texts.property("cabstand.pool.a.url", URL);
        texts.property("cabstand.pool.b.url", URL);
        texts.property("cabstand.pool.b.max-size", "4");
        assertThat(texts.read().pools())
                .extracting(pool -> pool.limits().maxSize())
                .containsExactly(3, 4);
    }

    @Test
    void aMisspeltRootIsNoticed() {
        texts.property("cabstand.pools.orders.url", URL);
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0007")
                .contains("Did you mean 'cabstand.pool.'?");
    }

    @Test
    void minAboveMaxNamesBothKeys() {
        texts.orders("min-size", "11");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0016")
                .contains(
                        "cabstand.pool.orders.min-size",
                        "11",
                        "cabstand.pool.orders.max-size",
                        "10");
    }

    @Test
    void aSizeIsNotComparedWithOneThatCannotBeRead() {
        texts.orders("min-size", "2");
        texts.orders("max-size", "lots");
        assertThat(texts.faults()).singleElement().asString().startsWith("CAB0002");
    }

    @Test
    void anExpressionWithoutAValueIsAFault() {
        texts.orders("password", "${NOT_SET_ANYWHERE}");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0018")
                .contains("cabstand.pool.orders.password");
    }

    @Test
    void noValueOfASecretIsShown() {
        texts.orders("password", "marker-secret");
        texts.orders("properties.sslpassword", "marker-secret");
        texts.orders("max-sice", "1");
        texts.property(
                "cabstand.pool.orders.url",
                "jdbc:postgresql://app:marker-secret@db/x?password=marker-secret");
        ConfigReader.Result result = texts.read();
        assertThat(result.faults()).hasSize(1).noneMatch(f -> f.contains("marker-secret"));
        texts.without("cabstand.pool.orders.max-sice");
        assertThat(texts.only().toString())
                .doesNotContain("marker-secret")
                .contains("jdbc:postgresql:");
    }

    @Test
    void anInactivePoolNeedsNoUrl() {
        texts.property("cabstand.pool.orders.active", "false");
        assertThat(texts.only().active()).isFalse();
    }

    @Test
    void badPoolNamesAreRefused() {
        texts.needs.pool("my pool", "com.acme.Orders.db");
        assertThat(texts.faults())
                .anySatisfy(
                        f -> assertThat(f).startsWith("CAB0008").contains("com.acme.Orders.db"));
    }

    @Test
    void poolsWithHealthAreTheActiveOnesThatWantIt() {
        texts.property("cabstand.pool.a.url", URL);
        texts.property("cabstand.pool.b.url", URL);
        texts.property("cabstand.pool.b.health.enabled", "false");
        texts.property("cabstand.pool.c.url", URL);
        texts.property("cabstand.pool.c.active", "false");
        assertThat(new ConfigReader(texts.values(), texts.needs).poolsWithHealth())
                .containsExactly("a");
    }
}
