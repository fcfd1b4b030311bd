package org.cabstand.internal.pool;

import java.time.Duration;

/**
 * Counts and times of the sessions that a pool has opened.
 *
 * <p>Thread safety: immutable.
 *
 * @param count their number
 * @param total the total time of opening them
 * @param max the longest time
 * @param mostOpen the most that were open at once
 */
record Openings(long count, Duration total, Duration max, int mostOpen) {

    static final Openings NONE = new Openings(0, Duration.ZERO, Duration.ZERO, 0);

    /** Adds one more session. */
    Openings and(Duration taken, int nowOpen) {
        return new Openings(
                count + 1,
                total.plus(taken),
                max.compareTo(taken) < 0 ? taken : max,
                Math.max(mostOpen, nowOpen));
    }
}
