package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;

/**
 * What a borrower from the DataSource holds: the connection of one hand-out, given back by {@link
 * #close()}.
 *
 * <p>Thread safety: as JDBC's connections.
 */
final class LeasedConnection extends ConnectionHandle {

    private final NamedPool pool;

    /** Written once, right after the borrow and before the borrower sees this. */
    private Lease lease;

    LeasedConnection(NamedPool pool) {
        this.pool = pool;
    }

    LeasedConnection borrow() throws SQLException {
        lease = pool.borrow(this);
        return this;
    }

    @Override
    protected ConnectionUse use() throws SQLException {
        if (lease.isOver()) {
            throw new SQLException(Message.CONNECTION_CLOSED.format(pool.name()), "08003");
        }
        return lease;
    }

    @Override
    protected ConnectionUse currentUse() {
        return lease;
    }

    @Override
    public void close() {
        lease.end();
    }

    @Override
    public boolean isClosed() {
        return lease.isOver();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        lease.abort(executor);
    }

    @Override
    public String toString() {
        return "connection of pool '" + pool.name() + "'" + (isClosed() ? " (closed)" : "");
    }
}
