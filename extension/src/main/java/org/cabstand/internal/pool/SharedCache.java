package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache of connections in front of Agroal. All threads share it, and it uses no thread-locals.
 *
 * <p>To Agroal, its members are in use, whether or not anybody uses them. Each thread has its own position to look at
 * first, so that it finds the same connection again and threads keep out of each other's way.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards changes of the members; {@link Slot#take()} and
 * {@link Slot#leaveCache()} decide who gets a member.
 *
 * @param <S> the type of its members
 */
final class SharedCache<S extends Slot> {

    /** The most members; searching more would cost more than asking Agroal. */
    private static final int MOST = 64;

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Written under the monitor; the array is never changed. */
    private volatile S[] members;

    private final IntFunction<S[]> newArray;

    /** An empty cache. */
    SharedCache(IntFunction<S[]> newArray) {
        this.newArray = newArray;
        members = newArray.apply(0);
    }

    /** Takes an idle member; null when there is none. */
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
     * Adds a connection that the caller uses. If the cache is full, it displaces one that is in use, because a
     * connection that is held for long need not be found.
     *
     * @return a displaced connection that must go back to Agroal; null if there is none
     */
    @Nullable S add(S connection) {
        S displaced = addOrReplace(connection);
        // its user may have put it back just now, without seeing that it was displaced
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

    /** Removes a connection that the caller uses, if it is a member. */
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

    /** Takes all idle members out, for the caller. */
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
