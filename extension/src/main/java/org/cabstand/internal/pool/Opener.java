package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.agroal.AgroalPool;
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.Fingerprint;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Monitors;

/**
 * Opens a pool's physical connections on threads of its own and counts them, from before the connect until
 * the close has finished: the database never sees more than {@code max-size} sessions.
 *
 * <p>A borrower who finds nothing idle waits for no longer than its own deadline; what is being opened meanwhile
 * goes on, and is there for the next one. Agroal never opens by itself: a new connection is added to it from here.
 *
 * <p>Thread safety: safe for concurrent use. The lock guards the sessions and the count of those being
 * opened.
 */
final class Opener {

    /** After a failed attempt; doubled up to the longest. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** One attempt at a time, but for one that hangs. */
    private static final long NEXT_ATTEMPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Where nobody waits, and connections are missing only to {@code min-size}. */
    private static final long PAUSE_ALONE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PoolSettings settings;
    private final Supplier<Limits> limits;
    private final SessionFactory factory;
    private final Lifetimes lifetimes;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Closer closer;
    private final AgroalPool<PoolEntry> agroal;
    private final WaitQueue<PoolEntry> waiting;
    private final Predicate<PoolEntry> mayStay;
    private final Monitors monitors;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: open ones, and those whose close has not finished. */
    private final Set<PoolEntry> sessions = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Guarded by the lock: places of attempts that have not failed, or may have left a session. */
    private int opening;

    /** Guarded by the lock: attempts that go on, and were not given up. */
    private int underway;

    /** Guarded by the lock: attempts that have failed since the last success. */
    private int failures;

    /** Guarded by the lock: when the first of them ended, by {@link System#nanoTime()}. */
    private long failingSince;

    /** Guarded by the lock: when the next attempt may be made, by {@link System#nanoTime()}. */
    private long pausedUntil;

    /** Guarded by the lock: when the last attempt was begun while the database refused. */
    private long begunAt = System.nanoTime();

    /** Guarded by the lock: when the timer will try again; null when it will not. */
    private Long retryAt;

    /** Guarded by the lock: completed by the end of the next attempt; null when nobody wants to know. */
    private CompletableFuture<Void> nextEnd;

    /** Guarded by the lock: open, and on their way to a waiter. */
    private int arriving;

    /** Guarded by the lock: how often those were borrowed that are closed now. */
    private long borrowsOfClosed;

    /** Guarded by the lock: what was begun before this moment is of no use. */
    private long obsoleteBefore = System.nanoTime();

    /** Guarded by the lock. */
    private boolean closed;

    /** Written under the lock, read without it: more are open than may be, since that was lowered. */
    private volatile boolean crowded;

    /** Guarded by the lock: Agroal's limit is still the one before. */
    private boolean shrinking;

    /** Guarded by the lock: of the attempts that succeeded. */
    private Duration openingTotal = Duration.ZERO;

    /** Guarded by the lock: the longest of them. */
    private Duration openingMax = Duration.ZERO;

    /** Written under the lock, read without it: the last attempt's error; null after a success. */
    private volatile SQLException failure;

    /**
     * Has opened nothing yet.
     *
     * @param agroal where opened connections go
     * @param waiting those for whom it opens
     * @param mayStay whether an idle connection may stay in the pool; may take its time
     * @param monitors told of what is opened, and of what leaves the pool
     */
    Opener(
            PoolSettings settings,
            Supplier<Limits> limits,
            SessionFactory factory,
            Lifetimes lifetimes,
            AgroalPool<PoolEntry> agroal,
            WaitQueue<PoolEntry> waiting,
            Predicate<PoolEntry> mayStay,
            Monitors monitors,
            ScheduledExecutorService timer,
            ClassLoader loader) {
        this.settings = settings;
        this.limits = limits;
        this.factory = factory;
        this.lifetimes = lifetimes;
        this.agroal = agroal;
        this.waiting = waiting;
        this.mayStay = mayStay;
        this.monitors = monitors;
        this.timer = timer;
        PoolThreads threadFactory = new PoolThreads(settings.name(), loader);
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        threadFactory);
        this.closer = new Closer(settings, factory, threads, threadFactory, timer);
    }

    /** Runs something of the pool on a thread that is not the caller's. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** The same, but nothing where the pool is closed. */
    void executeIfOpen(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            Log.debug("pool '" + settings.name() + "': no thread for a task", e);
        }
    }

    /** Threads of the pool, for what may wait for the database. */
    Executor threads() {
        return threads;
    }

    /** Does something later; nothing where the application has stopped. */
    void after(CallLimit limit, Runnable task) {
        later(task, limit.of(settings).toNanos());
    }

    private void later(Runnable task, long nanos) {
        try {
            timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            Log.debug("pool '" + settings.name() + "': nothing is due any more", e);
        }
    }

    // opening

    /** Opens what there is to be from the start. */
    void start() {
        open(
                () ->
                        Math.max(settings.initialSize(), limits.get().minSize())
                                - sessions.size()
                                - opening);
    }

    /** Opens for as many as want one and are not being opened for. */
    void openForWaiters() {
        open(() -> waiting.wanting() + (nextEnd == null ? 0 : 1) - underway - arriving);
    }

    /**
     * Opens a session for somebody who is not in the line, and wants to know whether that is possible.
     *
     * @return completed by the end of the next attempt, exceptionally when that fails; null when there is no
     *     room for one
     */
    CompletableFuture<Void> tryToOpen() {
        CompletableFuture<Void> end;
        lock.lock();
        try {
            if (sessions.size() >= limits.get().maxSize()
                    && sessions.stream().allMatch(PoolEntry::isAlive)) {
                return null;
            }
            if (nextEnd == null) {
                nextEnd = new CompletableFuture<>();
            }
            end = nextEnd;
        } finally {
            lock.unlock();
        }
        openForWaiters();
        return end;
    }

    private void fillUp() {
        open(() -> limits.get().minSize() - sessions.size() - opening);
    }

    /**
     * Opens as many as are wanted, where there is room.
     *
     * @param wanted asked under the lock
     */
    private void open(IntSupplier wanted) {
        int count = 0;
        lock.lock();
        try {
            if (!closed) {
                int room = limits.get().maxSize() - sessions.size() - opening;
                count = allowed(Math.max(0, Math.min(room, wanted.getAsInt())));
                opening += count;
                underway += count;
            }
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < count; i++) {
            begin(new Attempt(this, factory, settings, monitors.opening()));
        }
    }

    /**
     * While the database refuses, one attempt at a time finds out whether it is back. Under the lock.
     *
     * @param wanted how many would be begun if all were well
     */
    private int allowed(int wanted) {
        if (failures == 0 || wanted == 0) {
            return wanted;
        }
        long now = System.nanoTime();
        long due = pausedUntil;
        if (underway > 0) {
            due = begunAt + NEXT_ATTEMPT_NANOS; // its end asks again, but it may hang
        } else if (waiting.size() == 0 && nextEnd == null) {
            due += PAUSE_ALONE_NANOS;
        }
        if (due - now <= 0) {
            begunAt = now;
            return 1;
        }
        if (retryAt == null || due - retryAt < 0) {
            retryAt = due;
            later(this::retry, due - now);
        }
        return 0;
    }

    private void retry() {
        lock.lock();
        try {
            retryAt = null;
        } finally {
            lock.unlock();
        }
        openForWaiters();
        fillUp();
    }

    private void begin(Attempt attempt) {
        try {
            ForeignCall.start(
                    threads,
                    timer,
                    CallLimit.OPEN.of(settings),
                    factory.mayInterrupt(),
                    attempt::connect,
                    attempt);
        } catch (RejectedExecutionException e) {
            attempt.ended(null, closedError());
        } catch (OutOfMemoryError e) { // no more threads: the room must not be lost
            attempt.ended(null, new SQLException("no thread to open a connection on", "08001", e));
        }
    }

    /** An attempt has made a session. */
    void opened(PoolEntry connection, Attempt attempt) {
        boolean late;
        int failed;
        Duration failing;
        lock.lock();
        try {
            opening--;
            underway--;
            failed = failures;
            failing = Duration.ofNanos(System.nanoTime() - failingSince);
            failures = 0;
            failure = null;
            Duration taken = Duration.ofNanos(System.nanoTime() - attempt.begun());
            openingTotal = openingTotal.plus(taken);
            openingMax = openingMax.compareTo(taken) < 0 ? taken : openingMax;
            arriving++;
            sessions.add(connection);
            // the limit may have been lowered meanwhile
            boolean tooMany = sessions.size() + opening > limits.get().maxSize();
            if (tooMany) {
                connection.retire(Eviction.TOO_MANY);
            }
            late = closed || tooMany;
            if (attempt.begun() - obsoleteBefore <= 0) {
                connection.retire(Eviction.DEMOTED);
            }
        } finally {
            lock.unlock();
        }
        if (failed > 0) {
            Log.log(
                    Level.INFO,
                    Message.OPEN_RECOVERED.format(
                            settings.name(),
                            settings.shownUrl(),
                            failed,
                            Reports.shown(failing.truncatedTo(ChronoUnit.MILLIS))));
        }
        try {
            arrive(connection, late);
        } finally {
            arrived();
        }
        attemptEnded(null);
    }

    /**
     * An attempt has failed, or was given up. The others go on, and who waits may get what comes back: so
     * nobody hears of it as long as there is something to wait for.
     *
     * @param placeIsFree whether no session can be left of it
     */
    void failed(SQLException error, Attempt attempt, boolean placeIsFree) {
        boolean first;
        boolean nothingComes;
        lock.lock();
        try {
            if (placeIsFree) {
                opening--;
            }
            underway--;
            first = failures++ == 0;
            long now = System.nanoTime();
            if (first) {
                failingSince = now;
            }
            pausedUntil = now + pauseAfter(error);
            failure = error;
            nothingComes = underway == 0;
        } finally {
            lock.unlock();
        }
        Log.log(first ? Level.WARNING : Level.DEBUG, error.getMessage());
        if (nothingComes) {
            List<PoolEntry> open = sessions();
            waiting.fail(
                    error,
                    attempt.begun(),
                    thread -> open.stream().noneMatch(session -> mayComeTo(session, thread)));
        }
        attemptEnded(error);
    }

    /** Whether it may come back to the pool while a thread waits for it. */
    private static boolean mayComeTo(PoolEntry session, Thread waiting) {
        return session.isAlive() && session.holding().thread() != waiting;
    }

    /** A refused login has a pause of its own, in which the database is not asked at all. */
    private long pauseAfter(SQLException error) {
        return factory.isRefusal(error)
                ? 0
                : Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(failures, 5));
    }

    private void attemptEnded(SQLException error) {
        CompletableFuture<Void> told;
        lock.lock();
        try {
            told = nextEnd;
            nextEnd = null;
        } finally {
            lock.unlock();
        }
        if (told != null && error == null) {
            told.complete(null);
        } else if (told != null) {
            told.completeExceptionally(error);
        }
        openForWaiters();
    }

    /** The place of an attempt that was given up. */
    void freePlace() {
        lock.lock();
        try {
            opening--;
        } finally {
            lock.unlock();
        }
        openForWaiters();
        fillUp();
    }

    /** Closes a session that came too late to get a place. */
    void discard(PoolEntry connection) {
        closer.close(connection, () -> {});
    }

    private void arrive(PoolEntry connection, boolean late) {
        if (late) {
            connection.close();
        } else {
            lifetimes.begin(connection);
            if (!agroal.add(connection)) {
                connection.close();
            }
        }
    }

    private void arrived() {
        lock.lock();
        try {
            arriving--;
        } finally {
            lock.unlock();
        }
    }

    /** Retires every connection that there is, and those that are being opened. */
    void retireAll() {
        lock.lock();
        try {
            obsoleteBefore = System.nanoTime();
            sessions.forEach(session -> session.retire(Eviction.DEMOTED));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces, in the course of a time, what was opened with other credentials.
     *
     * @return whether there was anything to replace
     */
    boolean replaceOthers(Fingerprint current, Duration time) {
        boolean found = false;
        for (PoolEntry session : sessions()) {
            if (session.departure().isDueFor(current)) {
                found = true;
                lifetimes.endWithin(session, time, Eviction.ROTATED);
            }
        }
        return found;
    }

    /** Follows changed limits: retires idle ones that are too many, and opens what is wanted. */
    void resized() {
        lock.lock();
        try {
            int staying = opening;
            for (PoolEntry session : sessions) {
                staying += session.isClosing() || session.isRetired() ? 0 : 1;
            }
            for (PoolEntry session : sessions) {
                if (staying > limits.get().maxSize()
                        && session.holding().thread() == null
                        && !session.isClosing()
                        && !session.isRetired()) {
                    session.retire(Eviction.TOO_MANY);
                    staying--;
                }
            }
            crowded = staying - opening > limits.get().maxSize();
            resizeAgroal();
        } finally {
            lock.unlock();
        }
        fillUp();
        openForWaiters();
    }

    /** Under the lock. Agroal would close what is too many by itself, and not say why: it follows when they have gone. */
    private void resizeAgroal() {
        int open = sessions.size();
        int max = limits.get().maxSize();
        shrinking = open > max;
        agroal.resize(limits.get().minSize(), Math.max(max, open));
    }

    /** Retires a connection that comes back if it is one too many, since the limit was lowered. */
    void retireIfTooMany(PoolEntry connection) {
        if (!crowded) {
            return;
        }
        lock.lock();
        try {
            int staying = opening;
            for (PoolEntry session : sessions) {
                staying += session.isAlive() ? 1 : 0;
            }
            crowded = staying > limits.get().maxSize();
            if (crowded) {
                connection.retire(Eviction.TOO_MANY);
            }
        } finally {
            lock.unlock();
        }
    }

    // closing

    /** Closes a session; the database may take its time, the caller does not wait. */
    void close(PoolEntry connection) {
        Eviction reason = connection.departure().reason();
        if (reason != null) { // else the pool is closed, and all that is in it
            monitors.evicted(reason, connection.freshness().age());
        }
        closer.close(connection, () -> gone(connection));
    }

    private void gone(PoolEntry connection) {
        lock.lock();
        try {
            if (sessions.remove(connection)) {
                borrowsOfClosed += connection.holding().borrows();
            }
            crowded = crowded && sessions.size() > limits.get().maxSize();
            if (shrinking) {
                resizeAgroal();
            }
        } finally {
            lock.unlock();
        }
        openForWaiters();
        fillUp();
    }

    /** Opens no more, and sends away who waits. */
    void stop() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        waiting.end(this::closedError);
    }

    /** Begins no more work; what goes on may come to its end. Call {@link #stop()} first. */
    void shutDown() {
        threads.shutdown();
    }

    /** Waits for sessions that are being closed, but not for ever, and ends the threads. */
    void close(Deadline deadline) {
        try {
            if (!threads.awaitTermination(
                    Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        // one that was put into Agroal while that was closing; closed ones are not closed again
        sessions().forEach(PoolEntry::close);
    }

    private SQLException closedError() {
        return new SQLException(Message.POOL_CLOSED.format(settings.name()), "08003");
    }

    // reports

    /** The error of the last attempt; null when that was a success. */
    SQLException failure() {
        return failure;
    }

    /** Whether an idle connection may stay in the pool; may take its time. */
    boolean mayStay(PoolEntry connection) {
        return mayStay.test(connection);
    }

    Duration openingTotal() {
        lock.lock();
        try {
            return openingTotal;
        } finally {
            lock.unlock();
        }
    }

    Duration openingMax() {
        lock.lock();
        try {
            return openingMax;
        } finally {
            lock.unlock();
        }
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

    /** Whether something is being opened, or closed to make room. */
    boolean isBusy() {
        lock.lock();
        try {
            return opening > 0 || sessions.stream().anyMatch(PoolEntry::isClosing);
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

    List<PoolEntry> sessions() {
        lock.lock();
        try {
            return List.copyOf(sessions);
        } finally {
            lock.unlock();
        }
    }
}
