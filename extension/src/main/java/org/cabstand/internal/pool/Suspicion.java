package org.cabstand.internal.pool;

/**
 * The moment since which the sessions of a pool are suspect, because its database has failed. A session that has not
 * been validated since then is validated before anybody gets it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Suspicion {

    /** By {@link System#nanoTime()}. Written by a thread that sees a fatal error. */
    private volatile long suspectSince = System.nanoTime() - 1;

    /** Idle connections that were not validated since then are due for it. Written by the housekeeper. */
    private volatile long validationDue = suspectSince;

    /** Called when the database has ended a session, or does not answer on one. */
    void raise() {
        suspectSince = System.nanoTime();
    }

    /** The time since the last suspicion, in nanoseconds. */
    long ageNanos() {
        return System.nanoTime() - suspectSince;
    }

    /** Makes all idle connections due for validation. */
    void validateIdle() {
        validationDue = System.nanoTime();
    }

    /** Sessions that were not validated since then must not be used. By {@link System#nanoTime()}. */
    long suspectSince() {
        return suspectSince;
    }

    /** Idle connections that were validated since then need no validation. */
    long toBeProvenSince() {
        long suspect = suspectSince;
        long due = validationDue;
        return due - suspect > 0 ? due : suspect;
    }
}
