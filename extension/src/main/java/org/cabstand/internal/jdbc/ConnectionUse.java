package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One use of a physical connection, from borrow to return: what handles and statements report to.
 *
 * <p>The pool implements it; this package knows no pool.
 *
 * <p>Thread safety: as a JDBC connection's, calls may come from any thread, but are expected from one at
 * a time.
 */
public interface ConnectionUse {

    /**
     * The driver's connection.
     *
     * @return the driver's own connection
     * @throws SQLException when this use is over
     */
    Connection driverConnection() throws SQLException;

    /**
     * The connection that the application holds.
     *
     * @return what {@code Statement.getConnection()} gives
     */
    Connection handle();

    /**
     * Whether something that came from this use can work still.
     *
     * @param what its type, for the error
     * @return the error for the application when this use is over; null while it goes on
     */
    SQLException endedFor(String what);

    /**
     * Nothing that came from this use works after it.
     *
     * @param what its type, for the error
     * @throws SQLException when this use is over
     */
    default void checkNotOver(String what) throws SQLException {
        SQLException ended = endedFor(what);
        if (ended != null) {
            throw ended;
        }
    }

    /**
     * Whether a savepoint can be one of the transaction that this use is in.
     *
     * @param setIn the use in which it was set
     * @return the error for the application; null when it can
     */
    SQLException refusal(ConnectionUse setIn);

    /**
     * Metadata is about to be asked.
     *
     * @throws SQLException when this use is over, or work on the calling thread belongs to another
     *     connection now
     */
    void asking() throws SQLException;

    /**
     * A statement is about to run, or something else that is work.
     *
     * @throws SQLException as {@link #asking()}
     */
    void executing() throws SQLException;

    /** A commit or rollback succeeded: nothing is unfinished. */
    void completed();

    /**
     * Whether somebody else decides about commit and rollback.
     *
     * @param method what the application called
     * @return the error for the application; null when it decides itself
     */
    SQLException refusal(String method);

    /**
     * Whether an attribute cannot be changed now, as it is that of a transaction which has begun and which
     * somebody else ends.
     *
     * @param attribute what the application wants to change
     * @return the error for the application; null when it may try
     * @throws SQLException when the driver does not tell how the transaction stands
     */
    SQLException refusal(SessionAttribute attribute) throws SQLException;

    /**
     * The session's state has changed, or may have, and must be reset before the next use.
     *
     * @param attribute what has changed
     */
    void changed(SessionAttribute attribute);

    /**
     * The application has got at an object of the driver, past the handle: whatever it does with that is
     * not told, counts as work, and must be undone all the same.
     */
    void unwrapped();

    /**
     * Told of every error of the driver, before the application sees it.
     *
     * @param error what the driver threw
     * @return what the application gets
     */
    SQLException failed(SQLException error);

    /**
     * Remembers what was opened, to close it at the end of this use.
     *
     * @param <R> its type
     * @param resource what is open
     * @return the same
     */
    <R extends TrackedResource> R track(R resource);

    /**
     * Forgets what was closed.
     *
     * @param resource what was tracked, or not
     */
    void forget(TrackedResource resource);
}
