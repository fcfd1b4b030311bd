package org.cabstand.internal.jdbc;

import java.sql.SQLException;

/**
 * What a use of a connection must close at its end, when the application has not.
 *
 * <p>Thread safety: that of the driver's object; the links belong to {@link OpenStatements}.
 */
public abstract class TrackedResource {

    /** Written under the monitor of the {@link OpenStatements} that has this; null in no or the first. */
    TrackedResource older;

    /** Written as {@code older}. */
    TrackedResource newer;

    TrackedResource() {}

    /**
     * Closes the driver's object.
     *
     * @throws SQLException when the driver cannot
     */
    abstract void closeDelegate() throws SQLException;

    /**
     * Whether nothing is open any more: the driver closes some by itself.
     *
     * @throws SQLException when the driver does not say
     */
    abstract boolean isDone() throws SQLException;

    /**
     * Ends what the driver's object executes, from another thread.
     *
     * @throws SQLException when the driver cannot
     */
    void cancelDelegate() throws SQLException {
        // only statements execute
    }
}
