package org.cabstand.internal.jpa;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import java.net.URL;
import java.util.List;
import java.util.Map;

/**
 * The definition of a persistence unit.
 *
 * <p>Thread safety: immutable.
 *
 * @param name its name
 * @param provider class of the provider; null for any
 * @param root where it is defined; null if nowhere
 * @param classes names of the entities, embeddables, mapped superclasses and converters
 * @param mappingFiles as {@code persistence.xml} names them
 * @param cache which entities may be cached
 * @param validation whether entities are validated
 * @param properties for the provider
 */
record UnitDefinition(
        String name,
        String provider,
        URL root,
        List<String> classes,
        List<String> mappingFiles,
        SharedCacheMode cache,
        ValidationMode validation,
        Map<String, String> properties) {

    UnitDefinition {
        classes = List.copyOf(classes);
        mappingFiles = List.copyOf(mappingFiles);
        properties = Map.copyOf(properties);
    }
}
