package org.cabstand.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The injection points that need a pool, so that a fault can name them.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class PoolRequirements {

    private final Map<String, List<String>> byPool = new TreeMap<>();
    private final List<String> ofDefault = new ArrayList<>();

    /**
     * Records an injection point with a {@code @Pool} qualifier.
     *
     * @param pool the qualifier's value
     * @param injectionPoint e.g. {@code com.acme.Orders.db}
     */
    public void pool(String pool, String injectionPoint) {
        byPool.computeIfAbsent(pool, name -> new ArrayList<>()).add(injectionPoint);
    }

    /**
     * Records an injection point without a qualifier.
     *
     * @param injectionPoint e.g. {@code com.acme.Orders.db}
     */
    public void defaultPool(String injectionPoint) {
        ofDefault.add(injectionPoint);
    }

    Set<String> pools() {
        return byPool.keySet();
    }

    List<String> ofDefault() {
        return ofDefault;
    }

    /** Returns the clause for an error message, empty if nothing needs the pool by name. */
    String neededBy(String pool) {
        List<String> points = byPool.getOrDefault(pool, List.of());
        return points.isEmpty() ? "" : " (needed by " + String.join(", ", points) + ")";
    }
}
