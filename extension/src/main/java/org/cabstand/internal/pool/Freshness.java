package org.cabstand.internal.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tracks when the database last answered on a connection, and so whether it needs a validation.
 *
 * <p>Thread safety: the plain fields are written by the thread that has the connection; the hand-over to the next one
 * publishes them. Moments are by {@link System#nanoTime()}.
 */
final class Freshness {

    private static final long NEW_NANOS = 1_000_000_000;

    /** For a borrower who gets it from one who did not wait for its validation. */
    private static final long JUST_VALIDATED_NANOS = 100_000_000;

    private final long openedAt = System.nanoTime();

    /** Null when connections are not validated at the borrow. */
    private final @Nullable Duration validateAfterIdle;

    /** The moment when the last validation was answered. */
    private long answeredAt = openedAt;

    /** The moment just before the last successful validation. */
    private volatile long provenAt = openedAt;

    /** The end of the last use. Written at the return. */
    private long usedUntil = openedAt;

    /** It was used since its last validation. */
    private boolean used;

    Freshness(@Nullable Duration validateAfterIdle) {
        this.validateAfterIdle = validateAfterIdle;
    }

    void beginUse() {
        used = true;
    }

    /** Notes the end of a use in which the database has answered. */
    void endUse() {
        usedUntil = System.nanoTime();
    }

    /**
     * Notes a successful validation.
     *
     * @param asked the moment just before it, because an answer from before an outage proves nothing after it
     */
    void proven(long asked) {
        answeredAt = System.nanoTime();
        provenAt = asked;
        used = false;
    }

    boolean isProvenSince(long moment) {
        return provenAt - moment > 0;
    }

    /** Whether the connection may be used without asking the database. */
    boolean isFresh(long suspectSince, long now) {
        if (!isProvenSince(suspectSince)) {
            return false;
        }
        Duration limit = validateAfterIdle;
        return limit == null
                || isNew(now)
                || !limit.isZero() && now - lastAnswer() <= limit.toNanos();
    }

    /** The moment of the last use or validation. A borrow without a use proves nothing about a session. */
    private long lastAnswer() {
        long answered = answeredAt;
        return answered - usedUntil > 0 ? answered : usedUntil;
    }

    /** Whether it was validated a moment ago and not used since. */
    private boolean isNew(long now) {
        long answered = answeredAt;
        return !used && now - answered < (answered == openedAt ? NEW_NANOS : JUST_VALIDATED_NANOS);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }
}
