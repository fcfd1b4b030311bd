package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Editors complete exactly the keys that exist. */
class KeysForEditorsTest {

    @Test
    void everyKeyIsThereWithItsDefault() {
        Map<String, String> expected = new TreeMap<>();
        for (Key key : Key.values()) {
            expected.put(key.of("{*}"), defaultOf(key));
            expected.put(key.ofDefaults(), defaultOf(key));
        }
        expected.put(Key.POOL_PREFIX + "{*}." + Key.PROPERTIES + "{*}", "");
        expected.put(Key.DEFAULTS_PREFIX + Key.PROPERTIES + "{*}", "");
        expected.put(Key.POOL_PREFIX + "{*}." + Key.JPA_PROPERTIES + "{*}", "");
        expected.put(Key.DEFAULTS_PREFIX + Key.JPA_PROPERTIES + "{*}", "");
        expected.put(Key.DEFAULT_POOL, "");
        expected.put(Key.CONSOLE_ENABLED, "false");
        expected.put(Key.CONSOLE_ROLE, "");

        Map<String, String> found = new TreeMap<>();
        for (Field field : KeysForEditors.class.getDeclaredFields()) {
            ConfigProperty property = field.getAnnotation(ConfigProperty.class);
            if (property != null) {
                String value = property.defaultValue();
                found.put(
                        property.name(),
                        value.equals(ConfigProperty.UNCONFIGURED_VALUE) ? "" : value);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    /** Of an enum they would offer the names of its constants, which are not our words. */
    @Test
    void everyTypeIsOneThatEditorsReadAsWeDo() {
        assertThat(KeysForEditors.class.getDeclaredFields())
                .filteredOn(field -> field.isAnnotationPresent(ConfigProperty.class))
                .allSatisfy(
                        field ->
                                assertThat(field.getType())
                                        .isIn(String.class, int.class, boolean.class));
    }

    private static String defaultOf(Key key) {
        return key.defaultValue() == null ? "" : key.defaultValue();
    }
}
