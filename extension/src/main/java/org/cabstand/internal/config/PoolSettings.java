package org.cabstand.internal.config;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is configured for one pool; every value is checked, none is a secret but those that {@link
 * #toString()} hides.
 *
 * <p>User name and password are not here: they are read anew for each physical connection.
 *
 * <p>Thread safety: immutable.
 *
 * @param name the pool's name
 * @param url the JDBC URL; null only when the pool is not active
 * @param driver class of the driver or data source; null to find the driver by URL
 * @param properties what is passed to the driver
 * @param active false: use fails
 * @param limits what was configured at deployment, and may change while the pool runs
 * @param initialSize connections that are opened at start
 * @param maxWaiting how many may wait; zero is no limit
 * @param timeouts how long things may take
 * @param lifetime how long a connection may live
 * @param validation when and how connections are validated
 * @param session what each session is set up with, and reset to
 * @param transactions how the pool takes part in JTA transactions
 * @param health the pool's readiness check
 * @param fromDefaults the keys whose values are those for all pools
 */
public record PoolSettings(
        String name,
        String url,
        String driver,
        Map<String, String> properties,
        boolean active,
        Limits limits,
        int initialSize,
        int maxWaiting,
        Timeouts timeouts,
        Lifetime lifetime,
        Validation validation,
        SessionSetup session,
        Transactions transactions,
        Health health,
        Set<Key> fromDefaults) {

    /**
     * How long things may take.
     *
     * @param login longest time to open a physical connection
     * @param network socket read limit; null for none
     * @param drain how long borrowed connections may finish when the pool closes
     * @param leak a connection held for longer is reported; null for never
     */
    public record Timeouts(Duration login, Duration network, Duration drain, Duration leak) {}

    /**
     * How long a connection may live.
     *
     * @param max it is replaced after this long; null for never
     * @param idle it is closed after this long without use, if it is above {@code min-size}; null for never
     */
    public record Lifetime(Duration max, Duration idle) {}

    /**
     * When and how connections are validated.
     *
     * @param afterIdle one idle for longer is validated when borrowed; zero for always, null for never
     * @param interval how often idle connections are validated; null for never
     * @param timeout limit of one validation
     * @param query what validates; null for {@code Connection.isValid}
     */
    public record Validation(
            Duration afterIdle, Duration interval, Duration timeout, String query) {

        /** {@return the timeout in whole seconds, as JDBC counts it} */
        public Duration wholeSeconds() {
            return Duration.ofSeconds((timeout.toMillis() + 999) / 1000);
        }
    }

    /**
     * What each session is set up with, and reset to.
     *
     * @param autoCommit the auto-commit mode
     * @param readOnly whether sessions are read-only
     * @param isolation the transaction isolation; null for the driver's
     * @param initialSql run once for each session; null for none
     * @param reset how a session is reset on return
     */
    public record SessionSetup(
            boolean autoCommit,
            boolean readOnly,
            Isolation isolation,
            String initialSql,
            Reset reset) {}

    /**
     * The readiness check.
     *
     * @param enabled whether there is one
     * @param timeout longest time for an answer
     */
    public record Health(boolean enabled, Duration timeout) {}

    public PoolSettings {
        properties = Map.copyOf(properties);
        fromDefaults = Set.copyOf(fromDefaults);
    }

    /**
     * The whole key of one of this pool's settings.
     *
     * @param key the setting
     * @return e.g. {@code cabstand.pool.orders.max-size}
     */
    public String keyOf(Key key) {
        return key.of(name);
    }

    /**
     * The whole key that a setting came from, for what is said of its value.
     *
     * @param key the setting
     * @return e.g. {@code cabstand.defaults.driver}, or as {@link #keyOf}
     */
    public String sourceOf(Key key) {
        return fromDefaults.contains(key) ? key.ofDefaults() : keyOf(key);
    }

    /**
     * The URL fit for people.
     *
     * @return the URL without secrets
     */
    public String shownUrl() {
        return Secrets.url(url);
    }

    /**
     * Whether user or password stand before the host.
     *
     * @return whether the URL is to be refused
     */
    public boolean hasCredentialsInUrl() {
        return url != null && Secrets.areBeforeHost(url);
    }

    // the same by one name, as long as callers use it

    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>(properties);
        shown.replaceAll((key, value) -> Secrets.isSecret(key) ? Secrets.HIDDEN : value);
        return "pool '%s' [url=%s, driver=%s, properties=%s, active=%s, size=%d..%d (initial %d), acquisition-timeout=%s, max-waiting=%d, login-timeout=%s, network-timeout=%s, max-lifetime=%s, idle-timeout=%s, validate-after-idle=%s, auto-commit=%s, read-only=%s, isolation=%s, reset=%s, transactions=%s]"
                .formatted(
                        name,
                        shownUrl(),
                        driver,
                        shown,
                        active,
                        limits.minSize(),
                        limits.maxSize(),
                        initialSize,
                        limits.acquisitionTimeout(),
                        maxWaiting,
                        timeouts.login(),
                        timeouts.network(),
                        lifetime.max(),
                        lifetime.idle(),
                        validation.afterIdle(),
                        session.autoCommit(),
                        session.readOnly(),
                        session.isolation(),
                        session.reset(),
                        transactions);
    }
}
