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
 * @param loginTimeout longest time to open a physical connection
 * @param networkTimeout socket read limit; null for none
 * @param maxLifetime a connection is replaced after this long; null for never
 * @param idleTimeout idle connections above {@code minSize} are closed after this long; null for never
 * @param validateAfterIdle a connection idle for longer is validated when borrowed; zero for always, null
 *     for never
 * @param validationInterval how often idle connections are validated; null for never
 * @param validationTimeout limit of one validation
 * @param validationQuery what validates; null for {@code Connection.isValid}
 * @param autoCommit the connections' auto-commit mode
 * @param readOnly whether connections are read-only
 * @param isolation the transaction isolation; null for the driver's
 * @param initialSql run once for each physical connection; null for none
 * @param reset how a session is reset on return
 * @param drainTimeout how long borrowed connections may finish when the pool closes
 * @param leakTimeout a connection held for longer is reported; null for never
 * @param transactions how the pool takes part in JTA transactions
 * @param healthEnabled whether the pool has a readiness check
 * @param healthTimeout longest time for a readiness answer
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
        Duration loginTimeout,
        Duration networkTimeout,
        Duration maxLifetime,
        Duration idleTimeout,
        Duration validateAfterIdle,
        Duration validationInterval,
        Duration validationTimeout,
        String validationQuery,
        boolean autoCommit,
        boolean readOnly,
        Isolation isolation,
        String initialSql,
        Reset reset,
        Duration drainTimeout,
        Duration leakTimeout,
        Transactions transactions,
        boolean healthEnabled,
        Duration healthTimeout,
        Set<Key> fromDefaults) {

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
                        loginTimeout,
                        networkTimeout,
                        maxLifetime,
                        idleTimeout,
                        validateAfterIdle,
                        autoCommit,
                        readOnly,
                        isolation,
                        reset,
                        transactions);
    }
}
