package org.cabstand.internal.pool;

import java.time.Duration;

/**
 * The time it took to open the sessions of a pool.
 *
 * <p>Thread safety: immutable.
 *
 * @param total the sum
 * @param max the longest
 */
record OpeningTimes(Duration total, Duration max) {

    /** Adds the time of one more session. */
    OpeningTimes and(Duration taken) {
        return new OpeningTimes(total.plus(taken), max.compareTo(taken) < 0 ? taken : max);
    }
}
