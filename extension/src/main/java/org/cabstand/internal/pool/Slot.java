package org.cabstand.internal.pool;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.cabstand.internal.agroal.AgroalMember;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection of the pool is, and who may have it: at rest in Agroal, in the cache, or in use.
 *
 * <p>Thread safety: safe for concurrent use. {@code place} decides: who changes {@code CACHED} into something else has
 * the connection, and who changes what is on its way into {@code LOST} has taken it from its user.
 */
abstract class Slot extends AgroalMember {

    private static final int AT_AGROAL = 0;
    private static final int CACHED = 1;
    private static final int IN_USE = 2;

    /** Its user is in code that is not ours: see {@link Watch}. */
    private static final int PREPARING = 3;

    private static final int RETURNING = 4;

    /** The pool validates it in the background. */
    private static final int CHECKING = 5;

    /** Taken away from a user who does not come back with it. */
    private static final int LOST = 6;

    private static final AtomicIntegerFieldUpdater<Slot> PLACE =
            AtomicIntegerFieldUpdater.newUpdater(Slot.class, "place");

    private volatile int place = AT_AGROAL;

    /** Written by the user before it goes into code that is not ours; guarded by the monitor once lost. */
    private @Nullable Thread guarded;

    /** Written by the user, and by who displaces it: whether the cache has it. */
    private volatile boolean cached;

    /** Written by the watch, which alone reads it. */
    private @Nullable String takenFrom;

    /** Takes it from the cache; false when somebody else was quicker, or it is not there any more. */
    boolean take() {
        return place == CACHED && PLACE.compareAndSet(this, CACHED, IN_USE);
    }

    /**
     * Takes it out of the cache, to give it back to Agroal: all the time it counts as idle.
     *
     * @return false when somebody else was quicker
     */
    boolean leaveCache() {
        return PLACE.compareAndSet(this, CACHED, AT_AGROAL);
    }

    /** It has been taken from Agroal. */
    void taken() {
        place = IN_USE;
    }

    /**
     * Who uses it lets go: whoever takes it from the cache has it.
     *
     * @return false when it was taken away meanwhile: there is nothing to let go
     */
    boolean putIntoCache() {
        int now = place;
        return now != LOST && PLACE.compareAndSet(this, now, CACHED);
    }

    /** It leaves the pool: whoever had it has it no more. */
    void leave() {
        if (place != LOST) {
            place = AT_AGROAL;
        }
    }

    boolean isInUse() {
        int now = place;
        return now == IN_USE || now == PREPARING || now == RETURNING;
    }

    // code that is not ours, on the user's thread

    /** Most often it is the same one as before: not to write saves what the collector adds to a write. */
    private void guardUser() {
        Thread user = Thread.currentThread();
        if (guarded != user) {
            guarded = user;
        }
    }

    /** The user goes into code that prepares the connection. */
    void beginPreparing() {
        guardUser();
        PLACE.lazySet(this, PREPARING);
    }

    /** The user goes into code that returns the connection; false when it was taken away before. */
    boolean beginReturning() {
        if (place == LOST) {
            return false;
        }
        guardUser();
        PLACE.lazySet(this, RETURNING);
        return true;
    }

    /** The user has come out of that code; false when the connection was taken away meanwhile. */
    boolean keep() {
        int now = place;
        if (now == IN_USE || now != LOST && PLACE.compareAndSet(this, now, IN_USE)) {
            return true;
        }
        synchronized (this) {
            guarded = null;
            Thread.interrupted(); // it was for that code
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
     * Takes the connection from a user who is in such code for too long.
     *
     * @return false when the user has just come out of it
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

    /** The thread that it was taken from. */
    @Nullable String userName() {
        return takenFrom;
    }

    /** Interrupts the user it was taken from, if that is still in there. */
    synchronized void interruptUser() {
        if (guarded != null) {
            guarded.interrupt();
        }
    }

    /** The pool looks after it in the background: it counts as idle. */
    void checking() {
        place = CHECKING;
    }

    /** It has been looked after. */
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
