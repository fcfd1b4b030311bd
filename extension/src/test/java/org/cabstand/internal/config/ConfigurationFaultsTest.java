package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Valid configurations, and the reports about faulty ones. */
class ConfigurationFaultsTest {

    private static final String URL = "jdbc:h2:mem:x;DB_CLOSE_DELAY=-1";

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final PoolRequirements needs = new PoolRequirements();

    private ConfigReader.Result read() {
        var config =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(
                                new PropertiesConfigSource(properties, "test", 100),
                                new EnvConfigSource(environment, 300))
                        .build();
        return new ConfigReader(new ConfigValues(config, environment.keySet()), needs).read();
    }

    private List<String> faults() {
        return read().faults();
    }

    private PoolSettings only() {
        ConfigReader.Result result = read();
        assertThat(result.faults()).isEmpty();
        assertThat(result.pools()).hasSize(1);
        return result.pools().get(0);
    }

    private void orders(String key, String value) {
        properties.put("cabstand.pool.orders.url", URL);
        properties.put("cabstand.pool.orders." + key, value);
    }

    @Test
    void theConsolesKeysAreKnownAndCheckedToo() {
        orders("max-size", "3");
        properties.put("cabstand.console.enabled", "true");
        properties.put("cabstand.console.role", "operator");
        assertThat(faults()).isEmpty();

        properties.put("cabstand.console.enabled", "yes");
        properties.put("cabstand.console.roles", "operator");
        assertThat(faults())
                .containsExactly(
                        "CAB0007: 'cabstand.console.roles' is an unknown key. Remove it or correct its"
                                + " name. Did you mean 'cabstand.console.role'?",
                        "CAB0004: 'cabstand.console.enabled' is 'yes'. Write true or false.");
    }

    @Test
    void aUrlThatCannotBeReadIsNotAlsoMissing() {
        properties.put("cabstand.defaults.url", "${ORDERS_URL}");
        properties.put("cabstand.pool.orders.max-size", "3");
        assertThat(faults()).singleElement().asString().contains("nothing sets ORDERS_URL");
    }

    @Test
    void aUrlIsAllThatAPoolNeeds() {
        properties.put("cabstand.pool.orders.url", URL);
        PoolSettings settings = only();
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
            orders(key.key(), value);
        }
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5s,PT5S", "500ms,PT0.5S", "2m,PT2M", "1h,PT1H", "PT7S,PT7S"})
    void durationsHaveUnits(String text, Duration expected) {
        orders("login-timeout", text);
        assertThat(only().timeouts().login()).isEqualTo(expected);
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
        orders(key, value);
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith(code + ": ")
                .contains("'cabstand.pool.orders." + key + "'")
                .contains(text);
    }

    @Test
    void allFaultsComeInOneReport() {
        orders("max-size", "many");
        orders("login-timeout", "1");
        orders("colour", "red");
        needs.pool("customers", "com.acme.Customers.db");
        assertThat(faults())
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
        properties.put("cabstand.pool.orders.url", URL);
        needs.pool("oders", "com.acme.Orders.db");
        assertThat(faults()).singleElement().asString().contains("Did you mean 'orders'?");
    }

    @Test
    void aFaultInTheDefaultsNamesTheDefaultsKey() {
        properties.put("cabstand.pool.orders.url", URL);
        properties.put("cabstand.defaults.max-size", "x");
        assertThat(faults()).singleElement().asString().contains("'cabstand.defaults.max-size'");
    }

    @Test
    void defaultsHoldForAllPoolsAndThePoolsOwnValueWins() {
        properties.put("cabstand.defaults.max-size", "3");
        properties.put("cabstand.pool.a.url", URL);
        properties.put("cabstand.pool.b.url", URL);
        properties.put("cabstand.pool.b.max-size", "4");
        assertThat(read().pools())
                .extracting(pool -> pool.limits().maxSize())
                .containsExactly(3, 4);
    }

    @Test
    void aMisspeltRootIsNoticed() {
        properties.put("cabstand.pools.orders.url", URL);
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("CAB0007")
                .contains("Did you mean 'cabstand.pool.'?");
    }

    @Test
    void minAboveMaxNamesBothKeys() {
        orders("min-size", "11");
        assertThat(faults())
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
        orders("min-size", "2");
        orders("max-size", "lots");
        assertThat(faults()).singleElement().asString().startsWith("CAB0002");
    }

    @Test
    void anExpressionWithoutAValueIsAFault() {
        orders("password", "${NOT_SET_ANYWHERE}");
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("CAB0018")
                .contains("cabstand.pool.orders.password");
    }

    @Test
    void noValueOfASecretIsShown() {
        orders("password", "marker-secret");
        orders("properties.sslpassword", "marker-secret");
        orders("max-sice", "1");
        properties.put(
                "cabstand.pool.orders.url",
                "jdbc:postgresql://app:marker-secret@db/x?password=marker-secret");
        ConfigReader.Result result = read();
        assertThat(result.faults()).hasSize(1).noneMatch(f -> f.contains("marker-secret"));
        properties.remove("cabstand.pool.orders.max-sice");
        assertThat(only().toString()).doesNotContain("marker-secret").contains("jdbc:postgresql:");
    }

    @Test
    void anInactivePoolNeedsNoUrl() {
        properties.put("cabstand.pool.orders.active", "false");
        assertThat(only().active()).isFalse();
    }

    @Test
    void badPoolNamesAreRefused() {
        needs.pool("my pool", "com.acme.Orders.db");
        assertThat(faults())
                .anySatisfy(
                        f -> assertThat(f).startsWith("CAB0008").contains("com.acme.Orders.db"));
    }

    // the default pool

    @Test
    void theOnlyPoolIsTheDefault() {
        properties.put("cabstand.pool.orders.url", URL);
        assertThat(read().defaultPool()).isEqualTo("orders");
    }

    @Test
    void thePoolNamedDefaultIsTheDefault() {
        properties.put("cabstand.pool.orders.url", URL);
        properties.put("cabstand.pool.default.url", URL);
        assertThat(read().defaultPool()).isEqualTo("default");
    }

    @Test
    void theConfiguredDefaultWins() {
        properties.put("cabstand.pool.orders.url", URL);
        properties.put("cabstand.pool.default.url", URL);
        properties.put("cabstand.default-pool", "orders");
        assertThat(read().defaultPool()).isEqualTo("orders");
    }

    @Test
    void twoCandidatesForANeededDefaultAreAFault() {
        properties.put("cabstand.pool.a.url", URL);
        properties.put("cabstand.pool.b.url", URL);
        assertThat(faults()).isEmpty();
        needs.defaultPool("com.acme.Orders.db");
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("CAB0010")
                .contains("com.acme.Orders.db", "a, b", "cabstand.default-pool");
    }

    @Test
    void aDefaultThatIsNoPoolIsAFault() {
        properties.put("cabstand.pool.orders.url", URL);
        properties.put("cabstand.default-pool", "oders");
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("CAB0011")
                .contains("Did you mean 'orders'?");
    }

    @Test
    void aNeededDefaultWithoutAnyPoolIsAFault() {
        needs.defaultPool("com.acme.Orders.db");
        assertThat(faults()).singleElement().asString().startsWith("CAB0019");
    }

    // environment variables

    @Test
    void aVariableAloneDeclaresAPool() {
        environment.put("CABSTAND_POOL_MY_DB_URL", URL);
        environment.put("CABSTAND_POOL_MY_DB_MAX_SIZE", "7");
        environment.put("CABSTAND_POOL_MY_DB_HEALTH_ENABLED", "false");
        PoolSettings settings = only();
        assertThat(settings.name()).isEqualTo("my-db");
        assertThat(settings.url()).isEqualTo(URL);
        assertThat(settings.limits().maxSize()).isEqualTo(7);
        assertThat(settings.health().enabled()).isFalse();
    }

    @Test
    void aVariableBelongsToThePoolThatIsDeclaredElsewhere() {
        needs.pool("My_db", "com.acme.Orders.db");
        environment.put("CABSTAND_POOL_MY_DB_URL", URL);
        assertThat(only().name()).isEqualTo("My_db");
    }

    @Test
    void aVariableOverridesTheProperty() {
        orders("max-size", "3");
        environment.put("CABSTAND_POOL_ORDERS_MAX_SIZE", "4");
        assertThat(only().limits().maxSize()).isEqualTo(4);
    }

    @Test
    void namesThatConfigDerivesFromVariablesAreNoFaults() {
        environment.put("CABSTAND_POOL_MY_DB_URL", URL);
        environment.put("CABSTAND_POOL_MY_DB_MAX_SIZE", "7");
        properties.put("cabstand.pool.my.db.url", URL);
        properties.put("cabstand.pool.my.db.max.size", "7");
        assertThat(only().name()).isEqualTo("my-db");
    }

    @Test
    void aVariableThatNoPoolKnowsIsAFault() {
        environment.put("CABSTAND_POOL_ORDERS_URL", URL);
        environment.put("CABSTAND_POOL_ORDERS_MAXSIZE", "7");
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("CAB0007")
                .contains("'CABSTAND_POOL_ORDERS_MAXSIZE'")
                .contains("Did you mean 'CABSTAND_POOL_ORDERS_MAX_SIZE'?");
    }

    @Test
    void variablesOfAServiceNamedCabstandAreNoFaults() {
        environment.put("CABSTAND_SERVICE_HOST", "10.0.0.1");
        environment.put("CABSTAND_PORT_8080_TCP", "tcp://10.0.0.1:8080");
        assertThat(faults()).isEmpty();
    }

    @Test
    void poolsWithTheSameVariablesAreAFault() {
        properties.put("cabstand.pool.my-db.url", URL);
        properties.put("cabstand.pool.my_db.url", URL);
        assertThat(faults())
                .singleElement()
                .asString()
                .startsWith("CAB0009")
                .contains("my-db", "my_db", "CABSTAND_POOL_MY_DB_");
    }

    @Test
    void driverPropertiesComeFromAllPlaces() {
        properties.put("cabstand.defaults.properties.tcpKeepAlive", "true");
        orders("properties.sslmode", "require");
        environment.put("CABSTAND_POOL_ORDERS_PROPERTIES_SSLMODE", "disable");
        assertThat(only().properties())
                .isEqualTo(Map.of("tcpKeepAlive", "true", "sslmode", "disable"));
    }

    @Test
    void poolsWithHealthAreTheActiveOnesThatWantIt() {
        properties.put("cabstand.pool.a.url", URL);
        properties.put("cabstand.pool.b.url", URL);
        properties.put("cabstand.pool.b.health.enabled", "false");
        properties.put("cabstand.pool.c.url", URL);
        properties.put("cabstand.pool.c.active", "false");
        var config =
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build();
        assertThat(new ConfigReader(new ConfigValues(config, Set.of()), needs).poolsWithHealth())
                .containsExactly("a");
    }
}
