package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.cabstand.internal.Log;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Monitors;
import org.jspecify.annotations.Nullable;

/**
 * Opens a pool's sessions, on threads of its own: as many as are wanted, and for which there is a place in the {@link
 * SessionRegistry}.
 *
 * <p>A borrower who finds nothing idle waits for no longer than its own deadline; what is being opened meanwhile goes
 * on, and is there for the next one. Agroal never opens by itself: a new connection is added to it from here.
 *
 * <p>Thread safety: safe for concurrent use. The lock guards what is under way; the registry's may be taken under it.
 */
final class Opener {

    private final PoolSettings settings;
    private final Supplier<PoolLimits> limits;
    private final SessionFactory factory;
    private final SessionRegistry sessions;
    private final AgroalPool<PoolEntry> agroal;
    private final WaitQueue<PoolEntry> waiting;
    private final Lifetimes lifetimes;
    private final Monitors monitors;
    private final PoolReports reports;
    private final PoolExecutor threads;
    private final Closer closer;
    private final NextAttempt nextAttempt = new NextAttempt();

    /** Open, and on their way to a waiter. */
    private final AtomicInteger arriving = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final OpeningBackoff backoff = new OpeningBackoff(System::nanoTime);

    /** Guarded by the lock: attempts that go on, and were not given up. */
    private int underway;

    /** When the timer will try again, by {@link System#nanoTime()}; null when it will not. */
    private volatile @Nullable Long retryAt;

    /** Guarded by the lock. */
    private boolean closed;

    /** Written under the lock, read without it: the last attempt's error; null after a success. */
    private volatile @Nullable SQLException failure;

    /**
     * Has opened nothing yet; what it opens goes into Agroal.
     *
     * @param waiting those for whom it opens
     */
    Opener(
            PoolSettings settings,
            Supplier<PoolLimits> limits,
            SessionFactory factory,
            SessionRegistry sessions,
            AgroalPool<PoolEntry> agroal,
            WaitQueue<PoolEntry> waiting,
            Lifetimes lifetimes,
            Monitors monitors,
            PoolReports reports,
            PoolExecutor threads) {
        this.settings = settings;
        this.limits = limits;
        this.factory = factory;
        this.sessions = sessions;
        this.agroal = agroal;
        this.waiting = waiting;
        this.lifetimes = lifetimes;
        this.monitors = monitors;
        this.reports = reports;
        this.threads = threads;
        this.closer = new Closer(settings, factory, threads);
    }

    // opening

    /** Opens what there is to be from the start. */
    void start() {
        open(() -> sessions.missing(Math.max(settings.initialSize(), limits.get().minSize())));
    }

    /** Opens what is missing: for those who wait, and to {@code min-size}. */
    void openMissing() {
        openForWaiters();
        open(() -> sessions.missing(limits.get().minSize()));
    }

    /** Opens for as many as want one and are not being opened for. */
    void openForWaiters() {
        open(
                () ->
                        waiting.wanting()
                                + (nextAttempt.isAwaited() ? 1 : 0)
                                - underway
                                - arriving.get());
    }

    /**
     * Opens a session for somebody who is not in the queue, and wants to know whether that is possible.
     *
     * @return completed by the end of the next attempt; null when there is no room for one
     */
    @Nullable CompletableFuture<Void> tryToOpen() {
        if (sessions.isFull()) {
            return null;
        }
        CompletableFuture<Void> end = nextAttempt.end();
        openForWaiters();
        return end;
    }

    /** Opens as many as are wanted, which is asked under the lock, where there is room. */
    private void open(IntSupplier wanted) {
        int count = 0;
        lock.lock();
        try {
            if (!closed) {
                int possible = Math.min(sessions.room(), wanted.getAsInt());
                count = possible <= 0 ? 0 : sessions.reserve(allowed(possible));
                underway += count;
            }
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < count; i++) {
            begin(new Attempt(this, factory, settings, threads, monitors.opening()));
        }
    }

    /** Under the lock: how many of those that are possible may be begun now; the timer sees to the rest. */
    private int allowed(int possible) {
        if (!backoff.isFailing()) {
            return possible;
        }
        boolean awaited = waiting.size() > 0 || nextAttempt.isAwaited();
        long remaining = backoff.remainingNanos(underway > 0, awaited);
        if (remaining <= 0) {
            backoff.begun();
            return 1;
        }
        long due = System.nanoTime() + remaining;
        Long planned = retryAt;
        if (planned == null || due - planned < 0) {
            retryAt = due;
            threads.later(Duration.ofNanos(remaining), this::retry);
        }
        return 0;
    }

    private void retry() {
        retryAt = null;
        openMissing();
    }

    private void begin(Attempt attempt) {
        try {
            threads.call(CallLimit.OPEN, factory.mayInterrupt(), attempt::connect, attempt);
        } catch (RejectedExecutionException e) {
            attempt.ended(null, reports.closed());
        } catch (OutOfMemoryError e) { // no more threads: the room must not be lost
            attempt.ended(null, new SQLException("no thread to open a connection on", "08001", e));
        }
    }

    /** An attempt has made a session. */
    void opened(PoolEntry connection, Attempt attempt) {
        CompletableFuture<Void> told = nextAttempt.take();
        boolean stays = sessions.add(connection, attempt.begun());
        arriving.incrementAndGet();
        OpeningBackoff.Outage outage;
        lock.lock();
        try {
            underway--;
            outage = backoff.succeeded();
            failure = null;
            stays &= !closed;
        } finally {
            lock.unlock();
        }
        if (outage != null) {
            reports.openRecovered(outage);
        }
        try {
            if (stays) {
                lifetimes.begin(connection);
                stays = agroal.add(connection);
            }
            if (!stays) {
                connection.close();
            }
        } finally {
            arriving.decrementAndGet();
        }
        NextAttempt.tell(told, null);
        openForWaiters();
    }

    /**
     * An attempt has failed, or was given up. The others go on, and who waits may get what comes back: so
     * nobody hears of it as long as there is something to wait for.
     *
     * @param placeIsFree whether no session can be left of it
     */
    void failed(SQLException error, Attempt attempt, boolean placeIsFree) {
        CompletableFuture<Void> told = nextAttempt.take();
        if (placeIsFree) {
            sessions.release();
        }
        boolean first;
        boolean nothingComes;
        lock.lock();
        try {
            underway--;
            // a refused login has a pause of its own, in which the database is not asked at all
            first = backoff.failed(!factory.isRefusal(error));
            failure = error;
            nothingComes = underway == 0;
        } finally {
            lock.unlock();
        }
        Log.log(first ? Level.WARNING : Level.DEBUG, String.valueOf(error.getMessage()));
        if (nothingComes) {
            List<PoolEntry> open = sessions.all();
            waiting.fail(
                    error,
                    attempt.begun(),
                    thread -> open.stream().noneMatch(session -> mayComeTo(session, thread)));
        }
        NextAttempt.tell(told, error);
        openForWaiters();
    }

    /** Whether a connection may come back while a thread waits for it. */
    private static boolean mayComeTo(PoolEntry session, Thread waiting) {
        return session.isAlive() && session.holding().thread() != waiting;
    }

    /** The place of an attempt that was given up is free. */
    void freePlace() {
        sessions.release();
        openMissing();
    }

    // closing

    /** Closes a session; the database may take its time, the caller does not wait. */
    void close(PoolEntry connection) {
        Eviction reason = connection.departure().reason();
        if (reason != null) { // else the pool is closed, and all that is in it
            monitors.evicted(reason, connection.freshness().age());
        }
        closer.close(
                connection,
                () -> {
                    sessions.remove(connection);
                    openMissing();
                });
    }

    /** Closes a session that came too late to get a place. */
    void discard(PoolEntry connection) {
        closer.close(connection, () -> {});
    }

    /** Opens no more, and sends away who waits. */
    void stop() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        waiting.end(reports::closed);
    }

    /** The error of the last attempt; null when that was a success. */
    @Nullable SQLException failure() {
        return failure;
    }
}
