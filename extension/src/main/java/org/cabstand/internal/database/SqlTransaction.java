package org.cabstand.internal.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;
import org.cabstand.internal.Log;

/**
 * Tells, without a round trip, whether SQL has begun a transaction that is still open.
 *
 * <p>A driver in auto-commit mode does not count a {@code BEGIN} that the application wrote as a
 * transaction: neither it nor the pool would end it.
 *
 * <p>Thread safety: safe for concurrent use, each time with another connection.
 */
@FunctionalInterface
public interface SqlTransaction {

    /**
     * Whether such a transaction is open, failed ones included.
     *
     * @param connection the driver's connection, in auto-commit mode
     * @return false also where it cannot be told
     * @throws SQLException when the driver refuses to tell
     */
    boolean isOpen(Connection connection) throws SQLException;

    /** How a database tells; what it is bound to may keep the driver's classes. */
    interface Source {
        SqlTransaction of(Connection connection) throws SQLException;
    }

    /** The driver knows, as databases tell it in every answer. */
    static Source told(Predicate<Object> isOpen, String type, String... methods) {
        DriverCall call = new DriverCall(type, methods);
        return new Source() {
            @Override
            public SqlTransaction of(Connection connection) throws SQLException {
                DriverCall.Bound bound = call.bind(connection);
                return c -> isOpen.test(bound.on(c));
            }

            @Override
            public String toString() {
                return call.toString();
            }
        };
    }

    /** The database is part of this process, and refuses a second transaction with this error. */
    static Source tried(int refused) {
        return new Source() {
            @Override
            public SqlTransaction of(Connection connection) {
                return c -> {
                    try (Statement statement = c.createStatement()) {
                        statement.execute("BEGIN");
                        statement.execute("ROLLBACK");
                        return false;
                    } catch (SQLException e) {
                        if (e.getErrorCode() == refused) {
                            return true;
                        }
                        throw e;
                    }
                };
            }

            @Override
            public String toString() {
                return "BEGIN";
            }
        };
    }

    /** Bound to a driver; one that lacks what is asked for tells nothing. */
    static SqlTransaction of(Source source, Connection connection) {
        try {
            return source.of(connection);
        } catch (SQLException e) {
            Log.debug("the driver does not tell its transactions", e);
            return c -> false;
        }
    }
}
