package org.cabstand.internal.pool;

import org.jspecify.annotations.Nullable;

/**
 * Where a connection has been in the application since it was borrowed: what reports tell of it. Made only
 * where something is noted, and gone at the return.
 *
 * <p>A {@link Throwable} is the cheapest way to note a stack: 2 to 4 microseconds; names are looked up when
 * somebody asks.
 *
 * <p>Thread safety: written by the thread that uses the connection, read by any; each field stands for itself.
 */
final class Trail {

    private volatile @Nullable Throwable borrow;
    private volatile @Nullable Throwable beginning;
    private volatile @Nullable Throwable unwrapping;
    private volatile @Nullable Thread laterUser;

    /** The calling thread borrows it. */
    void borrowed() {
        borrow = new Throwable();
    }

    /** The calling thread begins work that will have to be committed or rolled back. */
    void begun() {
        beginning = new Throwable();
    }

    /** The calling thread gets at an object of the driver: what is done with that, nobody sees. */
    void unwrapped() {
        unwrapping = new Throwable();
    }

    boolean isBegun() {
        return beginning != null;
    }

    /** It was committed or rolled back. */
    void completed() {
        if (beginning != null) {
            beginning = null;
        }
    }

    /** Another thread uses it than the one that borrowed it. */
    void usedBy(Thread thread) {
        laterUser = thread;
    }

    /** Null where it was not noted. */
    StackTraceElement @Nullable [] borrowStack() {
        return stack(borrow);
    }

    /**
     * Where work was begun since the last commit or roll-back, or, where that was not seen, what it was
     * done with was unwrapped; null where neither was noted.
     */
    StackTraceElement @Nullable [] beginning() {
        StackTraceElement @Nullable [] seen = stack(beginning);
        return seen == null ? stack(unwrapping) : seen;
    }

    private static StackTraceElement @Nullable [] stack(@Nullable Throwable note) {
        return note == null ? null : note.getStackTrace();
    }

    /** Null when only the one who borrowed it does. */
    @Nullable Thread laterUser() {
        return laterUser;
    }
}
