package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Client info that was set, by name or as a whole: the one attribute that a later change adds to.
 *
 * <p>Thread safety: that of who remembers it, as {@link #after} changes the one before.
 */
final class ClientInfoChange implements SessionChange {

    private boolean asAWhole;

    /** Null values clear. */
    private final Map<String, String> values = new LinkedHashMap<>();

    ClientInfoChange(String name, String value) {
        values.put(name, value);
    }

    /** What is not in it is cleared. */
    ClientInfoChange(Properties all) {
        asAWhole = true;
        all.stringPropertyNames().forEach(name -> values.put(name, all.getProperty(name)));
    }

    @Override
    public SessionChange after(SessionChange before) {
        if (asAWhole || !(before instanceof ClientInfoChange info)) {
            return this;
        }
        info.values.putAll(values);
        return info;
    }

    @Override
    public void apply(Connection connection) throws SQLException {
        if (asAWhole) {
            Properties all = new Properties();
            values.forEach(
                    (name, value) -> {
                        if (value != null) {
                            all.setProperty(name, value);
                        }
                    });
            connection.setClientInfo(all);
        } else {
            for (Map.Entry<String, String> each : values.entrySet()) {
                connection.setClientInfo(each.getKey(), each.getValue());
            }
        }
    }
}
