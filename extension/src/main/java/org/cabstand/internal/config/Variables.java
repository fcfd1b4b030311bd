package org.cabstand.internal.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pool that an environment variable is for.
 *
 * <p>Thread safety: stateless.
 */
final class Variables {

    static final String OF_POOLS = Key.environmentName(Key.POOL_PREFIX);

    private static final String OF_DEFAULTS = Key.environmentName(Key.DEFAULTS_PREFIX);
    private static final String URL = "_" + Key.environmentName(Key.URL.key());
    private static final String PROPERTIES = Key.environmentName(Key.PROPERTIES);
    private static final String JPA_PROPERTIES = Key.environmentName(Key.JPA_PROPERTIES);
    private static final List<String> KEYS =
            List.of(Key.values()).stream().map(key -> Key.environmentName(key.key())).toList();

    private Variables() {}

    /**
     * Returns the pool that a variable declares by itself, in the form used in variables.
     *
     * <p>{@code CABSTAND_POOL_X_PROPERTIES_SERVER_URL} declares no pool: it is a property of {@code
     * x}'s driver.
     *
     * @return null if it declares none
     */
    static @Nullable String declared(String variable) {
        String form = Key.environmentName(variable);
        if (!form.startsWith(OF_POOLS)
                || !form.endsWith(URL)
                || form.length() <= OF_POOLS.length() + URL.length()) {
            return null;
        }
        String name = form.substring(OF_POOLS.length(), form.length() - URL.length());
        return (name + "_").contains("_" + PROPERTIES) ? null : name;
    }

    /**
     * Returns the pool that a variable belongs to. With pools {@code x} and {@code x-properties},
     * {@code CABSTAND_POOL_X_PROPERTIES_URL} belongs to the one with the longer name.
     *
     * @return null if there is none
     */
    static @Nullable String owner(String variable, Collection<String> pools) {
        String form = Key.environmentName(variable);
        String owner = null;
        for (String pool : pools) {
            String prefix = ofPool(pool);
            if (form.startsWith(prefix)
                    && isKey(form.substring(prefix.length()))
                    && (owner == null || pool.length() > owner.length())) {
                owner = pool;
            }
        }
        return owner;
    }

    /**
     * Whether a variable sets something. Only variables that begin like ours are checked: an
     * orchestrator may set others for a service named cabstand.
     */
    static boolean isKnown(String variable, Collection<String> pools) {
        String form = Key.environmentName(variable);
        if (form.startsWith(OF_DEFAULTS)) {
            return isKey(form.substring(OF_DEFAULTS.length()));
        }
        return !form.startsWith(OF_POOLS) || owner(variable, pools) != null;
    }

    /** Returns the prefix of a pool's variables. */
    static String ofPool(String pool) {
        return Key.environmentName(Key.POOL_PREFIX + pool + ".");
    }

    /** Returns every possible variable except those for the driver's properties. */
    static List<String> all(Collection<String> pools) {
        List<String> variables = new ArrayList<>();
        for (Key key : Key.values()) {
            variables.add(Key.environmentName(key.ofDefaults()));
            pools.forEach(name -> variables.add(Key.environmentName(key.of(name))));
        }
        return variables;
    }

    private static boolean isKey(String form) {
        return KEYS.contains(form) || isBelow(PROPERTIES, form) || isBelow(JPA_PROPERTIES, form);
    }

    private static boolean isBelow(String prefix, String form) {
        return form.startsWith(prefix) && form.length() > prefix.length();
    }
}
