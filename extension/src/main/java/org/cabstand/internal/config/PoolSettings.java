package org.cabstand.internal.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.cabstand.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one pool. Every value is checked, and {@link #toString()} hides secrets.
 *
 * <p>User name and password are not here: they are read again for each physical connection.
 *
 * <p>Thread safety: immutable.
 *
 * @param name the pool's name
 * @param url the JDBC URL; null only when the pool is not active
 * @param driver the class of the driver or data source; null to find the driver by URL
 * @param properties the driver's properties
 * @param active false if use of the pool fails
 * @param limits the limits at deployment; they may change while the pool runs
 * @param initialSize how many connections are opened at start
 * @param maxWaiting how many requests may wait; zero for no limit
 * @param timeouts how long things may take
 * @param lifetime how long a connection may live
 * @param validation when and how connections are validated
 * @param session the initial state of each session
 * @param watching the reports about a working pool
 * @param transactions how the pool takes part in JTA transactions
 * @param health the pool's readiness check
 * @param jmx whether JMX shows the pool
 * @param fromDefaults the keys whose values come from the settings for all pools
 * @param described every setting as deployed, as users may see it
 */
public record PoolSettings(
        String name,
        @Nullable String url,
        @Nullable String driver,
        Map<String, String> properties,
        boolean active,
        PoolLimits limits,
        int initialSize,
        int maxWaiting,
        Timeouts timeouts,
        Lifetime lifetime,
        Validation validation,
        SessionSetup session,
        Watching watching,
        Transactions transactions,
        Health health,
        boolean jmx,
        Set<Key> fromDefaults,
        List<Setting> described) {

    /**
     * How long things may take.
     *
     * @param login the longest time to open a physical connection
     * @param network the limit for one read from the socket; null for none
     * @param drain how long borrowed connections may finish when the pool closes
     * @param leak how long a connection may be held before it is reported; null for ever
     */
    public record Timeouts(
            Duration login, @Nullable Duration network, Duration drain, @Nullable Duration leak) {}

    /**
     * How long a connection may live.
     *
     * @param max when it is replaced; null for never
     * @param idle when an unused one above {@code min-size} is closed; null for never
     */
    public record Lifetime(@Nullable Duration max, @Nullable Duration idle) {}

    /**
     * When and how connections are validated.
     *
     * @param afterIdle one that was idle for longer is validated when borrowed; zero for always,
     *     null for never
     * @param interval how often idle connections are validated; null for never
     * @param timeout the limit for one validation
     * @param query the SQL that validates; null for {@code Connection.isValid}
     */
    public record Validation(
            @Nullable Duration afterIdle,
            @Nullable Duration interval,
            Duration timeout,
            @Nullable String query) {

        /** {@return the timeout in whole seconds, as JDBC counts it} */
        public Duration wholeSeconds() {
            return Duration.ofSeconds((timeout.toMillis() + 999) / 1000);
        }
    }

    /**
     * The initial state of each session, restored at each return.
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
            @Nullable Isolation isolation,
            @Nullable String initialSql,
            Reset reset) {}

    /**
     * The reports about a working pool, besides failures.
     *
     * @param slowAcquire how long a borrower may wait before that is reported; null for ever
     * @param slowSql how long a statement may take before it is reported; null for ever
     * @param multipleAcquisition what to do about a thread that takes a second connection
     * @param tracing whether each statement becomes a span
     */
    public record Watching(
            @Nullable Duration slowAcquire,
            @Nullable Duration slowSql,
            MultipleAcquisition multipleAcquisition,
            boolean tracing) {

        /** Reports nothing. */
        public static final Watching NOTHING =
                new Watching(null, null, MultipleAcquisition.OFF, false);
    }

    /**
     * The readiness check.
     *
     * @param enabled whether there is one
     * @param timeout the limit for an answer
     * @param startup whether there is also a startup check
     */
    public record Health(boolean enabled, Duration timeout, boolean startup) {}

    public PoolSettings {
        properties = Map.copyOf(properties);
        fromDefaults = Set.copyOf(fromDefaults);
        described = List.copyOf(described);
    }

    /** {@return the JDBC URL; an active pool has one} */
    @Override
    public String url() {
        return Objects.requireNonNull(url, () -> "pool '" + name + "' has no URL");
    }

    /** {@return whether there is a URL; an inactive pool may go without} */
    public boolean hasUrl() {
        return url != null;
    }

    /**
     * Returns the whole key of one of this pool's settings.
     *
     * @param key the setting
     * @return e.g. {@code cabstand.pool.orders.max-size}
     */
    public String keyOf(Key key) {
        return key.of(name);
    }

    /**
     * Returns the whole key that a setting came from, for messages about its value.
     *
     * @param key the setting
     * @return e.g. {@code cabstand.defaults.driver}, or the same as {@link #keyOf}
     */
    public String sourceOf(Key key) {
        return fromDefaults.contains(key) ? key.ofDefaults() : keyOf(key);
    }

    /**
     * Returns the URL as users may see it.
     *
     * @return the URL without secrets
     */
    public @Nullable String shownUrl() {
        return Secrets.url(url);
    }

    /**
     * Whether a user name or password stands before the host.
     *
     * @return true if the URL must be refused
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
