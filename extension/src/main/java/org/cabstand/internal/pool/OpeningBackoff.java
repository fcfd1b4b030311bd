package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next attempt to open a session may be made while opening fails: one at a time, to find out whether
 * the database is back.
 *
 * <p>Thread safety: the {@link Opener}'s lock guards it, but {@link #hangs()} and {@link #cameBack()} need none.
 */
final class OpeningBackoff {

    /** The pause after the first failure; it doubles with each failure up to the longest pause. */
    static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The pause when nobody waits, and sessions are missing only to {@code min-size}. */
    static final long PAUSE_ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The pause while an attempt is running. Its end begins the next one, but it may hang. */
    static final long NEXT_ATTEMPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How many attempts may hang after they were given up, each of which keeps a thread, before pauses are longer. */
    static final int HARMLESS = 20;

    /** What each further one adds to the pause. */
    static final long PAUSE_FOR_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * An outage that has ended.
     *
     * @param failures the number of failed attempts
     * @param lasted the time since the first failure
     */
    record Outage(int failures, Duration lasted) {}

    private final LongSupplier nanoTime;

    /** Failures since the last success. */
    private int failures;

    /** Attempts that were given up, and whose driver has not come back. */
    private final AtomicInteger hanging = new AtomicInteger();

    private long failingSince;
    private long failedAt;
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
     * @param underway whether an attempt is running
     * @param awaited whether anybody waits for it
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
        long free = failedAt + Math.max(0, hanging.get() - HARMLESS) * PAUSE_FOR_EACH_NANOS;
        long now = nanoTime.getAsLong();
        return Math.max(due - now, free - now);
    }

    /** Notes that an attempt was given up, and keeps its thread. */
    void hangs() {
        hanging.incrementAndGet();
    }

    /** Notes that such an attempt has ended after all. */
    void cameBack() {
        hanging.decrementAndGet();
    }

    /** Notes that an attempt begins. */
    void begun() {
        begunAt = nanoTime.getAsLong();
    }

    /**
     * Notes that an attempt has failed.
     *
     * @param pauses false when another pause applies, as after a refused login
     * @return whether it is the first failure of an outage
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
        failedAt = now;
        pausedUntil = now + pause;
        return first;
    }

    /**
     * Notes that an attempt has succeeded.
     *
     * @return the outage that this has ended; null when there was none
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
