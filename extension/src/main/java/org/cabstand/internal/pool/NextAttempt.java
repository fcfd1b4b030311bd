package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Announces how the next attempt to open a session ends, to callers who are not in the queue.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the field.
 */
final class NextAttempt {

    /** Null when nobody has asked. */
    private @Nullable CompletableFuture<Void> end;

    /** Returns a future that the end of the next attempt completes, exceptionally if it fails. */
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
     * Called when an attempt has ended. Callers from now on get the future of the next one.
     *
     * @return the future to {@link #tell complete} when the new connection can be borrowed; null when nobody has asked
     */
    synchronized @Nullable CompletableFuture<Void> take() {
        CompletableFuture<Void> taken = end;
        end = null;
        return taken;
    }

    /**
     * Completes the future of an attempt.
     *
     * @param told the result of {@link #take}
     * @param error null when it has succeeded
     */
    static void tell(@Nullable CompletableFuture<Void> told, @Nullable SQLException error) {
        if (told == null) {
            return;
        }
        if (error == null) {
            told.complete(null);
        } else {
            told.completeExceptionally(error);
        }
    }
}
