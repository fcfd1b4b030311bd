package org.cabstand.internal.pool;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.PoolState;

/**
 * The sessions of a pool, from before the connect until the close has finished: the database never sees more than
 * {@code max-size} of them.
 *
 * <p>Thread safety: safe for concurrent use. The lock guards the sessions and the places of those that are being
 * opened; nothing that waits is called under it.
 */
final class SessionRegistry {

    private final Supplier<PoolLimits> limits;
    private final AgroalPool<PoolEntry> agroal;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: open ones, and those whose close has not finished. */
    private final Set<PoolEntry> sessions = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Guarded by the lock: places of attempts that have not failed, or may have left a session. */
    private int opening;

    /** Guarded by the lock: how often those were borrowed that are closed now. */
    private long borrowsOfClosed;

    /** Written under the lock, read without it. */
    private volatile OpeningTimes openingTimes = new OpeningTimes(Duration.ZERO, Duration.ZERO);

    /** Guarded by the lock: what was begun before this moment is of no use. */
    private long obsoleteBefore = System.nanoTime();

    /** Guarded by the lock: Agroal's limit is still the one before. */
    private boolean shrinking;

    /** Written under the lock, read without it: more are open than may be, since that was lowered. */
    private volatile boolean crowded;

    /**
     * No sessions yet.
     *
     * @param limits as they are now
     * @param agroal told how many there may be
     */
    SessionRegistry(Supplier<PoolLimits> limits, AgroalPool<PoolEntry> agroal) {
        this.limits = limits;
        this.agroal = agroal;
    }

    // places

    /** How many more may be opened. */
    int room() {
        lock.lock();
        try {
            return limits.get().maxSize() - sessions.size() - opening;
        } finally {
            lock.unlock();
        }
    }

    /** Takes places for so many sessions that are to be opened, or for as many as there is room for. */
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

    /** Gives up a reserved place. */
    void release() {
        lock.lock();
        try {
            opening--;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a place that was taken to the session that was opened for it.
     *
     * @param begun when that began, by {@link System#nanoTime()}
     * @return false when it is one too many, as the limit was lowered
     */
    boolean add(PoolEntry session, long begun) {
        lock.lock();
        try {
            opening--;
            sessions.add(session);
            openingTimes = openingTimes.and(Duration.ofNanos(System.nanoTime() - begun));
            boolean tooMany = sessions.size() + opening > limits.get().maxSize();
            if (tooMany) {
                session.retire(Eviction.TOO_MANY);
            }
            if (begun - obsoleteBefore <= 0) {
                session.retire(Eviction.DEMOTED);
            }
            return !tooMany;
        } finally {
            lock.unlock();
        }
    }

    /** A session has gone, and its place is free. */
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

    /** Retires idle sessions that are too many since the limits have changed. */
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

    /** Under the lock. Agroal would close what is too many by itself, and not say why: it follows when they have gone. */
    private void resizeAgroal() {
        int max = limits.get().maxSize();
        shrinking = sessions.size() > max;
        agroal.resize(limits.get().minSize(), Math.max(max, sessions.size()));
    }

    /** Retires a session that comes back if it is one too many, since the limit was lowered. */
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

    /** Retires every session that there is, and those that are being opened. */
    void retireAll() {
        lock.lock();
        try {
            obsoleteBefore = System.nanoTime();
            sessions.forEach(session -> session.retire(Eviction.DEMOTED));
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

    /** How many are missing to a number, those that are being opened aside. */
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

    /** Whether something is being opened, or closed to make room. */
    boolean isChanging() {
        return opening() > 0 || all().stream().anyMatch(PoolEntry::isClosing);
    }

    /** Whether there is no room, and there will be none as long as none of the sessions ends. */
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

    /** Waits until nothing is in use, or until a moment by {@link System#nanoTime()}. */
    void awaitReturn(long deadline) {
        awaitZero(this::inUse, deadline);
    }

    /** Waits until every session has gone, or until a moment by {@link System#nanoTime()}. */
    void awaitEnd(long deadline) {
        awaitZero(() -> all().size(), deadline);
    }

    private void awaitZero(IntSupplier count, long deadline) {
        while (count.getAsInt() > 0
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** The pool as it is now, but for those who wait. */
    PoolState state(int waiting) {
        int inUse = 0;
        int resting = 0;
        for (PoolEntry session : all()) {
            if (session.isInUse()) {
                inUse++;
            } else if (!session.isClosing()) {
                resting++;
            }
        }
        return new PoolState(inUse, resting, limits.get().maxSize(), waiting);
    }

    /** Whether a thread holds all that there may be, in what it does now: nothing that was forgotten. */
    boolean areAllHeldBy(Thread thread) {
        List<PoolEntry> held =
                all().stream().filter(session -> session.holding().isOnlyBy(thread)).toList();
        return held.size() >= limits.get().maxSize()
                && held.stream().allMatch(Holders::isOfThisWork);
    }

    /** How often a connection was borrowed. */
    long borrows() {
        lock.lock();
        try {
            return borrowsOfClosed
                    + sessions.stream().mapToLong(session -> session.holding().borrows()).sum();
        } finally {
            lock.unlock();
        }
    }

    OpeningTimes openingTimes() {
        return openingTimes;
    }
}
