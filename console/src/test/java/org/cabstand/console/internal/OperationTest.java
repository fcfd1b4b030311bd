package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {

    @ParameterizedTest
    @EnumSource
    void eachIsFoundByItsWord(Operation operation) {
        assertThat(Operation.named(operation.word())).contains(operation);
        assertThat(operation.word()).matches("[a-z-]+");
    }

    @Test
    void nothingElseIs() {
        assertThat(Operation.named(null)).isEmpty();
        assertThat(Operation.named("EVICT_ALL")).isEmpty();
    }

    @Test
    void countsReadAsPeopleSpeak() {
        assertThat(Operation.EVICT_IDLE.outcome(1)).isEqualTo("1 idle connection is being closed");
        assertThat(Operation.EVICT_IDLE.outcome(0))
                .isEqualTo("0 idle connections are being closed");
        assertThat(Operation.EVICT_ALL.outcome(1))
                .isEqualTo("1 connection is replaced, those in use when they come back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "ten", "99999999999"})
    void whatIsNoNumberIsRefusedBeforeAPoolIsAsked(String number) {
        Call call =
                new Call()
                        .field("min-size", number)
                        .field("max-size", "3")
                        .field("acquisition-timeout", "5s");

        assertThatThrownBy(() -> Operation.LIMITS.run(null, call.request()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("min-size");
    }

    @Test
    void whatIsNoDurationIsRefused() {
        Call call =
                new Call()
                        .field("min-size", "0")
                        .field("max-size", "3")
                        .field("acquisition-timeout", "soon");

        assertThatThrownBy(() -> Operation.LIMITS.run(null, call.request()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acquisition-timeout is 'soon'");
    }

    @Test
    void durationsAreWrittenAsTheyAreRead() {
        assertThat(Operation.text(Duration.ofSeconds(5))).isEqualTo("5s");
        assertThat(Operation.text(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(Operation.text(Duration.ZERO)).isEqualTo("0s");
    }
}
