package org.cabstand.internal.pool;

import java.time.Duration;

/**
 * The moment when a wait ends.
 *
 * <p>Thread safety: immutable.
 *
 * @param begun when the wait began, by {@link System#nanoTime()}
 * @param nanoTime by {@link System#nanoTime()}
 * @param never whether the wait never ends
 */
record Deadline(long begun, long nanoTime, boolean never) {

    /** A deadline after a time from now; zero means never. */
    static Deadline after(Duration timeout) {
        long now = System.nanoTime();
        return new Deadline(now, now + timeout.toNanos(), timeout.isZero());
    }

    /** The earlier one of this deadline and one after a time from now. */
    Deadline orAfter(Duration timeout) {
        return remainingNanos() <= timeout.toNanos() ? this : after(timeout);
    }

    /** The remaining time; zero or less when it has passed. */
    long remainingNanos() {
        return never ? Long.MAX_VALUE : nanoTime - System.nanoTime();
    }

    boolean hasPassed() {
        return remainingNanos() <= 0;
    }
}
