package org.cabstand.internal.config;

import static org.cabstand.internal.Message.NOT_A_BOOLEAN;
import static org.cabstand.internal.Message.NOT_A_CHOICE;
import static org.cabstand.internal.Message.NOT_A_DURATION;
import static org.cabstand.internal.Message.NOT_A_NUMBER;
import static org.cabstand.internal.Message.NO_URL;
import static org.cabstand.internal.Message.OUT_OF_RANGE;
import static org.cabstand.internal.Message.SIZES_CONTRADICT;
import static org.cabstand.internal.Message.UNREADABLE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cabstand.internal.database.Database;

/**
 * Reads the settings of one pool; a value with a fault is reported, never repaired.
 *
 * <p>Thread safety: confined to deployment.
 */
final class SettingsReader {

    /** Two of them can be added. */
    private static final int LARGEST = 1_000_000_000;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int LONGEST_DAYS = 365;

    /** Drivers count milliseconds in an {@code int}. */
    private static final int LONGEST_DAYS_OF_DRIVERS = 24;

    private static final Set<Key> PASSED_TO_DRIVERS =
            EnumSet.of(Key.NETWORK_TIMEOUT, Key.LOGIN_TIMEOUT, Key.VALIDATION_TIMEOUT);

    private final ConfigValues values;
    private final Needs needs;
    private final String pool;
    private final Set<String> pools;
    private final List<String> faults = new ArrayList<>();

    /** What the database of the URL makes of settings that are not configured. */
    private Map<Key, String> presets = Map.of();

    SettingsReader(ConfigValues values, Needs needs, String pool, Set<String> pools) {
        this.values = values;
        this.needs = needs;
        this.pool = pool;
        this.pools = pools;
    }

    /** For a pool that runs. */
    static SettingsReader again(ConfigValues values, PoolSettings settings) {
        SettingsReader reader =
                new SettingsReader(values, new Needs(), settings.name(), Set.of(settings.name()));
        reader.presets = Database.of(settings.url()).presets(settings.url());
        return reader;
    }

    List<String> faults() {
        return faults;
    }

    static String unreadable(String key, RuntimeException e) {
        return UNREADABLE.format(
                key, e.getMessage() == null ? e.getClass().getName() : e.getMessage());
    }

    /** The settings; only fit for use when {@link #faults()} is empty. */
    PoolSettings read() {
        String url = text(Key.URL);
        if (url != null) {
            presets = Database.of(url).presets(url);
        }
        boolean active = bool(Key.ACTIVE);
        Limits limits = limits();
        int initialSize =
                text(Key.INITIAL_SIZE) == null ? limits.minSize() : number(Key.INITIAL_SIZE, 0);
        if (initialSize != limits.minSize()) {
            notAbove(Key.INITIAL_SIZE, initialSize, limits.maxSize());
        }
        checkCredentials();
        return new PoolSettings(
                pool,
                url(active),
                text(Key.DRIVER),
                driverProperties(),
                active,
                limits,
                initialSize,
                number(Key.MAX_WAITING, 0),
                duration(Key.LOGIN_TIMEOUT, false),
                durationOrOff(Key.NETWORK_TIMEOUT, false),
                durationOrOff(Key.MAX_LIFETIME, false),
                durationOrOff(Key.IDLE_TIMEOUT, false),
                durationOrOff(Key.VALIDATE_AFTER_IDLE, true),
                durationOrOff(Key.VALIDATION_INTERVAL, false),
                duration(Key.VALIDATION_TIMEOUT, false),
                text(Key.VALIDATION_QUERY),
                bool(Key.AUTO_COMMIT),
                bool(Key.READ_ONLY),
                choice(Key.ISOLATION, Isolation.class),
                text(Key.INITIAL_SQL),
                choice(Key.RESET, Reset.class),
                duration(Key.DRAIN_TIMEOUT, true),
                durationOrOff(Key.LEAK_TIMEOUT, false),
                choice(Key.TRANSACTIONS, Transactions.class),
                bool(Key.HEALTH_ENABLED),
                duration(Key.HEALTH_TIMEOUT, false),
                fromDefaults());
    }

    private Set<Key> fromDefaults() {
        Set<Key> keys = EnumSet.noneOf(Key.class);
        for (Key key : Key.values()) {
            if (where(key).equals(key.ofDefaults())) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** What may change while the pool runs. */
    Limits limits() {
        int maxSize = number(Key.MAX_SIZE, 1);
        int minSize = number(Key.MIN_SIZE, 0);
        notAbove(Key.MIN_SIZE, minSize, maxSize);
        return new Limits(minSize, maxSize, duration(Key.ACQUISITION_TIMEOUT, true));
    }

    private String url(boolean active) {
        String url = text(Key.URL);
        if (url == null && active && faults.stream().noneMatch(f -> f.contains(Key.URL.of(pool)))) {
            Set<String> others = new TreeSet<>(pools);
            others.remove(pool);
            others.removeAll(needs.pools());
            faults.add(
                    NO_URL.format(
                            pool,
                            needs.neededBy(pool),
                            Nearest.hint(pool, others),
                            Key.URL.of(pool)));
        }
        return url;
    }

    /** They are read again for each connection; one that cannot be read now would fail then. */
    private void checkCredentials() {
        text(Key.USERNAME);
        text(Key.PASSWORD);
    }

    private Map<String, String> driverProperties() {
        Map<String, String> properties = new TreeMap<>();
        for (String prefix :
                List.of(
                        Key.DEFAULTS_PREFIX + Key.PROPERTIES,
                        Key.POOL_PREFIX + pool + "." + Key.PROPERTIES)) {
            Set<String> forms = new TreeSet<>();
            for (String name : values.dotted()) {
                if (name.startsWith(prefix)
                        && name.length() > prefix.length()
                        && !values.isMadeOfVariable(name)) {
                    forms.add(Key.environmentName(name));
                    put(properties, name.substring(prefix.length()), name);
                }
            }
            String variablePrefix = Key.environmentName(prefix);
            for (String name : values.environment()) {
                String form = Key.environmentName(name);
                // a variable overrides the property of its form; alone it gives a lower-case name
                if (form.startsWith(variablePrefix)
                        && form.length() > variablePrefix.length()
                        && !isForOther(name)
                        && forms.add(form)) {
                    put(
                            properties,
                            form.substring(variablePrefix.length()).toLowerCase(Locale.ROOT),
                            name);
                }
            }
        }
        return properties;
    }

    private boolean isForOther(String variable) {
        String owner = Variables.owner(variable, pools);
        return owner != null && !owner.equals(pool);
    }

    private void put(Map<String, String> properties, String key, String name) {
        String value = raw(name);
        if (value != null) {
            properties.put(key, value);
        }
    }

    // values by type

    private String text(Key key) {
        String value = raw(key.of(pool));
        if (value == null) {
            value = raw(key.ofDefaults());
        }
        if (value == null) {
            value = presets.get(key);
        }
        return value == null ? key.defaultValue() : value;
    }

    private String raw(String property) {
        try {
            return values.get(property);
        } catch (RuntimeException e) {
            String fault = unreadable(property, e);
            if (!faults.contains(fault)) {
                faults.add(fault);
            }
            return null;
        }
    }

    /** The key that the value came from: the pool's own, or the one for all pools. */
    private String where(Key key) {
        return raw(key.of(pool)) == null && raw(key.ofDefaults()) != null
                ? key.ofDefaults()
                : key.of(pool);
    }

    private boolean isConfigured(Key key) {
        return raw(key.of(pool)) != null || presets.containsKey(key);
    }

    private boolean bool(Key key) {
        String value = text(key).trim();
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            faults.add(NOT_A_BOOLEAN.format(where(key), value));
        }
        return Boolean.parseBoolean(value);
    }

    private int number(Key key, int least) {
        String value = text(key).trim();
        try {
            int number = Integer.parseInt(value);
            if (number < least || number > LARGEST) {
                faults.add(
                        OUT_OF_RANGE.format(
                                where(key), value, least + " or more, " + LARGEST + " at most"));
            }
            return number;
        } catch (NumberFormatException e) {
            String example = key.defaultValue() == null ? "0" : key.defaultValue();
            faults.add(NOT_A_NUMBER.format(where(key), value, example));
            return least;
        }
    }

    private void notAbove(Key key, int size, int maxSize) {
        boolean readable = faults.stream().noneMatch(fault -> fault.contains(where(Key.MAX_SIZE)));
        if (readable && size > maxSize) {
            // what two pools have by default is the defaults' fault, not each pool's
            boolean isDefault = where(key).equals(key.ofDefaults()) && !isConfigured(Key.MAX_SIZE);
            String most = isDefault ? Key.MAX_SIZE.ofDefaults() : where(Key.MAX_SIZE);
            faults.add(SIZES_CONTRADICT.format(where(key), size, most, maxSize));
        }
    }

    private Duration duration(Key key, boolean zeroAllowed) {
        return duration(key, text(key).trim(), zeroAllowed, "");
    }

    private Duration durationOrOff(Key key, boolean zeroAllowed) {
        String value = text(key).trim();
        return value.equals(Key.OFF) ? null : duration(key, value, zeroAllowed, ", or off");
    }

    private Duration duration(Key key, String value, boolean zeroAllowed, String orOff) {
        Duration duration = Durations.parse(value);
        int days = PASSED_TO_DRIVERS.contains(key) ? LONGEST_DAYS_OF_DRIVERS : LONGEST_DAYS;
        if (duration == null) {
            faults.add(NOT_A_DURATION.format(where(key), value, orOff));
        } else if (duration.isZero()
                ? !zeroAllowed
                : duration.compareTo(SHORTEST) < 0
                        || duration.compareTo(Duration.ofDays(days)) > 0) {
            String range = zeroAllowed ? "0s, or 1ms or more" : "more than zero (1ms or more)";
            faults.add(
                    OUT_OF_RANGE.format(
                            where(key), value, range + ", " + days + "d at most" + orOff));
        }
        return duration;
    }

    private <E extends Enum<E>> E choice(Key key, Class<E> type) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        List<String> words =
                Arrays.stream(type.getEnumConstants()).map(SettingsReader::word).toList();
        int index = words.indexOf(value.trim());
        if (index < 0) {
            faults.add(
                    NOT_A_CHOICE.format(
                            where(key),
                            value,
                            String.join(", ", words),
                            Nearest.hint(value, words)));
            return null;
        }
        return type.getEnumConstants()[index];
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
