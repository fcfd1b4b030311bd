package org.cabstand.internal.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something that a driver offers beyond JDBC, by name: no driver is a dependency of ours.
 *
 * <p>Thread safety: immutable.
 *
 * @param type the driver's type of a connection
 * @param methods public methods without arguments: of that type, then of what the one before returns
 */
record DriverCall(String type, String... methods) {

    /** The call on one driver's classes; it keeps them, so it belongs to a pool and not to us. */
    record Bound(Class<?> type, Method... methods) {

        /** What the last method returns. */
        Object on(Connection connection) throws SQLException {
            return follow(
                    type.isInstance(connection) ? connection : connection.unwrap(type), methods);
        }
    }

    /** What the last method returns. */
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
     * @throws SQLException when this driver has no such methods
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
