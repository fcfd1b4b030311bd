package org.cabstand.internal.handle;

import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.cabstand.internal.Message;

/**
 * A connection from the DataSource: its borrower holds it until {@link #close()}.
 *
 * <p>Thread safety: as JDBC's connections.
 */
final class LeasedConnection extends BorrowingConnection {

    /** Written by whoever closes it. */
    private volatile boolean closed;

    LeasedConnection(ConnectionSource source) {
        super(source);
    }

    /** Borrows now, because callers of {@code getConnection()} expect its errors there. */
    LeasedConnection open() throws SQLException {
        borrowUnshared();
        return this;
    }

    @Override
    protected void checkUsable() throws SQLException {
        if (closed) {
            throw new SQLException(Message.CONNECTION_CLOSED.format(pool().name()), "08003");
        }
    }

    /** False: its borrower gives it back. */
    @Override
    protected boolean givesBackAtOnce() {
        return false;
    }

    @Override
    public void close() {
        closed = true;
        giveBack();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        closed = true;
        try {
            super.abort(executor);
        } finally {
            giveBack();
        }
    }

    @Override
    public String toString() {
        return "connection of pool '" + pool().name() + "'" + (closed ? " (closed)" : "");
    }
}
