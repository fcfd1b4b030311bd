package org.cabstand.internal.monitor;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement, until its results have been read.
 *
 * <p>Thread safety: as the statement, one thread at a time.
 */
public interface StatementRun {

    /** How many rows there were, where nobody knows. */
    long UNKNOWN = -1;

    /** The driver is called again, for another row. */
    void resumed();

    /**
     * The driver has come back.
     *
     * @param rows that it has changed or given in this call, or {@link #UNKNOWN}
     * @param error what it has thrown; null when it has not
     */
    void returned(long rows, @Nullable Throwable error);

    /** No more is read. Perhaps at the return of the connection, by another thread. */
    void finished();
}
