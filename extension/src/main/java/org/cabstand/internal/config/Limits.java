package org.cabstand.internal.config;

import java.time.Duration;
import java.util.List;

/**
 * What may change while a pool runs, where its config source changes.
 *
 * <p>Thread safety: immutable.
 *
 * @param minSize connections that are kept open
 * @param maxSize limit of open connections
 * @param acquisitionTimeout longest wait for a connection; zero waits for ever
 */
public record Limits(int minSize, int maxSize, Duration acquisitionTimeout) {

    /**
     * What the configuration says now.
     *
     * @param limits only fit for use when there are no faults
     * @param faults as people should read them; empty when all is well
     */
    public record Reading(Limits limits, List<String> faults) {}

    /**
     * Reads them again.
     *
     * @param values the properties
     * @param settings the pool's settings, of which the URL decides on presets
     * @return limits and faults
     */
    public static Reading read(ConfigValues values, PoolSettings settings) {
        SettingsReader reader = SettingsReader.again(values, settings);
        Limits limits = reader.limits();
        return new Reading(limits, List.copyOf(reader.faults()));
    }
}
