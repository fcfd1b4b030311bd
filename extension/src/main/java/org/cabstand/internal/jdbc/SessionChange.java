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
     * Combines this change with an earlier one of the same attribute, for making them again.
     *
     * @param before the earlier change; not used afterwards
     * @return this change, which replaces the earlier one
     */
    default SessionChange after(SessionChange before) {
        return this;
    }
}
