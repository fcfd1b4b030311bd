package org.cabstand.internal.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Watches the statements that are executed on a pool's connections.
 *
 * <p>The executing thread waits for each call, so it must be quick.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public interface StatementWatch {

    /**
     * Called when a statement is about to run.
     *
     * @param sql the application's text, which may contain secrets
     * @param waitedNanos how long its thread had waited for the connection
     * @return told about the execution; null when nobody is interested
     */
    @Nullable StatementRun begin(String sql, long waitedNanos);

    /** {@return the trace of the calling thread; null if unknown} */
    default @Nullable String traceId() {
        return null;
    }
}
