package org.cabstand.internal.config;

import java.time.Duration;
import java.util.List;

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
