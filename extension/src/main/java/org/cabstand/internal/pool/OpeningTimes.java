package org.cabstand.internal.pool;

import java.time.Duration;

/**
 * How long it took to open the sessions of a pool.
 *
 * <p>Thread safety: immutable.
 *
 * @param total of all
 * @param max of the one that took longest
 */
record OpeningTimes(Duration total, Duration max) {

    /** With one more session. */
    OpeningTimes and(Duration taken) {
        return new OpeningTimes(total.plus(taken), max.compareTo(taken) < 0 ? taken : max);
    }
}
