package org.cabstand.internal.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cabstand.Setting;

/**
 * Finds the properties of one pool that are passed on, to the driver or to the JPA provider: those for all
 * pools, then the pool's.
 *
 * <p>Thread safety: confined to deployment.
 */
final class PassedProperties {

    private final ConfigValues values;
    private final PoolValues poolValues;
    private final String pool;
    private final Set<String> pools;

    /** The properties by key; a pool's own replaces the one for all pools. */
    private final Map<String, Setting> described = new TreeMap<>();

    PassedProperties(ConfigValues values, PoolValues poolValues, String pool, Set<String> pools) {
        this.values = values;
        this.poolValues = poolValues;
        this.pool = pool;
        this.pools = pools;
    }

    /**
     * Those below a key.
     *
     * @param key e.g. {@code properties.}
     */
    Map<String, String> read(String key) {
        Map<String, String> properties = new TreeMap<>();
        for (String prefix :
                List.of(Key.DEFAULTS_PREFIX + key, Key.POOL_PREFIX + pool + "." + key)) {
            Set<String> forms = new TreeSet<>();
            for (String name : values.dotted()) {
                if (name.startsWith(prefix)
                        && name.length() > prefix.length()
                        && !values.isMadeOfVariable(name)) {
                    forms.add(Key.environmentName(name));
                    put(properties, key, name.substring(prefix.length()), name);
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
                            key,
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

    private void put(Map<String, String> properties, String prefix, String key, String name) {
        String value = poolValues.property(name);
        if (value != null) {
            properties.put(key, value);
            described.put(
                    prefix + key,
                    new Setting(
                            prefix + key,
                            Secrets.isSecret(key) ? Secrets.HIDDEN : Secrets.shown(value),
                            values.sourceOf(name),
                            true));
        }
    }

    /** The properties read so far, as users may see them. */
    Collection<Setting> described() {
        return described.values();
    }
}
