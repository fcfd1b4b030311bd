package org.cabstand.internal.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Watches what is executed on a pool's connections.
 *
 * <p>Who executes waits for each call, so it must be quick.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface StatementWatch {

    /**
     * Called when a statement is about to run.
     *
     * @param sql as the application wrote it: it may hold secrets
     * @param waitedNanos how long its thread had waited for the connection
     * @return told how it goes on; null when nobody is interested
     */
    @Nullable StatementRun begin(String sql, long waitedNanos);

    /** {@return the trace that the calling thread works for; null where that is not known} */
    default @Nullable String traceId() {
        return null;
    }
}
