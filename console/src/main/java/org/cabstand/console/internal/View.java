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
 * @param state the pool now
 * @param readiness what its check said last; null until it has said something
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

    /** What is wrong; null when nothing is known to be. */
    String trouble() {
        return readiness != null && readiness.reason() != null
                ? readiness.reason()
                : state.trouble();
    }

    /** How many of the holders that are shown are in a call to the database at this moment. */
    long inDatabase() {
        return state.holders().stream().filter(View::isInDatabase).count();
    }

    static boolean isInDatabase(Holder holder) {
        return holder.statement() != null || isForwarding(holder.stack());
    }

    /** What applications hold forwards to the driver, so a thread that is in there is in the driver. */
    private static boolean isForwarding(List<String> stack) {
        return stack.stream().anyMatch(frame -> frame.startsWith("org.cabstand.internal.jdbc."));
    }
}
