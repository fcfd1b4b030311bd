package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers and durations that some arithmetic, ours or a driver's, cannot hold. */
class RangesTest {

    private final ConfigurationTexts texts = new ConfigurationTexts();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-size | 2147483647 | from 1 to 1000000000",
                "max-waiting | 2147483647 | from 0 to 1000000000",
                "max-waiting | 2147483640 | from 0 to 1000000000",
                "network-timeout | 30d | from 1ms to 24d, or off",
                "network-timeout | PT600H | from 1ms to 24d, or off",
                "network-timeout | PT0.0001S | from 1ms to 24d, or off",
                "login-timeout | 30d | from 1ms to 24d",
                "login-timeout | PT0.000000001S | from 1ms to 24d",
                "validation-timeout | 25d | from 1ms to 24d",
                "validation-timeout | PT0.0001S | from 1ms to 24d",
                "health.timeout | 366d | from 1ms to 365d",
                "health.timeout | 0s | from 1ms to 365d",
                "drain-timeout | 300000000000d | 0s, or from 1ms to 365d",
                "acquisition-timeout | PT2562047788015215H | 0s, or from 1ms to 365d",
                "acquisition-timeout | PT0.0000001S | 0s, or from 1ms to 365d",
                "validate-after-idle | 999999999999h | 0s, or from 1ms to 365d, or off",
                "max-lifetime | P106751991167300D | from 1ms to 365d, or off",
                "idle-timeout | PT0.0001S | from 1ms to 365d, or off",
                "validation-interval | 400d | from 1ms to 365d, or off",
                "leak-timeout | PT8761H | from 1ms to 365d, or off"
            })
    void whatIsTooLargeOrTooSmallIsAFaultWithTheRange(String key, String value, String range) {
        texts.orders(key, value);
        assertThat(texts.faults())
                .singleElement()
                .asString()
                .isEqualTo(
                        "CAB0006: 'cabstand.pool.orders.%s' is '%s'. It must be %s."
                                .formatted(key, value, range));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idle-timeout | PT99999999999999999999S",
                "idle-timeout | P-1D",
                "idle-timeout | 9999999999999ms",
                "idle-timeout | P",
            })
    void whatIsNoDurationIsAFault(String key, String value) {
        texts.orders(key, value);
        assertThat(texts.faults()).singleElement().asString().startsWith("CAB0003: ");
    }

    @ParameterizedTest
    @CsvSource({
        "max-size,1000000000",
        "max-waiting,1000000000",
        "network-timeout,24d",
        "login-timeout,24d",
        "validation-timeout,24d",
        "health.timeout,365d",
        "acquisition-timeout,365d",
        "validate-after-idle,0s"
    })
    void theEndsOfTheRangesAreNoFaults(String key, String value) {
        texts.orders(key, value);
        assertThat(texts.faults()).isEmpty();
    }
}
