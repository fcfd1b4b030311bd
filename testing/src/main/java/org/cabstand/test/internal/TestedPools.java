package org.cabstand.test.internal;

import java.lang.System.Logger.Level;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverSource;
import org.cabstand.internal.connect.SessionsInTests;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Puts a {@link Sandbox} between each pool and its driver, if the application was started for tests.
 *
 * <p>Thread safety: stateless.
 */
public final class TestedPools implements SessionsInTests {

    private static final System.Logger LOGGER = System.getLogger("org.cabstand");

    private static final String PROFILE = "mp.config.profile";

    /** For ServiceLoader. */
    public TestedPools() {
        // stateless
    }

    @Override
    public DriverSource of(
            PoolSettings settings, DriverSource driver, ThreadTransaction transaction) {
        Scope scope = Scope.current();
        if (scope == null) {
            if (!isProfileTest()) {
                LOGGER.log(Level.WARNING, Message.NOT_A_TEST.format());
                return driver;
            }
            scope = Scope.SERVER;
        }
        Sandbox sandbox = new Sandbox(settings, driver, scope.database(), transaction);
        scope.add(sandbox);
        return sandbox;
    }

    /** Whether the application runs for tests. */
    static boolean isProfileTest() {
        return ConfigProvider.getConfig()
                .getOptionalValue(PROFILE, String.class)
                .filter(profile -> java.util.List.of(profile.split("\\s*,\\s*")).contains("test"))
                .isPresent();
    }
}
