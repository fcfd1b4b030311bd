package org.cabstand.internal.jdbc;

import java.sql.SQLException;

/** What a use of a connection must close at its end, when the application has not. */
public interface TrackedResource {

    /**
     * Closes the driver's object.
     *
     * @throws SQLException when the driver cannot
     */
    void closeDelegate() throws SQLException;
}
