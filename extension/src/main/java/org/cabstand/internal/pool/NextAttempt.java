package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * The next attempt to open a session that ends, for those who are not in the queue and want to know how.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the field.
 */
final class NextAttempt {

    /** Null when nobody wants to know. */
    private CompletableFuture<Void> end;

    /** Completed by the end of the next attempt, exceptionally when that fails. */
    synchronized CompletableFuture<Void> end() {
        if (end == null) {
            end = new CompletableFuture<>();
        }
        return end;
    }

    synchronized boolean isAwaited() {
        return end != null;
    }

    /**
     * An attempt ends: who asks from now on wants to know how the next one ends.
     *
     * @return to be {@link #tell told} when what it has made can be found; null when nobody wants to know
     */
    synchronized CompletableFuture<Void> take() {
        CompletableFuture<Void> taken = end;
        end = null;
        return taken;
    }

    /**
     * Tells how an attempt has ended.
     *
     * @param told what {@link #take} gave
     * @param error null when it has succeeded
     */
    static void tell(CompletableFuture<Void> told, SQLException error) {
        if (told != null && error == null) {
            told.complete(null);
        } else if (told != null) {
            told.completeExceptionally(error);
        }
    }
}
