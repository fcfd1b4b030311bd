package org.cabstand.internal.pool;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.cabstand.internal.agroal.AgroalMember;
import org.jspecify.annotations.Nullable;

/**
 * The place of a connection, which decides who may have it: idle in Agroal, idle in the cache, or in use.
 *
 * <p>Thread safety: safe for concurrent use. {@code place} decides: the thread that changes {@code CACHED} to another
 * value has the connection, and the thread that changes {@code PREPARING} or {@code RETURNING} to {@code LOST} has
 * taken it from its user.
 */
abstract class Slot extends AgroalMember {

    private static final int AT_AGROAL = 0;
    private static final int CACHED = 1;
    private static final int IN_USE = 2;

    /** Its user is in foreign code that prepares it; see {@link Watch}. */
    private static final int PREPARING = 3;

    private static final int RETURNING = 4;

    /** The pool validates it in the background. */
    private static final int CHECKING = 5;

    /** Taken away from a user who is stuck in foreign code. */
    private static final int LOST = 6;

    private static final AtomicIntegerFieldUpdater<Slot> PLACE =
            AtomicIntegerFieldUpdater.newUpdater(Slot.class, "place");

    private volatile int place = AT_AGROAL;

    /** Written by the user before it enters foreign code; guarded by the monitor once the connection is lost. */
    private @Nullable Thread guarded;

    /** Whether the cache has it. Written by the user, and by the thread that displaces it. */
    private volatile boolean cached;

    /** Written and read only by the watch. */
    private @Nullable String takenFrom;

    /** Takes it from the cache; false when another thread was quicker, or it is no longer there. */
    boolean take() {
        return place == CACHED && PLACE.compareAndSet(this, CACHED, IN_USE);
    }

    /**
     * Takes it out of the cache, to give it to Agroal. It counts as idle all the time.
     *
     * @return false when another thread was quicker
     */
    boolean leaveCache() {
        return PLACE.compareAndSet(this, CACHED, AT_AGROAL);
    }

    /** Called when it was taken from Agroal. */
    void taken() {
        place = IN_USE;
    }

    /**
     * Puts it into the cache, where another thread may take it.
     *
     * @return false when it was taken away meanwhile
     */
    boolean putIntoCache() {
        int now = place;
        return now != LOST && PLACE.compareAndSet(this, now, CACHED);
    }

    /** Called when it leaves the pool; its user no longer has it. */
    void leave() {
        if (place != LOST) {
            place = AT_AGROAL;
        }
    }

    boolean isInUse() {
        int now = place;
        return now == IN_USE || now == PREPARING || now == RETURNING;
    }

    // foreign code on the user's thread

    /**
     * Notes the user. It is usually the same thread as before; skipping the write saves the garbage collector's
     * barrier.
     */
    private void guardUser() {
        Thread user = Thread.currentThread();
        if (guarded != user) {
            guarded = user;
        }
    }

    /** Called before the user enters code that prepares the connection. */
    void beginPreparing() {
        guardUser();
        PLACE.lazySet(this, PREPARING);
    }

    /** Called before the user enters code that returns the connection; false when it was taken away before. */
    boolean beginReturning() {
        if (place == LOST) {
            return false;
        }
        guardUser();
        PLACE.lazySet(this, RETURNING);
        return true;
    }

    /** Called when the user has left that code; false when the connection was taken away meanwhile. */
    boolean reclaim() {
        int now = place;
        if (now == IN_USE || now != LOST && PLACE.compareAndSet(this, now, IN_USE)) {
            return true;
        }
        synchronized (this) {
            guarded = null;
            Thread.interrupted(); // the interrupt was meant for that code
        }
        return false;
    }

    boolean isPreparing() {
        return place == PREPARING;
    }

    boolean isReturning() {
        return place == RETURNING;
    }

    /**
     * Takes the connection from a user who has been in such code for too long.
     *
     * @return false when the user has just left that code
     */
    boolean takeAway() {
        int now = place;
        boolean taken =
                (now == PREPARING || now == RETURNING) && PLACE.compareAndSet(this, now, LOST);
        if (taken) {
            takenFrom = Holders.name(guarded);
        }
        return taken;
    }

    /** The name of the thread that it was taken from. */
    @Nullable String userName() {
        return takenFrom;
    }

    /** Interrupts the user that it was taken from, if that is still in foreign code. */
    synchronized void interruptUser() {
        if (guarded != null) {
            guarded.interrupt();
        }
    }

    /** Called before the pool validates it in the background, during which it counts as idle. */
    void checking() {
        place = CHECKING;
    }

    /** Called when that validation has ended. */
    void checked() {
        place = IN_USE;
    }

    boolean isCached() {
        return cached;
    }

    void cached(boolean isMember) {
        cached = isMember;
    }
}
