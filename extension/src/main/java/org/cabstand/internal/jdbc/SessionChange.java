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
     * What to make again when this change came after another of the same attribute.
     *
     * @param before the change before this one; not used any more
     * @return this, as it makes up for the one before
     */
    default SessionChange after(SessionChange before) {
        return this;
    }
}
