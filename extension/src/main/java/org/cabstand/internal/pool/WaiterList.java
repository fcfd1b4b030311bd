package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waiters in the order of arrival. They are linked through themselves, because with 50,000 of them the entries of a
 * collection's table would be expensive to reach.
 *
 * <p>Thread safety: the monitor of the {@link WaitQueue} guards it.
 *
 * @param <C> the type of connection
 */
final class WaiterList<C> {

    private @Nullable Waiter<C> first;
    private @Nullable Waiter<C> last;
    private int size;

    /** How many want a new connection. */
    private int wanting;

    /** How many were signalled and have not looked yet. */
    private int awake;

    int size() {
        return size;
    }

    int wanting() {
        return wanting;
    }

    int awake() {
        return awake;
    }

    @Nullable Waiter<C> first() {
        return first;
    }

    /** The first parked waiter; only the few who are awake can be before it. */
    @Nullable Waiter<C> firstParked() {
        Waiter<C> waiter = first;
        while (waiter != null && !waiter.mayPark()) {
            waiter = waiter.after;
        }
        return waiter;
    }

    void setWants(Waiter<C> waiter, boolean wants) {
        if (waiter.wants != wants) {
            waiter.wants = wants;
            wanting += wants ? 1 : -1;
        }
    }

    void setAwake(Waiter<C> waiter, boolean isAwake) {
        if (waiter.awake != isAwake) {
            waiter.awake = isAwake;
            awake += isAwake ? 1 : -1;
        }
    }

    /** Returns a copy, in order. */
    List<Waiter<C>> all() {
        List<Waiter<C>> all = new ArrayList<>(size);
        for (Waiter<C> waiter = first; waiter != null; waiter = waiter.after) {
            all.add(waiter);
        }
        return all;
    }

    /** Adds a waiter that has been in no list before. */
    void add(Waiter<C> waiter) {
        waiter.queued = true;
        waiter.before = last;
        if (last == null) {
            first = waiter;
        } else {
            last.after = waiter;
        }
        last = waiter;
        size++;
    }

    /** Removes a waiter; false when it is no longer in the list. */
    boolean remove(Waiter<C> waiter) {
        if (!waiter.queued) {
            return false;
        }
        waiter.queued = false;
        setWants(waiter, false);
        Waiter<C> before = waiter.before;
        Waiter<C> after = waiter.after;
        if (before == null) {
            first = after;
        } else {
            before.after = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.before = before;
        }
        waiter.before = null;
        waiter.after = null;
        size--;
        return true;
    }
}
