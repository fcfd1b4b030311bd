package org.cabstand.internal.config;

import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cabstand.Credentials;
import org.eclipse.microprofile.config.Config;

/**
 * Our properties in MicroProfile Config, whether they come as {@code cabstand.pool.my-db.url} or as the
 * environment variable {@code CABSTAND_POOL_MY_DB_URL}.
 *
 * <p>Thread safety: safe for concurrent use; values are read from Config at each call.
 */
public final class ConfigValues {

    private final Config config;
    private final Set<String> dotted = new TreeSet<>();
    private final Set<String> environment = new LinkedHashSet<>();
    private final Set<String> derived = new TreeSet<>();

    /**
     * Reads the names, not the values.
     *
     * @param config the application's configuration
     * @param environmentVariables names of the process's environment variables: not every Config lists
     *     them
     */
    public ConfigValues(Config config, Set<String> environmentVariables) {
        this.config = config;
        Set<String> names = new TreeSet<>(environmentVariables);
        config.getPropertyNames().forEach(names::add);
        String variablePrefix = Key.environmentName(Key.ROOT);
        for (String name : names) {
            if (name.startsWith(Key.ROOT)) {
                dotted.add(name);
            } else if (Key.environmentName(name).startsWith(variablePrefix)) {
                environment.add(name);
            }
        }
        // Config implementations make dotted names of variables (cabstand.pool.my.db.max.size):
        // such a name says nothing that the variable does not say, and less precisely
        Set<String> variableForms = new TreeSet<>();
        environment.forEach(name -> variableForms.add(Key.environmentName(name)));
        derived.addAll(dotted);
        derived.removeIf(name -> !variableForms.contains(Key.environmentName(name)));
    }

    /** Names that begin with {@code cabstand.}. */
    Set<String> dotted() {
        return dotted;
    }

    /** Names of environment variables that begin with {@code CABSTAND_}. */
    Set<String> environment() {
        return environment;
    }

    /** Whether a dotted name may have been made of an environment variable. */
    boolean mayComeFromEnvironment(String dottedName) {
        return derived.contains(dottedName);
    }

    /**
     * The value of a property.
     *
     * @return null when it is not set
     * @throws RuntimeException when Config cannot give it, e.g. for an expression without a value
     */
    String get(String property) {
        String value = valueOf(property);
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

    private String valueOf(String name) {
        Optional<String> value = config.getOptionalValue(name, String.class);
        if (value.isEmpty()) {
            // Config gives nothing for an expression that it cannot resolve, as if it were not set
            String raw = config.getConfigValue(name).getRawValue();
            if (raw != null && raw.contains("${")) {
                throw new NoSuchElementException("an expression in it has no value");
            }
        }
        return value.orElse(null);
    }

    /** The value for a pool, else the one for all pools. */
    String get(String pool, Key key) {
        String value = get(key.of(pool));
        return value == null ? get(key.ofDefaults()) : value;
    }

    /**
     * User name and password as they are now.
     *
     * @param pool the pool's name
     * @return what to open the next physical connection with
     */
    public Credentials credentials(String pool) {
        return new Credentials(get(pool, Key.USERNAME), get(pool, Key.PASSWORD));
    }
}
