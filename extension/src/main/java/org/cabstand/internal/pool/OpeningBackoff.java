package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the next attempt to open a session may be made while the database refuses: one at a time, to find out whether
 * it is back.
 *
 * <p>Thread safety: none; the {@link Opener}'s lock guards it.
 */
final class OpeningBackoff {

    /** After a failed attempt; doubled up to the longest. */
    static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Where nobody waits, and sessions are missing only to {@code min-size}. */
    static final long PAUSE_ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The end of an attempt that is under way asks again, but it may hang. */
    static final long NEXT_ATTEMPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * An outage that is over.
     *
     * @param failures attempts that had failed
     * @param lasted from the first failure on
     */
    record Outage(int failures, Duration lasted) {}

    private final LongSupplier nanoTime;

    /** Since the last success. */
    private int failures;

    private long failingSince;
    private long pausedUntil;
    private long begunAt;

    OpeningBackoff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean isFailing() {
        return failures > 0;
    }

    /**
     * How long to wait before the next attempt.
     *
     * @param underway whether one is being made
     * @param awaited whether somebody waits for it
     * @return zero or less when it may be made now
     */
    long remainingNanos(boolean underway, boolean awaited) {
        if (!isFailing()) {
            return 0;
        }
        long due = pausedUntil;
        if (underway) {
            due = begunAt + NEXT_ATTEMPT_NANOS;
        } else if (!awaited) {
            due += PAUSE_ALONE_NANOS;
        }
        return due - nanoTime.getAsLong();
    }

    /** An attempt is made. */
    void begun() {
        begunAt = nanoTime.getAsLong();
    }

    /**
     * An attempt has failed.
     *
     * @param pauses false when the attempts have a pause of their own
     * @return whether it is the first one of an outage
     */
    boolean failed(boolean pauses) {
        long now = nanoTime.getAsLong();
        boolean first = failures++ == 0;
        if (first) {
            failingSince = now;
        }
        long pause =
                pauses
                        ? Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(failures, 5))
                        : 0;
        pausedUntil = now + pause;
        return first;
    }

    /**
     * An attempt has succeeded.
     *
     * @return the outage that has ended by that; null when there was none
     */
    @Nullable Outage succeeded() {
        if (!isFailing()) {
            return null;
        }
        Outage outage = new Outage(failures, Duration.ofNanos(nanoTime.getAsLong() - failingSince));
        failures = 0;
        return outage;
    }
}
