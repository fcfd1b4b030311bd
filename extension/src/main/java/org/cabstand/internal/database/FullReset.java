package org.cabstand.internal.database;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Clears all of a session's state: roles, variables, temporary tables, locks, prepared statements. */
@FunctionalInterface
public interface FullReset {

    /**
     * Resets a session that has no open transaction.
     *
     * @param connection the driver's connection, in auto-commit mode
     * @throws SQLException when the database refuses
     */
    void reset(Connection connection) throws SQLException;

    /** A reset that is an SQL statement. */
    static FullReset sql(String sql) {
        return connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        };
    }

    /** A reset that is a method of the driver; by reflection, no driver is a dependency of ours. */
    static FullReset method(String type, String method) {
        return connection -> {
            try {
                Class<?> driver = Class.forName(type, true, connection.getClass().getClassLoader());
                driver.getMethod(method).invoke(connection.unwrap(driver));
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof SQLException error) {
                    throw error;
                }
                throw new SQLException(type + "." + method + " failed", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new SQLException(type + "." + method + " cannot be called", e);
            }
        };
    }
}
