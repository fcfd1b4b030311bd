package org.cabstand.internal.jpa;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.UnitSettings;
import org.cabstand.internal.jpa.UnitFile.Written;
import org.xml.sax.SAXException;

/**
 * Reads the definitions of pools' persistence units, from {@code persistence.xml} or from the application's entities.
 *
 * <p>Thread safety: confined to deployment.
 */
final class DefinitionReader {

    private static final String PROVIDER = "jakarta.persistence.provider";
    private static final String ORM_XML = "META-INF/orm.xml";

    /** A property in {@code persistence.xml} that keeps WildFly from opening the unit. */
    private static final String MANAGED_BY_WILDFLY = "jboss.as.jpa.managed";

    private static final String OF_JPA_3_2 = "jakarta.persistence.FindOption";

    private final ClassLoader loader;

    /** Pools by the unit of a file that they have. */
    private final Map<String, String> pools = new HashMap<>();

    DefinitionReader(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Reads a unit.
     *
     * @param settings the unit's settings
     * @param archives where entities are looked for, unless packages are named
     * @param faults collects the faults
     * @return null when there are faults
     */
    UnitDefinition read(UnitSettings settings, List<URL> archives, List<String> faults) {
        try {
            return settings.unit() == null
                    ? ofEntities(settings, archives, faults)
                    : ofFile(settings, faults);
        } catch (IOException | SAXException | RuntimeException e) {
            faults.add(Message.UNIT_UNREADABLE.format(settings.pool(), e));
            return null;
        }
    }

    private UnitDefinition ofEntities(
            UnitSettings settings, List<URL> archives, List<String> faults) throws IOException {
        ManagedClasses classes = new ManagedClasses(loader);
        if (settings.packages().isEmpty()) {
            for (URL archive : archives) {
                classes.addAll(archive);
            }
        } else {
            for (String name : settings.packages()) {
                classes.addPackage(name);
            }
        }
        if (classes.found().isEmpty()) {
            faults.add(
                    Message.NO_ENTITIES.format(
                            settings.pool(),
                            settings.packages().isEmpty() ? archives : settings.packages(),
                            settings.keyOf(Key.JPA_PACKAGES)));
            return null;
        }
        List<String> mappingFiles =
                loader.getResource(ORM_XML) == null ? List.of() : List.of(ORM_XML);
        return new UnitDefinition(
                settings.pool(),
                settings.properties().get(PROVIDER),
                archives.stream().findFirst().orElse(null),
                List.copyOf(classes.found()),
                mappingFiles,
                SharedCacheMode.UNSPECIFIED,
                ValidationMode.AUTO,
                settings.properties());
    }

    private UnitDefinition ofFile(UnitSettings settings, List<String> faults)
            throws IOException, SAXException {
        String key = settings.keyOf(Key.JPA_UNIT);
        List<Written> all = UnitFile.read(loader);
        Written unit =
                all.stream().filter(u -> u.name().equals(settings.unit())).findFirst().orElse(null);
        if (unit == null) {
            faults.add(
                    Message.UNIT_UNKNOWN.format(
                            key, settings.unit(), all.stream().map(Written::name).toList()));
            return null;
        }
        check(unit, settings, faults);
        Map<String, String> properties = new LinkedHashMap<>(unit.properties());
        properties.putAll(settings.properties());
        String provider = properties.getOrDefault(PROVIDER, unit.text("provider"));
        List<String> mappingFiles = new ArrayList<>(unit.texts("mapping-file"));
        if (loader.getResource(ORM_XML) != null && !mappingFiles.contains(ORM_XML)) {
            mappingFiles.add(ORM_XML);
        }
        return new UnitDefinition(
                unit.name(),
                provider,
                unit.root(),
                List.copyOf(classes(unit)),
                mappingFiles,
                unit.cache(),
                unit.validation(),
                properties);
    }

    private Set<String> classes(Written unit) throws IOException {
        ManagedClasses classes = new ManagedClasses(loader);
        if (!unit.excludesUnlisted()) {
            classes.addAll(unit.root());
        }
        for (String jar : unit.texts("jar-file")) {
            classes.addAll(unit.jar(jar));
        }
        Set<String> names = new LinkedHashSet<>(unit.texts("class"));
        names.addAll(classes.found());
        return names;
    }

    private void check(Written unit, UnitSettings settings, List<String> faults) {
        String other = pools.putIfAbsent(unit.name(), settings.pool());
        if (other != null) {
            faults.add(
                    Message.UNIT_OF_TWO_POOLS.format(
                            unit.name(), Key.JPA_UNIT.of(other), settings.keyOf(Key.JPA_UNIT)));
        }
        List<String> own = new ArrayList<>();
        for (String element : List.of("jta-data-source", "non-jta-data-source")) {
            if (unit.text(element) != null) {
                own.add("<" + element + ">" + unit.text(element) + "</" + element + ">");
            }
        }
        if (unit.otherTransactions() != null) {
            own.add("transaction-type=\"" + unit.otherTransactions() + "\"");
        }
        if (!own.isEmpty()) {
            faults.add(
                    Message.UNIT_HAS_ITS_OWN.format(
                            unit.name(), String.join(" and ", own), settings.pool()));
        }
        if (startsEachUnit()) {
            faults.add(
                    Message.UNIT_ALWAYS_OF_SERVER.format(
                            unit.name(),
                            settings.keyOf(Key.JPA_UNIT),
                            settings.keyOf(Key.JPA_PACKAGES)));
        }
        if (isOnWildFly() && !"false".equals(unit.properties().get(MANAGED_BY_WILDFLY))) {
            faults.add(Message.UNIT_OF_SERVER.format(unit.name(), MANAGED_BY_WILDFLY));
        }
    }

    /**
     * Whether the server opens every unit itself. GlassFish and Payara do from Jakarta EE 11 on; before, they open the
     * units that some class refers to.
     */
    private boolean startsEachUnit() {
        if (!loader.getClass().getName().startsWith("org.glassfish.")) {
            return false;
        }
        try {
            loader.loadClass(OF_JPA_3_2);
            return true;
        } catch (ClassNotFoundException e) {
            return false; // the answer to the question
        }
    }

    private boolean isOnWildFly() {
        return loader.getClass().getName().startsWith("org.jboss.modules.");
    }
}
