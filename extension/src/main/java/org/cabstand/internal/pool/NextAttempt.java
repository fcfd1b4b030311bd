package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The next attempt to open a session that ends, for those who are not in the queue and want to know how.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the field.
 */
final class NextAttempt {

    /** Null when nobody wants to know. */
    private @Nullable CompletableFuture<Void> end;

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
    synchronized @Nullable CompletableFuture<Void> take() {
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
