package org.cabstand.internal.pool;

import java.time.Duration;

/**
 * A moment after which nobody waits any longer.
 *
 * <p>Thread safety: immutable.
 *
 * @param nanoTime by {@link System#nanoTime()}
 * @param never true when there is no such moment
 */
record Deadline(long nanoTime, boolean never) {

    /** The moment after a time from now; a time of zero never ends. */
    static Deadline after(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos(), timeout.isZero());
    }

    /** This one, or the moment after a time from now, whichever comes first. */
    Deadline orAfter(Duration timeout) {
        return remainingNanos() <= timeout.toNanos() ? this : after(timeout);
    }

    /** Zero or less when it has passed. */
    long remainingNanos() {
        return never ? Long.MAX_VALUE : nanoTime - System.nanoTime();
    }

    boolean hasPassed() {
        return remainingNanos() <= 0;
    }
}
