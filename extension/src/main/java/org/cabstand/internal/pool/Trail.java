package org.cabstand.internal.pool;

import org.jspecify.annotations.Nullable;

/**
 * The places in the application where a connection has been since it was borrowed, for reports. It is created only if
 * something is noted, and dropped at the return.
 *
 * <p>A {@link Throwable} is the cheapest way to record a stack: it takes 2 to 4 microseconds, and names are looked up
 * only when asked for.
 *
 * <p>Thread safety: written by the thread that uses the connection, read by any; the fields are independent of each
 * other.
 */
final class Trail {

    private volatile @Nullable Throwable borrow;
    private volatile @Nullable Throwable beginning;
    private volatile @Nullable Throwable unwrapping;
    private volatile @Nullable Thread laterUser;

    private volatile long waitedNanos;

    /** Written with {@code borrow}, before it. */
    private boolean ofTransaction;

    /**
     * Notes that the calling thread borrows the connection.
     *
     * @param forTransaction whether a JTA transaction will hold it
     */
    void borrowed(boolean forTransaction) {
        ofTransaction = forTransaction;
        borrow = new Throwable();
    }

    /** Whether a JTA transaction holds it; read by the thread that borrowed it. */
    boolean isOfTransaction() {
        return ofTransaction;
    }

    /** Notes that the calling thread borrows the connection. */
    void borrowed() {
        borrow = new Throwable();
    }

    /** Notes that the calling thread begins work that must be committed or rolled back. */
    void begun() {
        beginning = new Throwable();
    }

    /** Notes that the calling thread gets an object of the driver, whose use cannot be seen. */
    void unwrapped() {
        unwrapping = new Throwable();
    }

    /** Notes that the holder has waited for it. */
    void waited(long nanos) {
        waitedNanos = nanos;
    }

    /** The holder's wait; zero if there was none. */
    long waitedNanos() {
        return waitedNanos;
    }

    boolean isBegun() {
        return beginning != null;
    }

    /** Notes that the work was committed or rolled back. */
    void completed() {
        if (beginning != null) {
            beginning = null;
        }
    }

    /** Notes that a thread other than the borrower uses the connection. */
    void usedBy(Thread thread) {
        laterUser = thread;
    }

    /** The stack of the borrow; null if it was not noted. */
    StackTraceElement @Nullable [] borrowStack() {
        return stack(borrow);
    }

    /**
     * The stack where work was begun since the last commit or rollback or, if that was not seen, where the object that
     * did it was unwrapped; null if neither was noted.
     */
    StackTraceElement @Nullable [] beginning() {
        StackTraceElement @Nullable [] seen = stack(beginning);
        return seen == null ? stack(unwrapping) : seen;
    }

    private static StackTraceElement @Nullable [] stack(@Nullable Throwable note) {
        return note == null ? null : note.getStackTrace();
    }

    /** Another thread that uses the connection; null if only the borrower does. */
    @Nullable Thread laterUser() {
        return laterUser;
    }
}
