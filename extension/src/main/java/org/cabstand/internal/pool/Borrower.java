package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The application's connection that has borrowed a session.
 *
 * <p>Thread safety: as JDBC's, one thread at a time.
 */
public interface Borrower extends Connection {

    /**
     * A statement that was made in a hand-out is about to run: makes the session be as the application wants it.
     *
     * @param lease the hand-out
     * @throws SQLException when work now belongs to another connection, or the driver refuses
     */
    void prepare(Lease lease) throws SQLException;

    /**
     * The session was lost outside of a transaction: another one can take its place.
     *
     * @param lease the hand-out
     */
    void lost(Lease lease);
}
