package org.cabstand.internal.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A call to a driver's own methods beyond JDBC, by name, because no driver is a dependency of ours.
 *
 * <p>Thread safety: immutable.
 *
 * @param type the driver's connection type
 * @param methods public methods without arguments: the first one of that type, each other of the
 *     result of the one before
 */
record DriverCall(String type, String... methods) {

    /**
     * The call bound to one driver's classes. It keeps these classes, so it belongs to a pool and
     * not to a static field.
     */
    record Bound(Class<?> type, Method... methods) {

        /** Returns the result of the last method. */
        Object on(Connection connection) throws SQLException {
            return follow(
                    type.isInstance(connection) ? connection : connection.unwrap(type), methods);
        }
    }

    /** Returns the result of the last method. */
    static Object follow(Object from, Method... methods) throws SQLException {
        Object target = from;
        try {
            for (Method method : methods) {
                target = method.invoke(target);
            }
            return target;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException error) {
                throw error;
            }
            throw new SQLException(from.getClass().getName() + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new SQLException(from.getClass().getName() + " cannot be called", e);
        }
    }

    /**
     * Looks the methods up in the driver's own classes.
     *
     * @throws SQLException if this driver has no such methods
     */
    Bound bind(Connection connection) throws SQLException {
        try {
            Class<?> first = Class.forName(type, true, connection.getClass().getClassLoader());
            Method[] found = new Method[methods.length];
            Class<?> owner = first;
            for (int i = 0; i < methods.length; i++) {
                found[i] = owner.getMethod(methods[i]);
                owner = found[i].getReturnType();
            }
            return new Bound(first, found);
        } catch (ReflectiveOperationException e) {
            throw new SQLException(this + " is not there", e);
        }
    }

    @Override
    public String toString() {
        return methods[methods.length - 1] + "()";
    }
}
