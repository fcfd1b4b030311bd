package org.cabstand.internal.config;

import static org.cabstand.internal.Message.NOT_A_BOOLEAN;
import static org.cabstand.internal.Message.NOT_A_CHOICE;
import static org.cabstand.internal.Message.NOT_A_DURATION;
import static org.cabstand.internal.Message.NOT_A_NUMBER;
import static org.cabstand.internal.Message.OUT_OF_RANGE;
import static org.cabstand.internal.Message.UNREADABLE;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cabstand.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The values of one pool's keys, by type. A value is the pool's own, else the one for all pools,
 * else the preset for the database of the URL, else the default. A value with a fault is reported,
 * never repaired.
 *
 * <p>Thread safety: confined to deployment.
 */
final class PoolValues {

    /** The sum of two still fits into an {@code int}. */
    static final int LARGEST = 1_000_000_000;

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final int LONGEST_DAYS = 365;

    /** Drivers count milliseconds in an {@code int}. */
    private static final int LONGEST_DAYS_OF_DRIVERS = 24;

    private static final Set<Key> PASSED_TO_DRIVERS =
            EnumSet.of(Key.NETWORK_TIMEOUT, Key.LOGIN_TIMEOUT, Key.VALIDATION_TIMEOUT);

    private final ConfigValues values;
    private final String pool;

    /** In the order in which they were found, without duplicates. */
    private final Set<String> faults = new LinkedHashSet<>();

    private final Set<Key> faulty = EnumSet.noneOf(Key.class);

    /** The presets for the database, by key. */
    private Map<Key, String> presets = Map.of();

    PoolValues(ConfigValues values, String pool) {
        this.values = values;
        this.pool = pool;
    }

    /** From now on uses this database's presets for what is not configured. */
    void presetFor(String url) {
        presets = DatabasePresets.of(url);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** Reports a fault in the value of a key. */
    void fault(Key key, String fault) {
        faulty.add(key);
        faults.add(fault);
    }

    /** Whether a fault was found in the value of this key. */
    boolean isFaulty(Key key) {
        return faulty.contains(key);
    }

    static String unreadable(String property, RuntimeException e) {
        return UNREADABLE.format(
                property, e.getMessage() == null ? e.getClass().getName() : e.getMessage());
    }

    /** Returns the value of a property that has no {@link Key}; null if it is not set. */
    @Nullable String property(String name) {
        try {
            return values.get(name);
        } catch (RuntimeException e) {
            faults.add(unreadable(name, e));
            return null;
        }
    }

    private @Nullable String configured(Key key, String property) {
        try {
            return values.get(property);
        } catch (RuntimeException e) {
            fault(key, unreadable(property, e));
            return null;
        }
    }

    private @Nullable String ofPool(Key key) {
        return configured(key, key.of(pool));
    }

    private @Nullable String ofDefaults(Key key) {
        return configured(key, key.ofDefaults());
    }

    /** Returns the whole key that the value came from: the pool's own, or the one for all pools. */
    String source(Key key) {
        return ofPool(key) == null && ofDefaults(key) != null ? key.ofDefaults() : key.of(pool);
    }

    /** Whether the value is this pool's own, through its key or its database. */
    boolean isOwn(Key key) {
        return ofPool(key) != null || presets.containsKey(key);
    }

    /** Returns null if there is neither a value nor a default. */
    @Nullable String text(Key key) {
        String value = ofPool(key);
        if (value == null) {
            value = ofDefaults(key);
        }
        if (value == null) {
            value = presets.get(key);
        }
        return value == null ? key.defaultValue() : value;
    }

    /** As {@link #text}, without the spaces that property files keep at the end of a line; null if nothing is left. */
    @Nullable String stripped(Key key) {
        String value = text(key);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The origin of a value: a config source, or another one. */
    String origin(Key key) {
        for (String property : List.of(key.of(pool), key.ofDefaults())) {
            if (configured(key, property) != null) {
                return values.sourceOf(property);
            }
        }
        return presets.containsKey(key) ? "preset of the database" : "default";
    }

    /** A setting as users may see it; null if there is neither a value nor a default. */
    @Nullable Setting described(Key key) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        boolean secret = key == Key.INITIAL_SQL || Secrets.isSecret(key.key());
        return new Setting(
                key.key(),
                secret ? Secrets.HIDDEN : value.trim(),
                origin(key),
                !value.trim().equals(key.defaultValue()));
    }

    /** The value of a key that has a default. */
    private String given(Key key) {
        return Objects.requireNonNull(text(key), key.key()).trim();
    }

    boolean bool(Key key) {
        String value = given(key);
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            fault(key, NOT_A_BOOLEAN.format(source(key), value));
        }
        return Boolean.parseBoolean(value);
    }

    int number(Key key, int least) {
        String value = given(key);
        try {
            int number = Integer.parseInt(value);
            if (number < least || number > LARGEST) {
                fault(
                        key,
                        OUT_OF_RANGE.format(
                                source(key), value, "from " + least + " to " + LARGEST));
            }
            return number;
        } catch (NumberFormatException e) {
            String example = key.defaultValue() == null ? "0" : key.defaultValue();
            fault(key, NOT_A_NUMBER.format(source(key), value, example));
            return least;
        }
    }

    Duration duration(Key key, boolean zeroAllowed) {
        return duration(key, given(key), zeroAllowed, "");
    }

    /** Returns null if the value is {@code off}. */
    @Nullable Duration durationOrOff(Key key, boolean zeroAllowed) {
        String value = given(key);
        return value.equals(Key.OFF) ? null : duration(key, value, zeroAllowed, ", or off");
    }

    private Duration duration(Key key, String value, boolean zeroAllowed, String orOff) {
        Duration duration = Durations.parse(value);
        int days = PASSED_TO_DRIVERS.contains(key) ? LONGEST_DAYS_OF_DRIVERS : LONGEST_DAYS;
        if (duration == null) {
            fault(key, NOT_A_DURATION.format(source(key), value, orOff));
            return Duration.ZERO;
        }
        if (duration.isZero()
                ? !zeroAllowed
                : duration.compareTo(SHORTEST) < 0
                        || duration.compareTo(Duration.ofDays(days)) > 0) {
            String range = zeroAllowed ? "0s, or from 1ms to " : "from 1ms to ";
            fault(key, OUT_OF_RANGE.format(source(key), value, range + days + "d" + orOff));
        }
        return duration;
    }

    /** Returns null if there is neither a value nor a default. */
    <E extends Enum<E>> @Nullable E choiceOrNone(Key key, Class<E> type) {
        String value = text(key);
        return value == null ? null : choice(key, type, value);
    }

    <E extends Enum<E>> E choice(Key key, Class<E> type) {
        return choice(key, type, given(key));
    }

    private <E extends Enum<E>> E choice(Key key, Class<E> type, String value) {
        List<String> words = Arrays.stream(type.getEnumConstants()).map(PoolValues::word).toList();
        int index = words.indexOf(value.trim());
        if (index < 0) {
            fault(
                    key,
                    NOT_A_CHOICE.format(
                            source(key),
                            value,
                            String.join(", ", words),
                            ClosestName.hint(value, words)));
        }
        return type.getEnumConstants()[Math.max(0, index)];
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
