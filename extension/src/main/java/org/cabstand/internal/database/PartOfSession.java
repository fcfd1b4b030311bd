package org.cabstand.internal.database;

import java.sql.Connection;

/**
 * A connection that may be only a part of a session that others use, too. What the driver tells about the session's
 * transaction is then not true for this part.
 *
 * <p>Thread safety: that of a connection.
 */
public interface PartOfSession {

    /**
     * How this part's own transaction stands.
     *
     * @return null while it is a whole session; then ask the driver
     */
    SqlTransaction.State transaction();

    /**
     * The connection to ask about a whole session.
     *
     * @return the driver's own connection
     */
    Connection driver();

    /** The use that ends has left statements open; they are closed next. */
    void leavesOpen();
}
