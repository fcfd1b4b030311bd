package org.cabstand.test;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** The configuration of the applications that are tested. */
public final class PoolConfig implements ConfigSource {

    private static final Map<String, String> PROPERTIES = new ConcurrentHashMap<>();

    static {
        // known from the start: a Config keeps the names that it sees first
        PROPERTIES.put("cabstand.pool.shop.url", "jdbc:h2:mem:shop");
    }

    static void set(String key, String value) {
        PROPERTIES.put("cabstand.pool.shop." + key, value);
    }

    /** The pool {@code shop} works with a database in memory, which stays. */
    public static void useH2(String name) {
        clear();
        set("url", "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    static void clear() {
        PROPERTIES.clear();
    }

    static void put(String property, String value) {
        PROPERTIES.put(property, value);
    }

    @Override
    public Set<String> getPropertyNames() {
        return PROPERTIES.keySet();
    }

    @Override
    public String getValue(String name) {
        return PROPERTIES.get(name);
    }

    @Override
    public String getName() {
        return "test";
    }

    @Override
    public int getOrdinal() {
        return 500;
    }
}
