package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.cabstand.PoolCounts;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.monitor.Eviction;

/**
 * A pool's sessions, from the connect to the end of the close: the database never sees more than {@code max-size}.
 *
 * <p>Thread safety: safe for concurrent use. The lock guards the sessions and the places of attempts; nothing that
 * waits is called under it.
 */
final class SessionRegistry {

    private final Supplier<PoolLimits> limits;
    private final AgroalPool<PoolEntry> agroal;
    private final ReentrantLock lock = new ReentrantLock();

    /** Open sessions, and those whose close has not finished. Guarded by the lock. */
    private final Set<PoolEntry> sessions = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Places of attempts, and of failed ones that may have left a session behind. Guarded by the lock. */
    private int opening;

    /** The number of borrows of closed sessions. Guarded by the lock. */
    private long borrowsOfClosed;

    /** Written under the lock, read without it. */
    private volatile Openings openings = Openings.NONE;

    /** Attempts that began before this moment are obsolete, and why. Guarded by the lock. */
    private long obsoleteBefore = System.nanoTime();

    private Eviction obsoleteFor = Eviction.DEMOTED;

    /** Agroal still has the old limit. Guarded by the lock. */
    private boolean shrinking;

    /** More sessions are open than a lowered limit allows. Written under the lock, read without it. */
    private volatile boolean crowded;

    /**
     * An empty registry.
     *
     * @param agroal told of changed limits
     */
    SessionRegistry(Supplier<PoolLimits> limits, AgroalPool<PoolEntry> agroal) {
        this.limits = limits;
        this.agroal = agroal;
    }

    // places

    /** How many more sessions may be opened. */
    int room() {
        lock.lock();
        try {
            return limits.get().maxSize() - sessions.size() - opening;
        } finally {
            lock.unlock();
        }
    }

    /** Reserves places for a number of sessions, or for as many as fit; returns how many. */
    int reserve(int wanted) {
        lock.lock();
        try {
            int count = Math.max(0, Math.min(room(), wanted));
            opening += count;
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Frees a reserved place. */
    void release() {
        lock.lock();
        try {
            opening--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a session that was opened for a reserved place.
     *
     * @param begun when the attempt began, by {@link System#nanoTime()}
     * @return false when it is one too many, because the limit was lowered
     */
    boolean add(PoolEntry session, long begun) {
        lock.lock();
        try {
            opening--;
            sessions.add(session);
            openings = openings.and(Duration.ofNanos(System.nanoTime() - begun), living());
            boolean tooMany = sessions.size() + opening > limits.get().maxSize();
            if (tooMany) {
                session.retire(Eviction.TOO_MANY);
            }
            if (begun - obsoleteBefore <= 0) {
                session.retire(obsoleteFor);
            }
            return !tooMany;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a session that is gone, and frees its place. */
    void remove(PoolEntry session) {
        lock.lock();
        try {
            if (sessions.remove(session)) {
                borrowsOfClosed += session.holding().borrows();
            }
            crowded = crowded && sessions.size() > limits.get().maxSize();
            if (shrinking) {
                resizeAgroal();
            }
        } finally {
            lock.unlock();
        }
    }

    // limits

    /** Retires idle sessions that exceed the changed limits. */
    void resize() {
        lock.lock();
        try {
            int max = limits.get().maxSize();
            int staying = living();
            for (PoolEntry session : sessions) {
                if (staying + opening > max
                        && session.isAlive()
                        && session.holding().thread() == null) {
                    session.retire(Eviction.TOO_MANY);
                    staying--;
                }
            }
            crowded = staying > max;
            resizeAgroal();
        } finally {
            lock.unlock();
        }
    }

    private int living() {
        return (int) sessions.stream().filter(PoolEntry::isAlive).count();
    }

    /** Passes the limits to Agroal when surplus sessions are gone: Agroal would close them without a reason. */
    private void resizeAgroal() {
        int max = limits.get().maxSize();
        shrinking = sessions.size() > max;
        agroal.resize(limits.get().minSize(), Math.max(max, sessions.size()));
    }

    /** Retires a session that is given back if it exceeds a lowered limit. */
    void retireIfTooMany(PoolEntry session) {
        if (!crowded) {
            return;
        }
        lock.lock();
        try {
            crowded = living() + opening > limits.get().maxSize();
            if (crowded) {
                session.retire(Eviction.TOO_MANY);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Retires every session, including those that are being opened.
     *
     * @return how many are open
     */
    int retireAll(Eviction reason) {
        lock.lock();
        try {
            obsoleteBefore = System.nanoTime();
            obsoleteFor = reason;
            return retire(reason, session -> true);
        } finally {
            lock.unlock();
        }
    }

    /** Retires idle sessions; returns how many. */
    int retireIdle(Eviction reason) {
        return retire(reason, session -> !session.isInUse());
    }

    private int retire(Eviction reason, Predicate<PoolEntry> which) {
        lock.lock();
        try {
            List<PoolEntry> leaving =
                    sessions.stream().filter(PoolEntry::isAlive).filter(which).toList();
            leaving.forEach(session -> session.retire(reason));
            return leaving.size();
        } finally {
            lock.unlock();
        }
    }

    List<PoolEntry> all() {
        lock.lock();
        try {
            return List.copyOf(sessions);
        } finally {
            lock.unlock();
        }
    }

    /** How many sessions are missing to a number; those that are being opened are not missing. */
    int missing(int wanted) {
        lock.lock();
        try {
            return wanted - sessions.size() - opening;
        } finally {
            lock.unlock();
        }
    }

    int opening() {
        lock.lock();
        try {
            return opening;
        } finally {
            lock.unlock();
        }
    }

    /** Whether missing connections are being opened or closed, and so nobody holds them. */
    boolean isShortOfOpenOnes() {
        boolean room = inUse() < limits.get().maxSize();
        return room && (opening() > 0 || all().stream().anyMatch(PoolEntry::isClosing));
    }

    /** Whether there is no room until one of the sessions ends. */
    boolean isFull() {
        lock.lock();
        try {
            return sessions.size() >= limits.get().maxSize() && living() == sessions.size();
        } finally {
            lock.unlock();
        }
    }

    int inUse() {
        return (int) all().stream().filter(PoolEntry::isInUse).count();
    }

    /** The pool's current counts. */
    PoolCounts counts(int waiting) {
        List<PoolEntry> others = new ArrayList<>(all());
        int open = others.size();
        others.removeIf(PoolEntry::isInUse);
        int inUse = open - others.size();
        others.removeIf(PoolEntry::isClosing);
        return new PoolCounts(inUse, others.size(), limits.get().maxSize(), waiting, opening());
    }

    /** Whether a thread holds every connection that the pool may have, all for its current work. */
    boolean areAllHeldBy(Thread thread) {
        List<PoolEntry> held = all().stream().filter(s -> s.holding().isOnlyBy(thread)).toList();
        return held.size() >= limits.get().maxSize()
                && held.stream().allMatch(Holders::isOfThisWork);
    }

    /** The number of borrows. */
    long borrows() {
        lock.lock();
        try {
            return borrowsOfClosed
                    + sessions.stream().mapToLong(session -> session.holding().borrows()).sum();
        } finally {
            lock.unlock();
        }
    }

    Openings openings() {
        return openings;
    }
}
