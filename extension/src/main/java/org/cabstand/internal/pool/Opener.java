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
 * Opens a pool's sessions on threads of the pool: as many as are wanted and fit into the {@link SessionRegistry}.
 *
 * <p>A borrower who finds nothing idle waits until its own deadline at most. An attempt continues after that, and its
 * connection is there for the next borrower. Agroal never opens connections itself; new ones are added to it from here.
 *
 * <p>Thread safety: safe for concurrent use. The lock guards the counts of attempts; the registry's lock may be taken
 * under it.
 */
final class Opener {

    private final PoolSettings settings;
    private final Gate gate;
    private final Supplier<PoolLimits> limits;
    private final SessionFactory factory;
    private final SessionRegistry sessions;
    private final AgroalPool<PoolEntry> agroal;
    private final WaitQueue<PoolEntry> waiting;
    private final Lifetimes lifetimes;
    private final Monitors monitors;
    private final PoolReports reports;
    private final LifeSigns life;
    private final PoolExecutor threads;
    private final Closer closer;
    private final NextAttempt nextAttempt = new NextAttempt();

    /** The number of connections that are open but not yet in Agroal. */
    private final AtomicInteger arriving = new AtomicInteger();

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final OpeningBackoff backoff = new OpeningBackoff(System::nanoTime);

    /** The number of running attempts that were not given up. Guarded by the lock. */
    private int underway;

    /** The moment of the timer's next attempt, by {@link System#nanoTime()}; null when none is planned. */
    private volatile @Nullable Long retryAt;

    /** The last attempt's error; null after a success. Written under the lock, read without it. */
    private volatile @Nullable SQLException failure;

    /**
     * An opener that has opened nothing yet.
     *
     * @param waiting the waiters to open sessions for
     */
    Opener(
            PoolSettings settings,
            Gate gate,
            Supplier<PoolLimits> limits,
            SessionFactory factory,
            SessionRegistry sessions,
            AgroalPool<PoolEntry> agroal,
            WaitQueue<PoolEntry> waiting,
            Lifetimes lifetimes,
            Monitors monitors,
            PoolReports reports,
            LifeSigns life,
            PoolExecutor threads) {
        this.settings = settings;
        this.gate = gate;
        this.limits = limits;
        this.factory = factory;
        this.sessions = sessions;
        this.agroal = agroal;
        this.waiting = waiting;
        this.lifetimes = lifetimes;
        this.monitors = monitors;
        this.reports = reports;
        this.life = life;
        this.threads = threads;
        this.closer = new Closer(settings, factory, threads);
    }

    // opening

    /** Opens {@code initial-size} sessions, or {@code min-size} if that is more. */
    void start() {
        open(() -> sessions.missing(Math.max(settings.initialSize(), limits.get().minSize())));
    }

    /** Opens the sessions that waiters need, and those that are missing to {@code min-size}. */
    void openMissing() {
        openForWaiters();
        open(() -> sessions.missing(limits.get().minSize()));
    }

    /** Opens a session for each waiter for whom none is being opened yet. */
    void openForWaiters() {
        open(
                () ->
                        waiting.wanting()
                                + (nextAttempt.isAwaited() ? 1 : 0)
                                - underway
                                - arriving.get());
    }

    /**
     * Opens a session for a caller who is not in the queue and wants to know whether that is possible.
     *
     * @return a future that the end of the next attempt completes; null when there is no room
     */
    @Nullable CompletableFuture<Void> tryToOpen() {
        if (sessions.isFull()) {
            return null;
        }
        CompletableFuture<Void> end = nextAttempt.end();
        openForWaiters();
        return end;
    }

    /** Opens as many sessions as are wanted and fit. The number is asked for under the lock. */
    private void open(IntSupplier wanted) {
        int count = 0;
        lock.lock();
        try {
            if (!gate.isShut()) {
                int possible = Math.min(sessions.room(), wanted.getAsInt());
                count = possible <= 0 ? 0 : sessions.reserve(allowed(possible));
                underway += count;
            }
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < count; i++) {
            begin(new Attempt(this, backoff, factory, settings, threads, monitors.opening()));
        }
    }

    /** How many of the possible attempts may begin now; the timer begins the rest. Called under the lock. */
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
        } catch (OutOfMemoryError e) { // no more threads; the place must not be lost
            attempt.ended(null, new SQLException("no thread to open a connection on", "08001", e));
        }
    }

    /** Called when an attempt has opened a session. */
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
            stays &= !gate.isClosed();
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
        life.attempted();
        NextAttempt.tell(told, null);
        openMissing();
    }

    /**
     * Called when an attempt has failed or was given up. Waiters get the error if nothing else is left to wait for.
     *
     * @param placeIsFree whether it cannot have left a session behind
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
            nothingComes = underway == 0 && !gate.isSuspended();
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
        life.attempted();
        NextAttempt.tell(told, error);
        openMissing();
    }

    /** Whether a connection may come back while a thread waits for it. */
    private static boolean mayComeTo(PoolEntry session, Thread waiting) {
        return session.isAlive() && session.holding().thread() != waiting;
    }

    /** Frees the place of an attempt that was given up. */
    void freePlace() {
        sessions.release();
        openMissing();
    }

    // closing

    /** Closes a session in the background; the caller does not wait for the database. */
    void close(PoolEntry connection) {
        Eviction reason = connection.departure().reason();
        if (reason != null) { // otherwise the whole pool is being closed
            monitors.evicted(reason, connection.freshness().age());
        }
        closer.close(
                connection,
                () -> {
                    sessions.remove(connection);
                    openMissing();
                });
    }

    /** Closes a session that was opened too late to get a place. */
    void discard(PoolEntry connection) {
        closer.close(connection, () -> {});
    }

    /** Fails all waiters; the gate is closed, so nothing more is opened. */
    void stop() {
        waiting.end(reports::closed);
    }

    /** The error of the last attempt; null if it succeeded. */
    @Nullable SQLException failure() {
        return failure;
    }
}
