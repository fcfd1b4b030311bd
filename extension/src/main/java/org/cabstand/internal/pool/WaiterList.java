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

    int size() {
        return size;
    }

    @Nullable Waiter<C> first() {
        return first;
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
