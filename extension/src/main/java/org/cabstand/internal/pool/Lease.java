package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cabstand.internal.Message;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.PooledStatement;
import org.cabstand.internal.jdbc.SessionAttribute;

/**
 * One hand-out of a connection: from the borrow to the one return.
 *
 * <p>Thread safety: {@link #end()} may be called by several threads, the first one ends it. The rest is as
 * JDBC's: one thread at a time is expected, though not enforced.
 */
public final class Lease implements ConnectionUse {

    private final NamedPool pool;
    private final PhysicalConnection physical;

    /** Agroal's wrapper: closing it is the return. */
    private final Connection pooled;

    private final ConnectionHandle handle;
    private final AtomicBoolean over = new AtomicBoolean();

    /** Written by the aborting thread, which is the one that cleans. */
    private boolean aborted;

    /** Guarded by itself. */
    private final List<PooledStatement> statements = new ArrayList<>(4);

    Lease(NamedPool pool, PhysicalConnection physical, Connection pooled, ConnectionHandle handle) {
        this.pool = pool;
        this.physical = physical;
        this.pooled = pooled;
        this.handle = handle;
    }

    @Override
    public Connection driverConnection() throws SQLException {
        if (over.get()) {
            throw new SQLException(Message.CONNECTION_CLOSED.format(pool.name()), "08003");
        }
        return physical.driver();
    }

    @Override
    public Connection handle() {
        return handle;
    }

    @Override
    public void executing() {
        if (!over.get()) {
            physical.executing();
        }
    }

    @Override
    public void completed() {
        if (!over.get()) {
            physical.completed();
        }
    }

    @Override
    public void changed(SessionAttribute attribute) {
        if (!over.get()) {
            physical.changed(attribute);
        }
    }

    @Override
    public SQLException failed(SQLException error) {
        if (!over.get()) {
            pool.failed(physical, error);
        }
        return error;
    }

    @Override
    public <S extends PooledStatement> S track(S statement) {
        synchronized (statements) {
            statements.add(statement);
        }
        return statement;
    }

    @Override
    public void forget(PooledStatement statement) {
        synchronized (statements) {
            // the last one opened is the first one closed, nearly always
            for (int i = statements.size() - 1; i >= 0; i--) {
                if (statements.get(i) == statement) {
                    statements.remove(i);
                    return;
                }
            }
        }
    }

    /** The statements that are still open; they are forgotten. */
    List<PooledStatement> takeStatements() {
        synchronized (statements) {
            List<PooledStatement> open = List.copyOf(statements);
            statements.clear();
            return open;
        }
    }

    /** Errors while it is cleaned are of no interest then. */
    boolean isAborted() {
        return aborted;
    }

    PhysicalConnection physical() {
        return physical;
    }

    Connection pooled() {
        return pooled;
    }

    /**
     * Whether this hand-out has ended.
     *
     * @return true once {@link #end()} was called
     */
    public boolean isOver() {
        return over.get();
    }

    /**
     * Gives the connection back; again has no effect. Errors are logged: the caller can do nothing about
     * them, and a connection that cannot be cleaned is destroyed.
     */
    public void end() {
        if (over.compareAndSet(false, true)) {
            pool.takeBack(this);
        }
    }

    /**
     * Destroys the physical connection and ends this hand-out.
     *
     * @param executor as {@link Connection#abort} wants it
     * @throws SQLException when the driver refuses; the hand-out has ended all the same
     */
    public void abort(Executor executor) throws SQLException {
        if (over.compareAndSet(false, true)) {
            aborted = true;
            try {
                physical.abort(executor);
            } finally {
                pool.takeBack(this);
            }
        }
    }
}
