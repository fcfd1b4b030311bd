package org.cabstand.internal.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The holder of a connection, since when it holds it, and where the connection has been since, for reports.
 *
 * <p>Thread safety: written by the holder, read by any. Reports need not see a change at once, so {@code lazySet} is
 * enough, which saves a fence.
 */
final class Holding {

    /**
     * The number of beginnings that are noted for each connection. Places that leave work unfinished show early, and
     * noting costs a transaction 3 µs.
     */
    private static final int MOST_BEGINNINGS = 1_000;

    /** A wait. */
    private static final long WORTH_TELLING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The longest text that is kept, because a long script would be kept as long as the connection is held. */
    private static final int LONGEST_STATEMENT = 10_000;

    private static final AtomicReferenceFieldUpdater<Holding, Thread> HOLDER =
            AtomicReferenceFieldUpdater.newUpdater(Holding.class, Thread.class, "holder");
    private static final AtomicLongFieldUpdater<Holding> HELD_SINCE =
            AtomicLongFieldUpdater.newUpdater(Holding.class, "heldSince");
    private static final AtomicReferenceFieldUpdater<Holding, String> STATEMENT =
            AtomicReferenceFieldUpdater.newUpdater(Holding.class, String.class, "statement");
    private static final AtomicLongFieldUpdater<Holding> BORROWS =
            AtomicLongFieldUpdater.newUpdater(Holding.class, "borrows");

    /** Written at borrow and return; null while idle. */
    private volatile @Nullable Thread holder;

    /** Written at borrow, before {@code holder}; by {@link System#nanoTime()}. */
    private volatile long heldSince;

    private volatile long borrows;

    /** Written by the users of the connection, and at the borrow; null until something is noted. */
    private volatile @Nullable Trail trail;

    /** The application's SQL that was executed last in this use; null if there is none. Written by the user. */
    private volatile @Nullable String statement;

    /** Written by the leak report; back to false at the return. */
    private volatile boolean reportedAsLeak;

    /** Written by the holder. */
    private int beginningsNoted;

    /**
     * Makes the calling thread the holder.
     *
     * @param now by {@link System#nanoTime()}
     */
    void begin(long now) {
        if (trail != null) {
            trail = null;
        }
        HELD_SINCE.lazySet(this, now);
        HOLDER.lazySet(this, Thread.currentThread());
        BORROWS.lazySet(this, borrows + 1);
    }

    /** Ends the holding at the return. */
    void end() {
        HOLDER.lazySet(this, null);
        if (reportedAsLeak) {
            reportedAsLeak = false;
        }
        if (statement != null) {
            STATEMENT.lazySet(this, null);
        }
    }

    /** Ends the holding because the connection was taken away. */
    void taken() {
        HOLDER.lazySet(this, null);
    }

    /** Notes that the holder has waited for it since a moment by {@link System#nanoTime()}. */
    void waitedSince(long begun) {
        long nanos = heldSince - begun;
        if (nanos >= WORTH_TELLING_NANOS) {
            makeTrail().waited(nanos);
        }
    }

    /** The holder's wait; zero if less than a millisecond. */
    long waitedNanos() {
        Trail noted = trail;
        return noted == null ? 0 : noted.waitedNanos();
    }

    /** Notes that the calling thread executes a statement. */
    void executes(String sql) {
        STATEMENT.lazySet(
                this,
                sql.length() <= LONGEST_STATEMENT ? sql : sql.substring(0, LONGEST_STATEMENT));
    }

    /** The SQL that was executed last, with literals; null if there is none. */
    @Nullable String statement() {
        return statement;
    }

    /** Notes that the calling thread uses the connection. */
    void noteUser() {
        Thread thread = Thread.currentThread();
        if (thread != holder) {
            makeTrail().usedBy(thread);
        }
    }

    /** Whether noting where a transaction begins is worth its cost. */
    boolean isWorthNoting() {
        return beginningsNoted < MOST_BEGINNINGS;
    }

    /** Notes that the calling thread begins work that must be committed or rolled back. */
    void noteBeginning() {
        beginningsNoted++;
        makeTrail().begun();
    }

    /** Notes that the work was committed or rolled back. */
    void completed() {
        Trail noted = trail;
        if (noted != null) {
            noted.completed();
        }
    }

    /** The holder; null while idle. */
    @Nullable Thread thread() {
        return holder;
    }

    /** Whether a thread has borrowed it and no other one has used it since. */
    boolean isOnlyBy(Thread thread) {
        Trail noted = trail;
        return holder == thread && (noted == null || noted.laterUser() == null);
    }

    long nanos() {
        return System.nanoTime() - heldSince;
    }

    /** The moment of the borrow, by {@link System#nanoTime()}. */
    long since() {
        return heldSince;
    }

    /** The number of borrows. */
    long borrows() {
        return borrows;
    }

    /** The trail since the borrow; null when nothing was noted. */
    @Nullable Trail trail() {
        return trail;
    }

    Trail makeTrail() {
        Trail made = trail;
        if (made == null) {
            made = new Trail();
            trail = made;
        }
        return made;
    }

    boolean isReportedAsLeak() {
        return reportedAsLeak;
    }

    void reportAsLeak() {
        reportedAsLeak = true;
    }
}
