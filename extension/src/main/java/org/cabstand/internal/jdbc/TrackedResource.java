package org.cabstand.internal.jdbc;

import java.sql.SQLException;

/**
 * A resource that a use of a connection closes at its end if the application has not done so.
 *
 * <p>Thread safety: that of the driver's object; the links belong to {@link OpenStatements}.
 */
public abstract class TrackedResource {

    /**
     * Written under the monitor of the {@link OpenStatements} that contains this; null for the first one, or outside a
     * list.
     */
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
     * Whether it is closed or has no more rows; drivers close some by themselves.
     *
     * @throws SQLException when the driver does not tell
     */
    abstract boolean isDone() throws SQLException;

    /**
     * Cancels what the driver's object is executing, from another thread.
     *
     * @throws SQLException when the driver cannot
     */
    void cancelDelegate() throws SQLException {
        // only statements execute
    }
}
