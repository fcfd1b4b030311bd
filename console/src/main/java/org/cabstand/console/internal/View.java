package org.cabstand.console.internal;

import java.util.List;
import org.cabstand.Holder;
import org.cabstand.PoolState;
import org.cabstand.Readiness;

/**
 * A pool as a page shows it.
 *
 * <p>Thread safety: immutable.
 *
 * @param state the pool's current state
 * @param readiness the last result of its check; null before the first
 * @param history its last minutes
 */
record View(PoolState state, Readiness readiness, History history) {

    String name() {
        return state.pool();
    }

    boolean isActive() {
        return !"not active".equals(state.trouble());
    }

    boolean isReady() {
        return readiness == null ? state.trouble() == null : readiness.ready();
    }

    /** The pool's problem; null if none is known. */
    String trouble() {
        return readiness != null && readiness.reason() != null
                ? readiness.reason()
                : state.trouble();
    }

    /** How many of the holders shown are calling the database at this moment. */
    long inDatabase() {
        return state.holders().stream().filter(View::isInDatabase).count();
    }

    static boolean isInDatabase(Holder holder) {
        return holder.statement() != null || isForwarding(holder.stack());
    }

    /** Whether a thread is in a handle, which forwards to the driver, and so in the driver. */
    private static boolean isForwarding(List<String> stack) {
        return stack.stream().anyMatch(frame -> frame.startsWith("org.cabstand.internal.jdbc."));
    }
}
