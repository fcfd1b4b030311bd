package org.cabstand;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * A config source over a map, which may change at any time.
 *
 * @param properties the source reads this map itself, not a copy
 * @param ordinal its priority among other sources
 */
public record MapConfigSource(Map<String, String> properties, int ordinal) implements ConfigSource {

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "test";
    }

    @Override
    public int getOrdinal() {
        return ordinal;
    }
}
