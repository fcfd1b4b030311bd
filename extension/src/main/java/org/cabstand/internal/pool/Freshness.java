package org.cabstand.internal.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the database was last known to answer on a connection.
 *
 * <p>Thread safety: the plain fields are written by who has the connection; the hand-over to the next one
 * publishes them. Moments are by {@link System#nanoTime()}.
 */
final class Freshness {

    private static final long NEW_NANOS = 1_000_000_000;

    /** For who gets it from a borrower that did not wait for its validation. */
    private static final long JUST_VALIDATED_NANOS = 100_000_000;

    private final long openedAt = System.nanoTime();

    /** Null where connections are not validated when borrowed. */
    private final @Nullable Duration validateAfterIdle;

    /** When the answer to the last validation was there. */
    private long answeredAt = openedAt;

    /** The moment before the last validation asked. */
    private volatile long provenAt = openedAt;

    /** Written at the return, when it was in use. */
    private long usedUntil = openedAt;

    /** It was used since it was proven. */
    private boolean used;

    Freshness(@Nullable Duration validateAfterIdle) {
        this.validateAfterIdle = validateAfterIdle;
    }

    void beginUse() {
        used = true;
    }

    /** The database was asked something in this use, and did answer. */
    void endUse() {
        usedUntil = System.nanoTime();
    }

    /**
     * A validation has succeeded.
     *
     * @param asked the moment before: what was answered before an outage proves nothing after it
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

    /** When it was used or validated: to be borrowed and not used tells nothing of a session. */
    private long lastAnswer() {
        long answered = answeredAt;
        return answered - usedUntil > 0 ? answered : usedUntil;
    }

    /** Proven a moment ago, and not used yet. */
    private boolean isNew(long now) {
        long answered = answeredAt;
        return !used && now - answered < (answered == openedAt ? NEW_NANOS : JUST_VALIDATED_NANOS);
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - openedAt);
    }
}
