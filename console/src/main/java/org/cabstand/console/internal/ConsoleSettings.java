package org.cabstand.console.internal;

import java.util.List;
import org.cabstand.internal.config.Key;
import org.eclipse.microprofile.config.Config;

/**
 * The settings that decide who may see the console.
 *
 * <p>Thread safety: immutable.
 *
 * @param enabled whether there is a console
 * @param role the role that a caller must have; null if none is set
 * @param development whether callers on this machine need no role
 */
record ConsoleSettings(boolean enabled, String role, boolean development) {

    private static final String PROFILE = "mp.config.profile";

    /** The profiles of development, as for development databases. */
    private static final List<String> PROFILES = List.of("dev", "test");

    static ConsoleSettings read(Config config) {
        return new ConsoleSettings(
                config.getOptionalValue(Key.CONSOLE_ENABLED, String.class)
                        .map(String::strip)
                        .filter("true"::equalsIgnoreCase)
                        .isPresent(),
                config.getOptionalValue(Key.CONSOLE_ROLE, String.class)
                        .map(String::strip)
                        .filter(role -> !role.isEmpty())
                        .orElse(null),
                config.getOptionalValue(PROFILE, String.class)
                        .map(profiles -> List.of(profiles.strip().split("\\s*,\\s*")))
                        .filter(profiles -> profiles.stream().anyMatch(PROFILES::contains))
                        .isPresent());
    }
}
