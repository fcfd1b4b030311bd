package org.cabstand.internal.handle;

import java.util.concurrent.Executor;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;

/**
 * A borrowed connection as a {@link org.cabstand.ConnectionCustomizer} sees it. Closing it does nothing.
 *
 * <p>Thread safety: one thread.
 */
final class CustomizedConnection extends ConnectionHandle {

    private final CustomizerUse use;

    CustomizedConnection(CustomizerUse use) {
        this.use = use;
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
