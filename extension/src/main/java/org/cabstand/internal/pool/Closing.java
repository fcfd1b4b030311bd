package org.cabstand.internal.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.cabstand.internal.config.PoolSettings;

/**
 * The end of a pool from which nobody can borrow any more: waits for borrowed connections, and closes everything.
 *
 * <p>Thread safety: the thread that ends the application takes one step after the other.
 */
final class Closing {

    private final PoolSettings settings;
    private final PoolParts parts;

    Closing(PoolSettings settings, PoolParts parts) {
        this.settings = settings;
        this.parts = parts;
    }

    /** Waits for borrowed connections, until {@code drain-timeout} after a given moment at most. */
    void drain(long refusedAt) {
        awaitZero(parts.sessions::inUse, refusedAt + settings.timeouts().drain().toNanos());
        int inUse = parts.sessions.inUse();
        if (inUse > 0) {
            parts.reports.drainIncomplete(inUse);
        }
    }

    /** Begins to close every connection. */
    void closeConnections() {
        try {
            parts.agroal.close();
        } finally {
            parts.threads.shutDown();
        }
    }

    /** Waits until every connection is closed, and ends the threads. */
    void awaitEnd(Deadline deadline) {
        try {
            parts.threads.awaitEnd(deadline, parts.factory.mayInterrupt());
            parts.sessions.all().forEach(PoolEntry::close); // stragglers
            awaitZero(() -> parts.sessions.all().size(), deadline.nanoTime());
        } finally {
            parts.end();
        }
    }

    private void awaitZero(IntSupplier count, long deadline) {
        while (count.getAsInt() > 0
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
