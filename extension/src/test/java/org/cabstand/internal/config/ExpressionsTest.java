package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that refer to others: {@code ${NAME}}, {@code ${NAME:default}}. */
class ExpressionsTest {

    private final ConfigurationTexts texts = new ConfigurationTexts();

    @ParameterizedTest
    @ValueSource(strings = {"${A:}", "${A:${B:}}", "${A:}${B:}", "${EMPTY}", "${EMPTY:}"})
    void anEmptyValueIsNoFault(String value) {
        texts.property("EMPTY", "");
        texts.orders("password", value).orders("username", "app");
        assertThat(texts.faults()).isEmpty();
        assertThat(texts.values().credentials("orders").password()).isNullOrEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "URL")
    void anEmptyValueOfAnyKeyIsAsIfItWereNotSet(Key key) {
        texts.orders(key.key(), "${NOT_SET:}");
        texts.property("cabstand.defaults." + key.key(), "${NOT_SET:}");
        assertThat(texts.faults()).isEmpty();
        assertThat(texts.read().pools()).hasSize(1);
    }

    @Test
    void anEmptyVariableAndDriverPropertyAreNoFault() {
        texts.orders("properties.sslpassword", "${NOT_SET:}");
        texts.variable("CABSTAND_POOL_ORDERS_PASSWORD", "${NOT_SET:}");
        assertThat(texts.faults()).isEmpty();
    }

    @Test
    void anEmptyUrlIsNone() {
        texts.orders("url", "${NOT_SET:}");
        assertThat(texts.faults()).singleElement().asString().startsWith("CAB0012");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password | ${ORDERS_PASSWORD} | ORDERS_PASSWORD",
                "username | ${A}-${B} | A and B",
                "url | jdbc:postgresql://${DB_HOST}:${DB_PORT:5432}/x | DB_HOST",
                "url | jdbc:postgresql://db/x?password=s3cret&user=${DB_USER} | DB_USER",
                "properties.sslpassword | ${KEY_PASSWORD} | KEY_PASSWORD",
                "max-size | ${A:${B:${C}}} | C",
                "max-size | ${A${B}} | B",
                "password | ${GIVEN} | HIDDEN_BEHIND",
                "password | $${A}${C} | C"
            })
    void aFaultNamesTheVariablesWithoutAValue(String key, String value, String names) {
        texts.property("GIVEN", "x${HIDDEN_BEHIND}y");
        texts.orders(key, value);
        assertThat(texts.faults())
                .anySatisfy(
                        fault ->
                                assertThat(fault)
                                        .startsWith("CAB0018: 'cabstand.pool.orders." + key + "'")
                                        .contains(" " + names + " ")
                                        .doesNotContain("s3cret"));
        assertThat(texts.faults()).hasSize(1);
    }

    @Test
    void aVariableNamesThemToo() {
        texts.orders("max-size", "3");
        texts.variable("CABSTAND_POOL_ORDERS_PASSWORD", "${ORDERS_PASSWORD}");
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .startsWith("CAB0018")
                .contains(" ORDERS_PASSWORD ");
    }

    @Test
    void theDefaultPoolAndTheDefaultsNameThemToo() {
        texts.orders("max-size", "3").property("cabstand.pool.b.url", ConfigurationTexts.URL);
        texts.property("cabstand.default-pool", "${WHICH}");
        texts.property("cabstand.defaults.min-size", "${HOW_MANY}");
        assertThat(texts.faults())
                .hasSize(2)
                .anyMatch(fault -> fault.contains(" WHICH "))
                .anyMatch(fault -> fault.contains(" HOW_MANY "));
    }

    /** Such a value cannot even be looked at; the report still has it and all the others. */
    @ParameterizedTest
    @ValueSource(strings = {"${vault::orders}", "${LOOP}"})
    void oneThatConfigCannotEvaluateIsInTheReportWithItsKey(String value) {
        texts.property("LOOP", "${LOOP}");
        texts.orders("password", value).orders("max-size", "many");
        assertThat(texts.faults())
                .hasSize(2)
                .anyMatch(fault -> fault.startsWith("CAB0018: 'cabstand.pool.orders.password'"))
                .anyMatch(fault -> fault.startsWith("CAB0002: 'cabstand.pool.orders.max-size'"));
    }

    @Test
    void whileThePoolRunsTheyAreNamedToo() {
        ConfigValues values = texts.orders("password", "${GONE}").values();
        assertThatThrownBy(() -> values.credentials("orders")).hasMessageContaining("GONE");
    }
}
