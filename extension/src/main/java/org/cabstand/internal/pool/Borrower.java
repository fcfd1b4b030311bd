package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The application's connection, as the pool sees it.
 *
 * <p>Thread safety: called by the thread that uses the lease.
 */
public interface Borrower extends Connection {

    /**
     * Prepares the session for a statement that is about to run.
     *
     * @param lease a lease of this borrower
     * @throws SQLException when work now belongs to another connection, or the driver refuses
     */
    void prepare(Lease lease) throws SQLException;

    /**
     * Notes that the session was lost outside of a transaction, so that another session can replace it.
     *
     * @param lease a lease of this borrower
     */
    void lost(Lease lease);
}
