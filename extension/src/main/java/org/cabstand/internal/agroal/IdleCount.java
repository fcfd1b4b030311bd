package org.cabstand.internal.agroal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many idle connections Agroal has that are promised to nobody. Whoever was promised one may ask Agroal for it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class IdleCount {

    /** Negative when promised ones have been closed. */
    private final AtomicInteger idle = new AtomicInteger();

    /** One more is idle. */
    void increment() {
        idle.incrementAndGet();
    }

    /** One that was idle is none any more; it may have been promised. */
    void decrement() {
        idle.decrementAndGet();
    }

    /** Promises one to the caller; false when there is none. */
    boolean promise() {
        int now;
        do {
            now = idle.get();
            if (now <= 0) {
                return false;
            }
        } while (!idle.compareAndSet(now, now - 1));
        return true;
    }

    /** Whether the connection that was promised to the caller was closed instead; it has no promise any more then. */
    boolean isVoid() {
        int now;
        do {
            now = idle.get();
            if (now >= 0) {
                return false;
            }
        } while (!idle.compareAndSet(now, now + 1));
        return true;
    }
}
