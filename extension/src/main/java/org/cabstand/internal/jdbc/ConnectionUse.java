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

    /** A statement is about to run. */
    void executing();

    /** A commit or rollback succeeded: nothing is unfinished. */
    void completed();

    /**
     * The session's state has changed, or may have, and must be reset before the next use.
     *
     * @param attribute what has changed
     */
    void changed(SessionAttribute attribute);

    /**
     * Told of every error of the driver, before the application sees it.
     *
     * @param error what the driver threw
     * @return what the application gets
     */
    SQLException failed(SQLException error);

    /**
     * Remembers a statement, to close it at the end of this use.
     *
     * @param <S> the statement's type
     * @param statement an open statement
     * @return the same statement
     */
    <S extends PooledStatement> S track(S statement);

    /**
     * Forgets a statement that was closed.
     *
     * @param statement a statement that was tracked, or not
     */
    void forget(PooledStatement statement);
}
