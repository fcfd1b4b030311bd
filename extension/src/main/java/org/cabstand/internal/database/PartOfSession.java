package org.cabstand.internal.database;

import java.sql.Connection;

/**
 * A driver's connection that may be a part only of a session which others use, too: what the driver tells of the
 * session's transaction is not true for the part then.
 *
 * <p>Thread safety: that of a connection.
 */
public interface PartOfSession {

    /**
     * How this part's own transaction stands.
     *
     * @return null while it is a whole session, of which the driver knows
     */
    SqlTransaction.State transaction();

    /**
     * Whom the pool asks about a whole session.
     *
     * @return the driver's own connection
     */
    Connection driver();
}
