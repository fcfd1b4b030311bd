package org.cabstand.internal.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool's persistence unit.
 *
 * <p>Thread safety: immutable.
 *
 * @param pool the pool's name
 * @param unit a unit of {@code META-INF/persistence.xml}; null for the application's entities
 * @param packages whose entities belong to the unit; empty for all
 * @param properties passed to the provider
 */
public record UnitSettings(
        String pool, @Nullable String unit, List<String> packages, Map<String, String> properties) {

    public UnitSettings {
        packages = List.copyOf(packages);
        properties = Map.copyOf(properties);
    }

    /**
     * Whether any of them is set.
     *
     * @return true when the pool gets a unit even if nothing injects one
     */
    public boolean isConfigured() {
        return unit != null || !packages.isEmpty() || !properties.isEmpty();
    }

    /**
     * The whole key of one of these settings.
     *
     * @param key the setting
     * @return e.g. {@code cabstand.pool.orders.jpa.unit}
     */
    public String keyOf(Key key) {
        return key.of(pool);
    }

    /** Without the properties, which may hold secrets. */
    @Override
    public String toString() {
        return "unit of pool '%s' [unit=%s, packages=%s]".formatted(pool, unit, packages);
    }
}
