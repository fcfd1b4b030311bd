package org.cabstand.internal.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cabstand.Credentials;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Our properties in MicroProfile Config, whether they are written as {@code
 * cabstand.pool.my-db.url} or as the environment variable {@code CABSTAND_POOL_MY_DB_URL}.
 *
 * <p>Thread safety: safe for concurrent use. Each call reads the value from Config.
 */
public final class ConfigValues {

    /**
     * Some editors write one before the first key of a file; here read as UTF-8 and as ISO 8859-1.
     */
    private static final List<String> BYTE_ORDER_MARKS = List.of("\uFEFF", "\u00EF\u00BB\u00BF");

    private static final String VARIABLE_PREFIX = Key.environmentName(Key.ROOT);

    private final Config config;
    private final Set<String> dotted = new TreeSet<>();
    private final Set<String> environment = new LinkedHashSet<>();

    /**
     * Dotted names with the same meaning as a variable, whether or not they were derived from it.
     */
    private final Set<String> derived = new TreeSet<>();

    /** Dotted names that a source contains, not only derived from the source's variables. */
    private final Set<String> written = new TreeSet<>();

    /** The names as the sources know them, if they differ from ours. */
    private final Map<String, String> namesWithMark = new LinkedHashMap<>();

    /**
     * Reads the names, not the values.
     *
     * @param config the application's configuration
     * @param environmentVariables the names of the process's environment variables, because not
     *     every Config lists them
     */
    public ConfigValues(Config config, Set<String> environmentVariables) {
        this.config = config;
        environmentVariables.forEach(this::add);
        for (ConfigSource source : config.getConfigSources()) {
            add(source);
        }
        // Config may go on to give names that have gone since; it also gives those of its own
        // making
        for (String name : config.getPropertyNames()) {
            if (isOurs(name) && isSet(name)) {
                add(name);
            }
        }
        // Config implementations make dotted names of variables (cabstand.pool.my.db.max.size):
        // such a name says nothing that the variable does not say, and less precisely
        Set<String> variableForms = new TreeSet<>();
        environment.forEach(name -> variableForms.add(Key.environmentName(name)));
        derived.addAll(dotted);
        derived.removeIf(name -> !variableForms.contains(Key.environmentName(name)));
    }

    /** Asks the source itself, because Config may keep the names that it saw first. */
    private void add(ConfigSource source) {
        Set<String> names = new TreeSet<>();
        for (String name : source.getPropertyNames()) {
            String ofProfile = name.startsWith("%") ? name.substring(name.indexOf('.') + 1) : null;
            if (ofProfile == null) {
                names.add(add(name));
            } else if (isOurs(ofProfile) && isSet(ofProfile)) { // else the profile is not active
                names.add(add(ofProfile));
            }
        }
        Set<String> variables =
                names.stream()
                        .filter(name -> !name.startsWith(Key.ROOT))
                        .map(Key::environmentName)
                        .collect(Collectors.toSet());
        names.removeIf(
                name ->
                        !name.startsWith(Key.ROOT)
                                || variables.contains(Key.environmentName(name)));
        written.addAll(names);
    }

    /** Records one of our names and returns it without a byte order mark. */
    private String add(String name) {
        String plain = name;
        for (String mark : BYTE_ORDER_MARKS) {
            if (name.startsWith(mark)) {
                plain = name.substring(mark.length());
                if (isOurs(plain)) {
                    namesWithMark.put(plain, name);
                }
            }
        }
        if (plain.startsWith(Key.ROOT)) {
            dotted.add(plain);
        } else if (isOurs(plain)) {
            environment.add(plain);
        }
        return plain;
    }

    private static boolean isOurs(String name) {
        return name.startsWith(Key.ROOT) || Key.environmentName(name).startsWith(VARIABLE_PREFIX);
    }

    private boolean isSet(String name) {
        try {
            return rawValue(name) != null;
        } catch (RuntimeException e) {
            return true; // who reads the value reports the fault, with the key
        }
    }

    private @Nullable String rawValue(String name) {
        return config.getConfigValue(name).getRawValue();
    }

    /** Names that begin with {@code cabstand.}. */
    Set<String> dotted() {
        return dotted;
    }

    /** Names of environment variables that begin with {@code CABSTAND_}. */
    Set<String> environment() {
        return environment;
    }

    /** Whether a dotted name may be derived from an environment variable. */
    boolean mayComeFromEnvironment(String dottedName) {
        return derived.contains(dottedName);
    }

    /** Whether a dotted name exists only because Config derived it from an environment variable. */
    boolean isMadeOfVariable(String dottedName) {
        return !written.contains(dottedName) && derived.contains(dottedName);
    }

    /**
     * Returns the value of a property.
     *
     * @return null if it is not set
     * @throws RuntimeException if Config cannot give it; for an expression without a value, names
     *     what is not set
     */
    @Nullable String get(String property) {
        String value = valueOf(property);
        if (value == null && namesWithMark.containsKey(property)) {
            value = valueOf(namesWithMark.get(property));
        }
        if (value == null) {
            String variable = Key.environmentName(property);
            for (String name : environment) {
                if (Key.environmentName(name).equals(variable)) {
                    value = valueOf(name);
                }
            }
        }
        return value;
    }

    /**
     * Returns the config source of a property's value.
     *
     * @return its name; "MicroProfile Config" if Config does not tell
     */
    String sourceOf(String property) {
        String variable = Key.environmentName(property);
        List<String> names = new ArrayList<>();
        environment.stream()
                .filter(name -> Key.environmentName(name).equals(variable))
                .forEach(names::add);
        Collections.reverse(names); // the last one counts, as in get
        names.add(0, property);
        names.add(1, namesWithMark.getOrDefault(property, property));
        for (String name : names) {
            ConfigValue value = config.getConfigValue(name);
            if (value.getValue() != null && value.getSourceName() != null) {
                return value.getSourceName();
            }
        }
        return "MicroProfile Config";
    }

    private @Nullable String valueOf(String name) {
        try {
            Optional<String> value = config.getOptionalValue(name, String.class);
            if (value.isPresent()) {
                return value.get();
            }
        } catch (RuntimeException e) {
            checkExpressions(name);
            throw e;
        }
        checkExpressions(name);
        return null;
    }

    /**
     * Config returns nothing both for an expression that it cannot resolve and for one whose value
     * is empty. Only the first is a fault.
     */
    private void checkExpressions(String name) {
        String raw = rawValue(name);
        if (raw != null && Expressions.areIn(raw)) {
            Set<String> withoutValue = Expressions.withoutValue(raw, this::rawValue);
            if (!withoutValue.isEmpty()) {
                throw new NoSuchElementException(
                        "nothing sets "
                                + String.join(" and ", withoutValue)
                                + " (write ${NAME:default} to give a default)");
            }
        }
    }

    /** Returns the value for a pool, else the one for all pools. */
    @Nullable String get(String pool, Key key) {
        String value = get(key.of(pool));
        return value == null ? get(key.ofDefaults()) : value;
    }

    /**
     * Returns the current user name and password.
     *
     * @param pool the pool's name
     * @return the credentials for the next physical connection
     */
    public Credentials credentials(String pool) {
        return new Credentials(get(pool, Key.USERNAME), get(pool, Key.PASSWORD));
    }
}
