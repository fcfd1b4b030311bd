package org.cabstand.internal.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The driver properties of a database: time limits, session names, and settings that suit a pool.
 *
 * <p>Thread safety: immutable.
 */
public final class DriverProperties {

    private final DatabaseTraits traits;

    DriverProperties(DatabaseTraits traits) {
        this.traits = traits;
    }

    /**
     * Returns the limits for connecting, and for reads while connecting, in the form that the
     * driver honours.
     *
     * @param timeout the longest time to connect
     * @return properties for the driver
     */
    public Map<String, String> loginLimits(Duration timeout) {
        Map<String, String> limits = new LinkedHashMap<>();
        traits.limits.forEach(
                (property, unit) -> {
                    long perUnit = unit.toMillis(1);
                    long value = (timeout.toMillis() + perUnit - 1) / perUnit;
                    limits.put(property, Long.toString(Math.max(1, value)));
                });
        return limits;
    }

    /**
     * Returns the login limit that also limits the reads of an open connection.
     *
     * @return the property's name; null if there is none
     */
    public @Nullable String readLimit() {
        return traits.readLimit;
    }

    /**
     * Returns the properties that name the session in the database's list of sessions: {@code
     * shop/orders}.
     *
     * <p>Drivers put the name into lists of their own, and databases cut a long name. So it
     * contains only letters, digits, dots, dashes and underscores, and the pool's name stays whole.
     *
     * @param application the application's name, of any characters
     * @param pool the pool's name
     * @return properties for the driver
     */
    public Map<String, String> sessionName(String application, String pool) {
        if (traits.sessionNameProperty == null || traits.sessionNameFormat == null) {
            return Map.of();
        }
        String shown = application.replaceAll("[^A-Za-z0-9._-]", "_");
        int room = traits.sessionNameLimit - pool.length() - 1;
        String name =
                room > 0
                        ? shown.substring(0, Math.min(room, shown.length())) + "/" + pool
                        : pool.substring(0, Math.min(traits.sessionNameLimit, pool.length()));
        return Map.of(traits.sessionNameProperty, traits.sessionNameFormat.formatted(name));
    }

    /**
     * Returns the driver properties that make the database work well in a pool.
     *
     * @param url the JDBC URL
     * @param configured the driver's properties as configured
     * @param readOnly whether sessions are to be read-only
     * @return properties for the driver
     */
    public Map<String, String> properties(
            String url, Map<String, String> configured, boolean readOnly) {
        if (readOnly) {
            return traits.propertiesReadOnly;
        }
        return traits.unwritable.test(WatchedUrl.inner(url), configured)
                ? traits.propertiesUnwritable
                : traits.properties;
    }

    /**
     * A URL with one more parameter.
     *
     * @param url a URL of this database
     * @param name the parameter's name
     * @param value its value
     * @return null if parameters cannot be part of the URL, or this is unknown
     */
    public @Nullable String withParameter(String url, String name, String value) {
        if (!traits.urlParameters) {
            return null;
        }
        return url
                + (url.contains("?") ? "&" : "?")
                + name
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * Returns the driver's source of connections for distributed transactions.
     *
     * @return a class name; null if none is known
     */
    public @Nullable String xaDataSource() {
        return traits.xaDataSource;
    }

    /**
     * Returns the driver properties that break the full reset if all of them are on.
     *
     * @param url the JDBC URL
     * @param properties the driver's properties
     * @return their names; empty if there is no conflict
     */
    public Set<String> conflictWithFullReset(String url, Map<String, String> properties) {
        boolean allOn =
                traits.noFullResetWith.stream()
                        .allMatch(
                                name ->
                                        "true".equalsIgnoreCase(properties.get(name))
                                                || url.contains(name + "=true"));
        return allOn ? traits.noFullResetWith : Set.of();
    }
}
