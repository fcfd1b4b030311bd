package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache of connections in front of Agroal, shared by all threads: nothing is left in theirs.
 *
 * <p>Its members are borrowed from Agroal as long as they are in it, whether somebody uses them or not. A
 * thread looks first where it looked the last time, so that it finds the same connection again and threads
 * keep out of each other's way.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards changes of the members; {@link
 * Slot#take()} and {@link Slot#leaveCache()} decide who gets one.
 *
 * @param <S> what is kept
 */
final class SharedCache<S extends Slot> {

    /** Beyond that, a look at all of them would cost more than Agroal does. */
    private static final int MOST = 64;

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Written under the monitor; the array is never changed. */
    private volatile S[] members;

    private final IntFunction<S[]> newArray;

    /** Has no members yet. */
    SharedCache(IntFunction<S[]> newArray) {
        this.newArray = newArray;
        members = newArray.apply(0);
    }

    /** An idle one, in use by the caller from now on; null when there is none. */
    @Nullable S take() {
        S[] all = members;
        int start = start(all.length);
        for (int i = start; i < all.length; i++) {
            if (all[i].take()) {
                return all[i];
            }
        }
        for (int i = 0; i < start; i++) {
            if (all[i].take()) {
                return all[i];
            }
        }
        return null;
    }

    private static int start(int length) {
        long spread = Thread.currentThread().getId() * GOLDEN_RATIO >>> Integer.SIZE;
        return (int) (spread * length >>> Integer.SIZE);
    }

    /**
     * Adds a connection that the caller uses. When there is no room it takes the place of one that is in
     * use: who is held for long need not be found.
     *
     * @return one that has lost its place and must go back to Agroal; null if there is none
     */
    @Nullable S add(S connection) {
        S displaced = addOrReplace(connection);
        // its user may have put it back a moment ago, without seeing that it was displaced
        return displaced != null && displaced.leaveCache() ? displaced : null;
    }

    private synchronized @Nullable S addOrReplace(S connection) {
        S[] all = members;
        boolean full = all.length == MOST;
        int place = full ? start(MOST) : all.length;
        S displaced = full ? all[place] : null;
        if (displaced != null && !displaced.isInUse()) {
            return null;
        }
        S[] changed = Arrays.copyOf(all, full ? MOST : all.length + 1);
        changed[place] = connection;
        members = changed;
        connection.cached(true);
        if (displaced != null) {
            displaced.cached(false);
        }
        return displaced;
    }

    /** Removes a connection that the caller uses, if it is here. */
    void remove(S connection) {
        if (connection.isCached()) {
            connection.cached(false);
            removeAll(List.of(connection));
        }
    }

    private synchronized void removeAll(List<S> leaving) {
        List<S> staying = new ArrayList<>(List.of(members));
        staying.removeAll(leaving);
        members = staying.toArray(newArray);
    }

    /** Takes out all that are idle; they are the caller's. */
    List<S> clear() {
        List<S> idle = new ArrayList<>();
        for (S connection : members) {
            if (connection.leaveCache()) {
                connection.cached(false);
                idle.add(connection);
            }
        }
        if (!idle.isEmpty()) {
            removeAll(idle);
        }
        return idle;
    }
}
