package org.cabstand.internal.pool;

import java.time.Duration;

/**
 * The sessions that a pool has opened so far.
 *
 * <p>Thread safety: immutable.
 *
 * @param count how many
 * @param total how long it took to open them, all together
 * @param max how long the one that took longest
 * @param mostOpen how many were open at once
 */
record Openings(long count, Duration total, Duration max, int mostOpen) {

    static final Openings NONE = new Openings(0, Duration.ZERO, Duration.ZERO, 0);

    /** With one more session. */
    Openings and(Duration taken, int nowOpen) {
        return new Openings(
                count + 1,
                total.plus(taken),
                max.compareTo(taken) < 0 ? taken : max,
                Math.max(mostOpen, nowOpen));
    }
}
