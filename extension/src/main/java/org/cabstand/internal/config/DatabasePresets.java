package org.cabstand.internal.config;

import java.util.Map;
import org.cabstand.internal.database.Database;

/**
 * Settings that suit a database, where nothing else is configured.
 *
 * <p>Thread safety: stateless.
 */
public final class DatabasePresets {

    private DatabasePresets() {}

    /**
     * Keeps a database in memory alive: it is gone with its last connection.
     *
     * @param url the JDBC URL
     * @return the values for keys that are not configured
     */
    public static Map<Key, String> of(String url) {
        Database database = Database.of(url);
        if (!database.isInMemory(url)) {
            return Map.of();
        }
        return database.isInMemoryPerConnection(url)
                ? Map.of(Key.MIN_SIZE, "1", Key.MAX_SIZE, "1", Key.MAX_LIFETIME, Key.OFF)
                : Map.of(Key.MIN_SIZE, "1", Key.MAX_LIFETIME, Key.OFF);
    }
}
