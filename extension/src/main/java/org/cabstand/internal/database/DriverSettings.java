package org.cabstand.internal.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cabstand.internal.Log;

/**
 * The settings of a driver's own connection type beyond JDBC, as bean properties, by name, because
 * no driver is a dependency of ours.
 *
 * <p>Thread safety: immutable.
 *
 * @param type the driver's connection type
 * @param names the names of the properties
 */
record DriverSettings(String type, String... names) {

    /** One property and its initial value. */
    private record Setting(Method getter, Method setter, Object value) {

        void restore(Object target) throws SQLException {
            try {
                if (!Objects.equals(getter.invoke(target), value)) {
                    setter.invoke(target, value);
                }
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof SQLException error) {
                    throw error;
                }
                throw new SQLException(setter + " failed", e.getCause());
            } catch (IllegalAccessException e) {
                throw new SQLException(setter + " cannot be called", e);
            }
        }
    }

    /**
     * The values that were read. They keep the driver's classes, so they belong to a pool and not
     * to a static field.
     */
    static final class Values {

        private final Class<?> type;
        private final List<Setting> settings = new ArrayList<>();

        private Values(Class<?> type) {
            this.type = type;
        }

        /** Restores the values. */
        void restore(Connection connection) throws SQLException {
            Object target = type.isInstance(connection) ? connection : connection.unwrap(type);
            for (Setting setting : settings) {
                setting.restore(target);
            }
        }
    }

    /**
     * Reads the properties that exist; another version of the driver may lack some.
     *
     * @throws SQLException if it is another driver
     */
    Values read(Connection fresh) throws SQLException {
        Class<?> found;
        try {
            found = Class.forName(type, true, fresh.getClass().getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new SQLException(type + " is not there", e);
        }
        Object target = found.isInstance(fresh) ? fresh : fresh.unwrap(found);
        Values values = new Values(found);
        for (String name : names) {
            try {
                Method getter = found.getMethod("get" + name);
                Method setter = found.getMethod("set" + name, getter.getReturnType());
                values.settings.add(new Setting(getter, setter, getter.invoke(target)));
            } catch (ReflectiveOperationException e) {
                Log.debug(type + " has no " + name, e);
            }
        }
        return values;
    }
}
