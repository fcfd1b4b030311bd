package org.cabstand.internal.database;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.Log;

/**
 * Tells whether a driver is in the middle of an exchange with the database, such as COPY or a
 * streamed result. Until whoever began it ends it, any other call fails or waits for ever.
 *
 * <p>Thread safety: safe for concurrent use, each time with another connection.
 */
public interface Exchange {

    /** For drivers that do not tell. */
    Exchange UNKNOWN = connection -> false;

    /**
     * Whether there is an exchange. Takes no round trip and never waits.
     *
     * @param connection the driver's connection
     * @return false also if the driver cannot tell
     * @throws SQLException if the driver refuses to tell
     */
    boolean isOpen(Connection connection) throws SQLException;

    /** How a driver tells. What it is bound to may keep the driver's classes. */
    interface Source {
        Exchange of(Connection connection) throws SQLException;
    }

    /**
     * The last method returns a value as long as the exchange goes on.
     *
     * @param call returns the object that has the first of the methods, whatever its declared type
     */
    static Source told(DriverCall call, String... methods) {
        return connection -> {
            DriverCall.Bound bound = call.bind(connection);
            Object target = bound.on(connection);
            Method[] found = new Method[methods.length];
            try {
                for (int i = 0; i < methods.length; i++) {
                    found[i] = target.getClass().getMethod(methods[i]);
                    target = found[i].invoke(target);
                }
            } catch (ReflectiveOperationException e) {
                throw new SQLException(call + " does not lead there", e);
            }
            return c -> DriverCall.follow(bound.on(c), found) != null;
        };
    }

    /**
     * The driver has no method that tells, but a field that has a value as long as the exchange
     * goes on.
     */
    static Source field(DriverCall call, String field) {
        return connection -> {
            DriverCall.Bound bound = call.bind(connection);
            Field found = field(bound.on(connection).getClass(), field);
            return c -> {
                try {
                    return found.get(bound.on(c)) != null;
                } catch (IllegalAccessException e) {
                    throw new SQLException(found + " cannot be read", e);
                }
            };
        };
    }

    private static Field field(Class<?> type, String name) throws SQLException {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new SQLException(type.getName() + "." + name + " cannot be read", e);
        }
    }

    /** Binds to a driver. A driver that lacks the methods tells nothing. */
    static Exchange of(Source source, Connection connection) {
        try {
            Exchange ofDriver = source.of(connection);
            return connection instanceof PartOfSession
                    ? c ->
                            PartialTransaction.ofPart(c) == null
                                    && ofDriver.isOpen(PartialTransaction.driver(c))
                    : ofDriver;
        } catch (SQLException | RuntimeException e) {
            Log.debug("the driver does not tell what it is in the middle of", e);
            return UNKNOWN;
        }
    }
}
