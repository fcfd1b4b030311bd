package org.cabstand.internal.pool;

import java.sql.SQLException;

/**
 * Tells Agroal to destroy a connection that comes back: our exception sorter calls it fatal.
 *
 * <p>Without a stack trace: it is a signal, and the fault it stands for was reported where it happened.
 */
final class EvictionSignal extends SQLException {

    private static final long serialVersionUID = 1L;

    static final EvictionSignal SIGNAL = new EvictionSignal();

    private EvictionSignal() {
        super("the connection is of no more use", "08006");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
