package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A change of client info, by name or as a whole. It is the one attribute whose changes add up.
 *
 * <p>Thread safety: guarded by its owner, because {@link #after} modifies the earlier change.
 */
final class ClientInfoChange implements SessionChange {

    private boolean asAWhole;

    /** A null value clears the name. */
    private final Map<String, String> values = new LinkedHashMap<>();

    ClientInfoChange(String name, String value) {
        values.put(name, value);
    }

    /** Names that are missing from it are cleared. */
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
