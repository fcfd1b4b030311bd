package org.cabstand.test.internal;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives turns in a session that several connections share: one thread at a time has open work, others wait. Nobody
 * waits longer than a time limit, not even for a driver that hangs.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Turns {

    /** Each waiting thread with the thread that it waits for, in all sessions. A cycle is a deadlock. */
    private static final Map<Thread, Thread> WAITING = new ConcurrentHashMap<>();

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String pool;
    private final TestRun run;
    private final Duration patience;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();

    /** Open transactions, the innermost last. Guarded by the lock. */
    private final Deque<OpenWork> open = new ArrayDeque<>();

    /** The thread that had the lock last. Written under the lock, read by waiting threads. */
    private volatile Thread busy = Thread.currentThread();

    /** Written once, at the test's end. */
    private volatile boolean ended;

    Turns(String pool, TestRun run, Duration patience) {
        this.pool = pool;
        this.run = run;
        this.patience = patience;
    }

    Duration patience() {
        return patience;
    }

    /** The thread that has the session to itself, or had it last. */
    Thread busy() {
        return busy;
    }

    /** Takes the session without waiting for a turn, as soon as the driver's current call has returned. */
    void lock() throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!lock.tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - deadline > 0) {
                    throw deadlock(busy, "which has run a statement for " + waited());
                }
            }
            busy = Thread.currentThread();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** As {@link #lock()}, without an error. */
    boolean tryLock() throws SQLException {
        try {
            return lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    void unlock() {
        lock.unlock();
    }

    /** As {@link #lock()}, when no other thread has open work. */
    void enter(SavepointConnection who) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        lock();
        boolean entered = false;
        try {
            awaitTurn(who, deadline);
            busy = Thread.currentThread();
            entered = true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (!entered) {
                lock.unlock();
            }
        }
    }

    private SQLException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SQLTransientException(
                "interrupted while waiting for a turn in pool '" + pool + "'", "57014", e);
    }

    private void awaitTurn(SavepointConnection who, long deadline)
            throws SQLException, InterruptedException {
        Thread self = Thread.currentThread();
        try {
            while (true) {
                if (ended) {
                    throw new SQLException(Message.TEST_OVER.format(pool, run.name()), "08003");
                }
                OpenWork other = inTheWay(who, self);
                if (other == null) {
                    return;
                }
                WAITING.put(self, other.thread);
                if (waitsForItself(self)) {
                    throw deadlock(other.thread, "which waits for this one");
                }
                if (!other.thread.isAlive()) {
                    throw deadlock(other.thread, "but has ended without doing so");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw deadlock(other.thread, "for which it has waited " + waited());
                }
                turn.awaitNanos(LOOK_NANOS);
            }
        } finally {
            WAITING.remove(self);
        }
    }

    private OpenWork inTheWay(SavepointConnection who, Thread self) {
        for (OpenWork work : open) {
            if (work != who.work && work.thread != self) {
                return work;
            }
        }
        return null;
    }

    private static boolean waitsForItself(Thread self) {
        Thread next = WAITING.get(self);
        for (int i = 0; next != null && i <= WAITING.size(); i++) {
            if (next == self) {
                return true;
            }
            next = WAITING.get(next);
        }
        return false;
    }

    private String waited() {
        return patience.toMillis() + " ms";
    }

    private SQLException deadlock(Thread holder, String why) {
        String fault =
                Message.DEADLOCK.format(
                        pool,
                        Thread.currentThread().getName(),
                        holder.getName(),
                        why,
                        Frames.of(holder));
        run.fault(fault);
        return new SQLTransientException(fault, "40001");
    }

    // open work, called under the lock

    /** Innermost last. */
    Iterable<OpenWork> open() {
        return open;
    }

    boolean isInnermost(OpenWork work) {
        return open.peekLast() == work;
    }

    void begin(OpenWork work) {
        open.addLast(work);
    }

    void end(OpenWork work) {
        open.remove(work);
        turn.signalAll();
    }

    /** Gives no more turns. */
    void endAll() {
        ended = true;
        if (lock.isHeldByCurrentThread()) {
            open.clear();
            turn.signalAll();
        }
    }
}
