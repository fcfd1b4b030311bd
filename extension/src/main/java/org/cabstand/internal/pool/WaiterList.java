package org.cabstand.internal.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waiters in the order of their arrival, linked through themselves: a crowd of 50,000 would fill a table of the
 * collections with entries that are dear to reach.
 *
 * <p>Thread safety: the monitor of the {@link WaitQueue} guards it.
 *
 * @param <C> what is waited for
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

    /** A copy, in order. */
    List<Waiter<C>> all() {
        List<Waiter<C>> all = new ArrayList<>(size);
        for (Waiter<C> waiter = first; waiter != null; waiter = waiter.after) {
            all.add(waiter);
        }
        return all;
    }

    /** Adds one that was in no list before. */
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

    /** False when it is not here any more. */
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
