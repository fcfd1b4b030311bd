package org.cabstand.internal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.Message;

/**
 * The settings that may change while a pool runs, if its config source changes.
 *
 * <p>Thread safety: immutable.
 *
 * @param minSize how many connections are kept open
 * @param maxSize how many connections may be open
 * @param acquisitionTimeout longest wait for a connection; zero waits for ever
 */
public record PoolLimits(int minSize, int maxSize, Duration acquisitionTimeout) {

    /**
     * The current configuration.
     *
     * @param limits valid only if there are no faults
     * @param faults the faults, as users see them; empty if there are none
     */
    public record Reading(PoolLimits limits, List<String> faults) {}

    /**
     * Checks them as the configuration would.
     *
     * @param settings the pool's settings
     * @return the faults, as users see them; empty if there are none
     */
    public List<String> faults(PoolSettings settings) {
        List<String> faults = new ArrayList<>();
        check(settings.keyOf(Key.MAX_SIZE), maxSize, 1, faults);
        check(settings.keyOf(Key.MIN_SIZE), minSize, 0, faults);
        if (minSize > maxSize) {
            faults.add(
                    Message.SIZES_CONTRADICT.format(
                            settings.keyOf(Key.MIN_SIZE),
                            minSize,
                            settings.keyOf(Key.MAX_SIZE),
                            maxSize));
        }
        if (!acquisitionTimeout.isZero()
                && (acquisitionTimeout.compareTo(PoolValues.SHORTEST) < 0
                        || acquisitionTimeout.compareTo(Duration.ofDays(PoolValues.LONGEST_DAYS))
                                > 0)) {
            faults.add(
                    Message.OUT_OF_RANGE.format(
                            settings.keyOf(Key.ACQUISITION_TIMEOUT),
                            acquisitionTimeout,
                            "0s, or from 1ms to " + PoolValues.LONGEST_DAYS + "d"));
        }
        return faults;
    }

    private static void check(String key, int value, int least, List<String> faults) {
        if (value < least || value > PoolValues.LARGEST) {
            faults.add(
                    Message.OUT_OF_RANGE.format(
                            key, value, "from " + least + " to " + PoolValues.LARGEST));
        }
    }

    /**
     * Reads the limits again.
     *
     * @param values the properties
     * @param settings the pool's settings; its URL decides on presets
     * @return limits and faults
     */
    public static Reading read(ConfigValues values, PoolSettings settings) {
        SettingsReader reader = SettingsReader.again(values, settings);
        PoolLimits limits = reader.limits();
        return new Reading(limits, List.copyOf(reader.faults()));
    }
}
