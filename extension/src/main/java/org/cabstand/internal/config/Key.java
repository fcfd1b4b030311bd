package org.cabstand.internal.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a pool. No other class contains them as strings.
 *
 * <p>{@code cabstand.pool.<name>.<key>} sets one for a pool, {@code cabstand.defaults.<key>} for
 * all.
 */
public enum Key {
    URL("url", null),
    USERNAME("username", null),
    PASSWORD("password", null),
    DRIVER("driver", null),
    ACTIVE("active", "true"),
    MIN_SIZE("min-size", "0"),
    MAX_SIZE("max-size", "10"),
    INITIAL_SIZE("initial-size", null),
    ACQUISITION_TIMEOUT("acquisition-timeout", "5s"),
    MAX_WAITING("max-waiting", "0"),
    LOGIN_TIMEOUT("login-timeout", "5s"),
    NETWORK_TIMEOUT("network-timeout", Key.OFF),
    MAX_LIFETIME("max-lifetime", "30m"),
    IDLE_TIMEOUT("idle-timeout", "10m"),
    VALIDATE_AFTER_IDLE("validate-after-idle", "500ms"),
    VALIDATION_INTERVAL("validation-interval", "2m"),
    VALIDATION_TIMEOUT("validation-timeout", "1s"),
    VALIDATION_QUERY("validation-query", null),
    AUTO_COMMIT("auto-commit", "true"),
    READ_ONLY("read-only", "false"),
    ISOLATION("isolation", null),
    INITIAL_SQL("initial-sql", null),
    RESET("reset", "standard"),
    DRAIN_TIMEOUT("drain-timeout", "5s"),
    LEAK_TIMEOUT("leak-timeout", Key.OFF),
    SLOW_ACQUIRE("slow-acquire", "2s"),
    SLOW_SQL("slow-sql", Key.OFF),
    MULTIPLE_ACQUISITION("multiple-acquisition", Key.OFF),
    TRACING("tracing", "false"),
    TRANSACTIONS("transactions", "auto"),
    HEALTH_ENABLED("health.enabled", "true"),
    HEALTH_TIMEOUT("health.timeout", "1s"),
    HEALTH_STARTUP("health.startup", "false"),
    JMX("jmx", "true"),
    JPA_UNIT("jpa.unit", null),
    JPA_PACKAGES("jpa.packages", null),
    DEV("dev", null),
    DEV_FRESH("dev.fresh", "false"),
    DEV_INIT_SCRIPT("dev.init-script", null),
    DEV_FOLDER("dev.folder", "target/cabstand-dev");

    /** The value for no limit or no check. */
    public static final String OFF = "off";

    /** The prefix of every key of Cabstand. */
    public static final String ROOT = "cabstand.";

    static final String POOL_PREFIX = ROOT + "pool.";
    static final String DEFAULTS_PREFIX = ROOT + "defaults.";
    static final String DEFAULT_POOL = ROOT + "default-pool";

    /** What the keys of the artifact {@code cabstand-console} begin with; that reads them. */
    static final String CONSOLE_PREFIX = ROOT + "console.";

    /** Whether there is a console. */
    public static final String CONSOLE_ENABLED = CONSOLE_PREFIX + "enabled";

    /** The role of those who may see it. */
    public static final String CONSOLE_ROLE = CONSOLE_PREFIX + "role";

    /** The prefix of the driver's own properties. */
    static final String PROPERTIES = "properties.";

    /** The prefix of the keys of persistence units. */
    static final String JPA_PREFIX = "jpa.";

    /** Keys below this one are the JPA provider's own. */
    static final String JPA_PROPERTIES = JPA_PREFIX + "properties.";

    private final String key;
    private final @Nullable String defaultValue;

    Key(String key, @Nullable String defaultValue) {
        this.key = key;
        this.defaultValue = defaultValue;
    }

    /**
     * Returns the key as users write it.
     *
     * @return e.g. {@code max-size}
     */
    public String key() {
        return key;
    }

    /**
     * Returns the default as users would write it.
     *
     * @return null if there is none, or if it depends on other settings
     */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /**
     * Returns the whole key for a pool.
     *
     * @param pool the pool's name
     * @return e.g. {@code cabstand.pool.orders.max-size}
     */
    public String of(String pool) {
        return POOL_PREFIX + pool + "." + key;
    }

    String ofDefaults() {
        return DEFAULTS_PREFIX + key;
    }

    static @Nullable Key find(String key) {
        for (Key known : values()) {
            if (known.key.equals(key)) {
                return known;
            }
        }
        return null;
    }

    static boolean isKnown(String key) {
        return find(key) != null || isBelow(PROPERTIES, key) || isBelow(JPA_PROPERTIES, key);
    }

    private static boolean isBelow(String prefix, String key) {
        return key.startsWith(prefix) && key.length() > prefix.length();
    }

    /**
     * Returns the name of the environment variable for a property.
     *
     * @see <a
     *     href="https://download.eclipse.org/microprofile/microprofile-config-3.1/microprofile-config-spec-3.1.html#default_configsources.env.mapping">MicroProfile
     *     Config 3.1, Environment Variables Mapping Rules</a>
     */
    static String environmentName(String property) {
        StringBuilder name = new StringBuilder(property.length());
        for (int i = 0; i < property.length(); i++) {
            char c = property.charAt(i);
            boolean plain = c < 128 && Character.isLetterOrDigit(c);
            name.append(plain ? c : '_');
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }
}
