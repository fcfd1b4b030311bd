package org.cabstand.internal.pool;

import java.sql.SQLException;
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

    private final CustomizerUse use;

    CustomizedConnection(NamedPool pool, Lease lease) {
        use = new CustomizerUse(pool, lease, this);
    }

    /** The customizer has returned: what it has kept works no more. */
    void end() throws SQLException {
        use.end();
    }

    @Override
    protected ConnectionUse use() {
        return use;
    }

    @Override
    protected ConnectionUse currentUse() {
        return use;
    }

    @Override
    public void close() {
        // the borrower's use goes on
    }

    @Override
    public boolean isClosed() {
        return use.isOver();
    }

    @Override
    public void abort(Executor executor) {
        throw new UnsupportedOperationException("throw an SQLException to refuse a connection");
    }
}
