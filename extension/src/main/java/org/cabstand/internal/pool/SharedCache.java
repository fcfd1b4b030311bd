package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cache of connections in front of Agroal, shared by all threads: nothing is left in theirs.
 *
 * <p>Its members are borrowed from Agroal as long as they are in it, whether somebody uses them or not. A
 * thread looks first where it looked the last time, so that it finds the same connection again and threads
 * keep out of each other's way.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards changes of the members; {@link
 * PhysicalConnection#take()} and {@link PhysicalConnection#leaveCache()} decide who gets one.
 */
final class SharedCache {

    /** Beyond that, a look at all of them would cost more than Agroal does. */
    private static final int MOST = 64;

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Written under the monitor; the array is never changed. */
    private volatile PhysicalConnection[] members = {};

    /** An idle one, in use by the caller from now on; null when there is none. */
    PhysicalConnection take() {
        PhysicalConnection[] all = members;
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
    PhysicalConnection add(PhysicalConnection connection) {
        PhysicalConnection displaced = addOrReplace(connection);
        // its user may have put it back a moment ago, without seeing that it was displaced
        return displaced != null && displaced.leaveCache() ? displaced : null;
    }

    private synchronized PhysicalConnection addOrReplace(PhysicalConnection connection) {
        PhysicalConnection[] all = members;
        boolean full = all.length == MOST;
        int place = full ? start(MOST) : all.length;
        PhysicalConnection displaced = full ? all[place] : null;
        if (displaced != null && !displaced.isInUse()) {
            return null;
        }
        PhysicalConnection[] changed = Arrays.copyOf(all, full ? MOST : all.length + 1);
        changed[place] = connection;
        members = changed;
        connection.cached(true);
        if (displaced != null) {
            displaced.cached(false);
        }
        return displaced;
    }

    /** Removes a connection that the caller uses, if it is here. */
    void remove(PhysicalConnection connection) {
        if (connection.isCached()) {
            connection.cached(false);
            removeAll(List.of(connection));
        }
    }

    private synchronized void removeAll(List<PhysicalConnection> leaving) {
        List<PhysicalConnection> staying = new ArrayList<>(List.of(members));
        staying.removeAll(leaving);
        members = staying.toArray(PhysicalConnection[]::new);
    }

    /** Takes out all that are idle; they are the caller's. */
    List<PhysicalConnection> clear() {
        List<PhysicalConnection> idle = new ArrayList<>();
        for (PhysicalConnection connection : members) {
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
