package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleSettingsTest {

    private static ConsoleSettings read(Map<String, String> properties) {
        return ConsoleSettings.read(
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(properties, "test", 100))
                        .build());
    }

    @Test
    void whatNobodyHasSwitchedOnIsOff() {
        assertThat(read(Map.of())).isEqualTo(new ConsoleSettings(false, null, false));
        assertThat(read(Map.of("cabstand.console.enabled", "yes")).enabled()).isFalse();
        assertThat(read(Map.of("cabstand.console.role", "operator")).enabled()).isFalse();
    }

    @Test
    void aRoleIsAWordAndNoBlank() {
        assertThat(
                        read(
                                Map.of(
                                        "cabstand.console.enabled",
                                        "true",
                                        "cabstand.console.role",
                                        " operator ")))
                .isEqualTo(new ConsoleSettings(true, "operator", false));
        assertThat(read(Map.of("cabstand.console.role", " ")).role()).isNull();
    }

    @Test
    void developmentIsOneOfTheProfiles() {
        assertThat(read(Map.of("mp.config.profile", "dev")).development()).isTrue();
        assertThat(read(Map.of("mp.config.profile", "local, test")).development()).isTrue();
        assertThat(read(Map.of("mp.config.profile", "prod")).development()).isFalse();
        assertThat(read(Map.of("mp.config.profile", "developer")).development()).isFalse();
    }
}
