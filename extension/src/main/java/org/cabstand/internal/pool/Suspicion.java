package org.cabstand.internal.pool;

/**
 * Since when the sessions of a pool are suspect, by what was seen of its database: those that were not proven since then
 * are asked before anybody gets them.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Suspicion {

    /** Written by whoever sees a fatal error; by {@link System#nanoTime()}. */
    private volatile long suspectSince = System.nanoTime() - 1;

    /** Written by the housekeeper: idle connections not proven since then are validated. */
    private volatile long validationDue = suspectSince;

    /** The database has ended a session, or does not answer on one. */
    void raise() {
        suspectSince = System.nanoTime();
    }

    /** How long ago that was, in nanoseconds. */
    long ageNanos() {
        return System.nanoTime() - suspectSince;
    }

    /** All idle connections are due to be asked. */
    void validateIdle() {
        validationDue = System.nanoTime();
    }

    /** Sessions that were not proven since then must not be used, by {@link System#nanoTime()}. */
    long suspectSince() {
        return suspectSince;
    }

    /** For idle connections: what was proven since then need not be asked again. */
    long toBeProvenSince() {
        long suspect = suspectSince;
        long due = validationDue;
        return due - suspect > 0 ? due : suspect;
    }
}
