package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** A change of a session's state that can be made again on another connection. */
@FunctionalInterface
public interface SessionChange {

    /**
     * Makes the change.
     *
     * @param connection the connection to change
     * @throws SQLException when the driver refuses
     */
    void apply(Connection connection) throws SQLException;

    /**
     * This change, then another.
     *
     * @param next the change to make after this one
     * @return both as one
     */
    default SessionChange andThen(SessionChange next) {
        return connection -> {
            apply(connection);
            next.apply(connection);
        };
    }
}
