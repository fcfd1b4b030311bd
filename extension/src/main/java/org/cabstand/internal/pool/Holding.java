package org.cabstand.internal.pool;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a connection, since when, and where it has been since: what reports ask for.
 *
 * <p>Thread safety: written by the holder, read by any. Reports need not see a change at once: hence {@code
 * lazySet}, a fence less.
 */
final class Holding {

    /**
     * Places that leave work unfinished show themselves early; to note each transaction's would cost all of
     * them 3 µs.
     */
    private static final int MOST_BEGINNINGS = 1_000;

    private static final AtomicReferenceFieldUpdater<Holding, Thread> HOLDER =
            AtomicReferenceFieldUpdater.newUpdater(Holding.class, Thread.class, "holder");
    private static final AtomicLongFieldUpdater<Holding> HELD_SINCE =
            AtomicLongFieldUpdater.newUpdater(Holding.class, "heldSince");
    private static final AtomicLongFieldUpdater<Holding> BORROWS =
            AtomicLongFieldUpdater.newUpdater(Holding.class, "borrows");

    /** Written at borrow and return; null while idle. */
    private volatile @Nullable Thread holder;

    /** Written at borrow, before {@code holder}; by {@link System#nanoTime()}. */
    private volatile long heldSince;

    private volatile long borrows;

    /** Written by who uses it, and at borrow; null as long as nothing was noted since. */
    private volatile @Nullable Trail trail;

    /** Written by the leak report; back to false at the return. */
    private volatile boolean reportedAsLeak;

    /** Written by holders. */
    private int beginningsNoted;

    /**
     * The calling thread begins to hold it.
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

    /** It is given back. */
    void end() {
        HOLDER.lazySet(this, null);
        if (reportedAsLeak) {
            reportedAsLeak = false;
        }
    }

    /** It was taken from its holder. */
    void taken() {
        HOLDER.lazySet(this, null);
    }

    /** The calling thread uses it. */
    void noteUser() {
        Thread thread = Thread.currentThread();
        if (thread != holder) {
            makeTrail().usedBy(thread);
        }
    }

    /** Whether it is worth its cost to note where a transaction begins. */
    boolean isWorthNoting() {
        return beginningsNoted < MOST_BEGINNINGS;
    }

    /** The calling thread begins work that will have to be committed or rolled back. */
    void noteBeginning() {
        beginningsNoted++;
        makeTrail().begun();
    }

    /** The work was committed or rolled back. */
    void completed() {
        Trail noted = trail;
        if (noted != null) {
            noted.completed();
        }
    }

    /** Null while idle. */
    @Nullable Thread thread() {
        return holder;
    }

    /** Whether a thread holds it that borrowed it, and no other one has used it since. */
    boolean isOnlyBy(Thread thread) {
        Trail noted = trail;
        return holder == thread && (noted == null || noted.laterUser() == null);
    }

    long nanos() {
        return System.nanoTime() - heldSince;
    }

    /** How often it was borrowed. */
    long borrows() {
        return borrows;
    }

    /** Where it has been since it was borrowed; null when nothing was noted. */
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
