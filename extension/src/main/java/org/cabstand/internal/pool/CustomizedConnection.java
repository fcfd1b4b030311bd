package org.cabstand.internal.pool;

import java.util.concurrent.Executor;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;

/**
 * A borrowed connection as a {@link org.cabstand.ConnectionCustomizer} sees it: it cannot end the
 * borrower's use.
 *
 * <p>Thread safety: one thread.
 */
final class CustomizedConnection extends ConnectionHandle {

    private final Lease lease;

    CustomizedConnection(Lease lease) {
        this.lease = lease;
    }

    @Override
    protected ConnectionUse use() {
        return lease;
    }

    @Override
    protected ConnectionUse currentUse() {
        return lease;
    }

    @Override
    public void close() {
        // the borrower's use goes on
    }

    @Override
    public boolean isClosed() {
        return lease.isOver();
    }

    @Override
    public void abort(Executor executor) {
        throw new UnsupportedOperationException("throw an SQLException to refuse a connection");
    }
}
