package org.cabstand.internal.monitor;

import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement, until its results have been read.
 *
 * <p>Thread safety: as the statement, one thread at a time.
 */
public interface StatementRun {

    /** An unknown number of rows. */
    long UNKNOWN = -1;

    /** Called before the driver is called again, for another row. */
    void resumed();

    /**
     * Called when the driver has returned.
     *
     * @param rows the number of rows changed or read in this call, or {@link #UNKNOWN}
     * @param error the driver's exception; null if there is none
     */
    void returned(long rows, @Nullable Throwable error);

    /** Called when nothing more is read, perhaps by another thread at the return of the connection. */
    void finished();
}
