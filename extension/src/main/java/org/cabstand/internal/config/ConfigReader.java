package org.cabstand.internal.config;

import static org.cabstand.internal.Message.BAD_POOL_NAME;
import static org.cabstand.internal.Message.DEFAULT_POOL_UNKNOWN;
import static org.cabstand.internal.Message.NOT_A_BOOLEAN;
import static org.cabstand.internal.Message.NO_DEFAULT_POOL;
import static org.cabstand.internal.Message.NO_POOL;
import static org.cabstand.internal.Message.SAME_ENVIRONMENT_NAME;
import static org.cabstand.internal.Message.UNKNOWN_KEY;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pools' settings and finds every fault in them.
 *
 * <p>Pool names come from the properties, the injection points and the environment variables.
 * {@link SettingsReader} then reads each pool's settings.
 *
 * <p>Thread safety: confined to deployment.
 */
public final class ConfigReader {

    private static final Pattern POOL_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private final ConfigValues values;
    private final PoolRequirements needs;
    private final DatabaseForDevelopment development;

    /** A set, because a fault in the defaults is found in each pool and reported once. */
    private final Set<String> faults = new LinkedHashSet<>();

    /**
     * A reader that has read nothing yet.
     *
     * @param values the properties
     * @param needs the injection points; may be filled until {@link #read()}
     */
    public ConfigReader(ConfigValues values, PoolRequirements needs) {
        this(values, needs, DatabaseForDevelopment.NONE);
    }

    /**
     * A reader that has read nothing yet.
     *
     * @param values the properties
     * @param needs the injection points; may be filled until {@link #read()}
     * @param development asked for the database of a pool without URL
     */
    public ConfigReader(
            ConfigValues values, PoolRequirements needs, DatabaseForDevelopment development) {
        this.values = values;
        this.needs = needs;
        this.development = development;
    }

    /**
     * The result of reading.
     *
     * @param pools the settings of every pool without a fault
     * @param units what is configured of persistence units, by the names of these pools
     * @param defaultPool the name of the default pool; null if there is none
     * @param faults every fault, as users see it; empty if there is none
     */
    public record Result(
            List<PoolSettings> pools,
            Map<String, UnitSettings> units,
            @Nullable String defaultPool,
            List<String> faults) {}

    /**
     * Reads all pools.
     *
     * @return settings and faults
     */
    public Result read() {
        Set<String> names = poolNames();
        checkNames(names);
        checkConsole();
        List<PoolSettings> pools = new ArrayList<>();
        Map<String, UnitSettings> units = new HashMap<>();
        for (String name : names) {
            SettingsReader reader = new SettingsReader(values, needs, development, name, names);
            PoolSettings settings = reader.read();
            UnitSettings unit = reader.unit();
            faults.addAll(reader.faults());
            if (reader.faults().isEmpty()) {
                pools.add(settings);
                units.put(name, unit);
            }
        }
        String defaultPool = defaultPool(names);
        return new Result(List.copyOf(pools), units, defaultPool, List.copyOf(faults));
    }

    /**
     * Returns the names of the pools that want a readiness check, whether or not they have faults.
     *
     * <p>Checks are added before injection points are known. A pool that only an injection point
     * names has no URL, so it makes the deployment fail anyway.
     *
     * @return the names of declared pools
     */
    public Set<String> poolsWithHealth() {
        Set<String> names = poolNames();
        names.removeIf(
                name -> is("false", name, Key.ACTIVE) || is("false", name, Key.HEALTH_ENABLED));
        return names;
    }

    /**
     * Returns the names of the pools that also want a startup check.
     *
     * @return a subset of {@link #poolsWithHealth()}
     */
    public Set<String> poolsWithStartup() {
        Set<String> names = poolsWithHealth();
        names.removeIf(name -> !is("true", name, Key.HEALTH_STARTUP));
        return names;
    }

    /**
     * Whether a pool is configured to have a persistence unit.
     *
     * @return true when there is any key of that
     */
    public boolean hasUnits() {
        return values.dotted().stream()
                .anyMatch(
                        name ->
                                name.startsWith(Key.POOL_PREFIX)
                                        && name.contains("." + Key.JPA_PREFIX));
    }

    private boolean is(String value, String pool, Key key) {
        try {
            String configured = values.get(pool, key);
            return configured != null && value.equalsIgnoreCase(configured.strip());
        } catch (RuntimeException e) {
            return false; // read() reports the fault
        }
    }

    /** Sorted, so that reports and the start are the same each time. */
    private Set<String> poolNames() {
        Set<String> names = new TreeSet<>(needs.pools());
        for (String property : values.dotted()) {
            if (property.startsWith(Key.POOL_PREFIX) && !values.isMadeOfVariable(property)) {
                String rest = property.substring(Key.POOL_PREFIX.length());
                int dot = rest.indexOf('.');
                if (dot > 0
                        && (Key.isKnown(rest.substring(dot + 1))
                                || !values.mayComeFromEnvironment(property))) {
                    names.add(rest.substring(0, dot));
                }
            }
        }
        Set<String> declared = new TreeSet<>();
        names.forEach(name -> declared.add(Key.environmentName(name)));
        for (String variable : values.environment()) {
            String name = Variables.declared(variable);
            if (name != null && declared.add(name)) {
                names.add(name.toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return names;
    }

    private void checkNames(Set<String> names) {
        Map<String, String> forms = new LinkedHashMap<>();
        for (String name : names) {
            if (!POOL_NAME.matcher(name).matches()) {
                faults.add(BAD_POOL_NAME.format(name, needs.neededBy(name)));
            }
            String other = forms.putIfAbsent(Key.environmentName(name), name);
            if (other != null) {
                faults.add(SAME_ENVIRONMENT_NAME.format(other, name, Variables.ofPool(name)));
            }
        }
        for (String property : values.dotted()) {
            if (!isKnownProperty(property) && !values.mayComeFromEnvironment(property)) {
                faults.add(unknownKey(property));
            }
        }
        for (String variable : values.environment()) {
            if (!Variables.isKnown(variable, names)) {
                faults.add(
                        UNKNOWN_KEY.format(
                                variable,
                                " for the pools " + names,
                                NamesElsewhere.hintForVariable(variable, names)));
            }
        }
    }

    private static boolean isKnownProperty(String property) {
        if (property.startsWith(Key.POOL_PREFIX)) {
            String rest = property.substring(Key.POOL_PREFIX.length());
            int dot = rest.indexOf('.');
            return dot > 0 && Key.isKnown(rest.substring(dot + 1));
        }
        if (property.startsWith(Key.DEFAULTS_PREFIX)) {
            return Key.isKnown(property.substring(Key.DEFAULTS_PREFIX.length()));
        }
        return property.equals(Key.DEFAULT_POOL)
                || property.equals(Key.CONSOLE_ENABLED)
                || property.equals(Key.CONSOLE_ROLE);
    }

    /** Here, so that its faults are in the one report. */
    private void checkConsole() {
        try {
            String enabled = values.get(Key.CONSOLE_ENABLED);
            if (enabled != null && !enabled.strip().matches("(?i)true|false")) {
                faults.add(NOT_A_BOOLEAN.format(Key.CONSOLE_ENABLED, enabled));
            }
        } catch (RuntimeException e) {
            faults.add(PoolValues.unreadable(Key.CONSOLE_ENABLED, e));
        }
    }

    private static String unknownKey(String property) {
        for (String prefix : List.of(Key.DEFAULTS_PREFIX, Key.POOL_PREFIX)) {
            if (property.startsWith(prefix)) {
                String rest = property.substring(prefix.length());
                int dot = prefix.equals(Key.POOL_PREFIX) ? rest.indexOf('.') : -1;
                if (prefix.equals(Key.POOL_PREFIX) && dot < 0) {
                    return UNKNOWN_KEY.format(
                            property, ": write " + Key.POOL_PREFIX + "<name>.<key>", "");
                }
                return UNKNOWN_KEY.format(
                        property, "", NamesElsewhere.hint(rest.substring(dot + 1)));
            }
        }
        String firstPart = property.replaceFirst("^(cabstand\\.[^.]*\\.?).*", "$1");
        return UNKNOWN_KEY.format(
                property,
                "",
                property.startsWith(Key.CONSOLE_PREFIX)
                        ? ClosestName.hint(property, List.of(Key.CONSOLE_ENABLED, Key.CONSOLE_ROLE))
                        : ClosestName.hint(
                                firstPart,
                                List.of(
                                        Key.POOL_PREFIX,
                                        Key.DEFAULTS_PREFIX,
                                        Key.CONSOLE_PREFIX,
                                        Key.DEFAULT_POOL)));
    }

    private @Nullable String defaultPool(Set<String> names) {
        String configured = null;
        try {
            configured = values.get(Key.DEFAULT_POOL);
        } catch (RuntimeException e) {
            faults.add(PoolValues.unreadable(Key.DEFAULT_POOL, e));
        }
        if (configured != null && !configured.isBlank()) {
            configured = configured.strip();
            if (!names.contains(configured)) {
                faults.add(
                        DEFAULT_POOL_UNKNOWN.format(
                                configured, names, ClosestName.hint(configured, names)));
            }
            return configured;
        }
        if (names.contains("default")) {
            return "default";
        }
        if (names.size() == 1) {
            return names.iterator().next();
        }
        for (String injectionPoint : needs.ofDefault()) {
            faults.add(
                    names.isEmpty()
                            ? NO_POOL.format(injectionPoint)
                            : NO_DEFAULT_POOL.format(injectionPoint, String.join(", ", names)));
        }
        return null;
    }
}
