package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.jdbc.ConnectionUse;

/**
 * The cancellations of a session's statements that are under way.
 *
 * <p>MySQL and MariaDB end whatever the session executes when the cancellation arrives, on a connection of its own. If
 * the session had another user by then, that one's statement would fail.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards {@code running}.
 */
final class Cancellations {

    /** How long a return waits for them. A driver opens a connection to cancel a statement. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** Written under the monitor, read without it. */
    private volatile int running;

    /** Runs a cancellation, which checks itself whether it is too late. */
    void run(ConnectionUse.Cancellation cancellation) throws SQLException {
        begin();
        try {
            cancellation.run();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        running++;
    }

    private synchronized void end() {
        running--;
        notifyAll();
    }

    /**
     * Waits until none is under way. Called when the use has ended, so that no other one can begin.
     *
     * @return false when one is still under way, and the session must not be used again
     */
    boolean haveEnded() {
        return running == 0 || awaitEnd(Deadline.after(LONGEST_WAIT));
    }

    private synchronized boolean awaitEnd(Deadline deadline) {
        try {
            while (running > 0 && !deadline.hasPassed()) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline.remainingNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return running == 0;
    }
}
