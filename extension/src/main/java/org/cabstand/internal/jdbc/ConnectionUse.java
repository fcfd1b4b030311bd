package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.monitor.StatementRun;

/**
 * One use of a physical connection, from borrow to return. Handles and statements report to it.
 *
 * <p>The pool implements it, so that this package need not know pools.
 *
 * <p>Thread safety: as a JDBC connection's, calls may come from any thread, but are expected from one at a time.
 */
public interface ConnectionUse {

    /** The method that commits, as {@link #refusal(String)} is told it. */
    String COMMIT = "commit()";

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
     * @return the result of {@code Statement.getConnection()}
     */
    Connection handle();

    /**
     * Whether an object obtained in this use may still work.
     *
     * @param what its type, for the error
     * @return the error for the application when this use is over; null while it goes on
     */
    SQLException endedFor(String what);

    /**
     * Checks that an object obtained in this use may still work.
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
     * Whether a savepoint may belong to the transaction of this use.
     *
     * @param setIn the use in which it was set
     * @return the error for the application; null when it may
     */
    SQLException refusal(ConnectionUse setIn);

    /**
     * Called before metadata is read.
     *
     * @throws SQLException when this use is over, or the calling thread's work now belongs to another connection
     */
    void asking() throws SQLException;

    /**
     * Called before a statement runs, or other work is done.
     *
     * @throws SQLException as {@link #asking()}
     */
    void executing() throws SQLException;

    /**
     * Called before a statement runs.
     *
     * @param sql its text, as the application wrote it
     * @throws SQLException as {@link #asking()}
     */
    void executing(String sql) throws SQLException;

    /**
     * Whether statements are watched. Asked when one is created.
     *
     * @return false when {@link #watch} need not be called
     */
    boolean isWatched();

    /**
     * Called when a statement begins to run.
     *
     * @param sql its text, as the application wrote it
     * @return told about the execution; null when nobody is interested
     */
    StatementRun watch(String sql);

    /** The call that cancels a statement. */
    interface Cancellation {
        /**
         * Calls the driver.
         *
         * @throws SQLException as the driver does
         */
        void run() throws SQLException;
    }

    /**
     * Cancels a statement, from any thread. This use does not end meanwhile.
     *
     * @param cancellation the call
     * @throws SQLException when this use is over, or the driver fails
     */
    void cancel(Cancellation cancellation) throws SQLException;

    /** Called after a successful commit or rollback: no work is unfinished. */
    void completed();

    /**
     * Whether the application must not commit or roll back itself, or can not commit.
     *
     * @param method the method that the application called
     * @return the error for the application; null when it may
     * @throws SQLException when the driver does not tell
     */
    SQLException refusal(String method) throws SQLException;

    /**
     * Whether an attribute cannot be changed now, because it is part of a transaction that has begun and that the
     * application does not end itself.
     *
     * @param attribute the attribute that the application wants to change
     * @return the error for the application; null when it may try
     * @throws SQLException when the driver does not tell how the transaction stands
     */
    SQLException refusal(SessionAttribute attribute) throws SQLException;

    /**
     * Notes that the session's state has changed, or may have, and must be reset before the next use.
     *
     * @param attribute the attribute that has changed
     */
    void changed(SessionAttribute attribute);

    /**
     * Notes that the application has got an object of the driver, past the handle. What it does with that cannot be
     * seen; it counts as work and must be undone all the same.
     */
    void unwrapped();

    /**
     * Called with every error of the driver, before the application sees it.
     *
     * @param error the driver's exception
     * @return the exception for the application
     */
    SQLException failed(SQLException error);

    /**
     * Remembers an open resource, to close it at the end of this use.
     *
     * @param <R> its type
     * @param resource an open resource
     * @return the same
     */
    <R extends TrackedResource> R track(R resource);

    /**
     * Forgets a resource that was closed.
     *
     * @param resource a resource; need not have been tracked
     */
    void forget(TrackedResource resource);
}
