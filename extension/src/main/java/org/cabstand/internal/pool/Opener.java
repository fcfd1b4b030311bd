package org.cabstand.internal.pool;

import io.agroal.api.AgroalDataSource;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.PoolSettings;

/**
 * Opens a pool's physical connections on threads of its own and counts them, from before the connect until
 * the close has finished: the database never sees more than {@code max-size} sessions.
 *
 * <p>A borrower who finds nothing idle waits here, for no longer than its own deadline; what is being
 * opened meanwhile goes on, and is there for the next one. Agroal never opens by itself: a new connection
 * is put into it from here, and when Agroal asks for one, to fill up to {@code min-size}, it is told that
 * it will come.
 *
 * <p>Thread safety: safe for concurrent use. The lock guards the sessions, the count of those being opened
 * and the line of waiters; each waiter's fields are volatile.
 */
final class Opener {

    private static final int SECONDS_TO_CLOSE = 5;

    /**
     * Agroal takes idle connections away for a moment, to see whether they are to be reaped, and does not
     * tell when they are back.
     */
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PoolSettings settings;
    private final Connector connector;
    private final ExecutorService threads;
    private final CompletableFuture<AgroalDataSource> agroal = new CompletableFuture<>();

    /** What the calling thread, one of our own, is about to put into Agroal. */
    private final ThreadLocal<PhysicalConnection> handOver = new ThreadLocal<>();

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: open ones, and those whose close has not finished. */
    private final Set<PhysicalConnection> sessions =
            Collections.newSetFromMap(new IdentityHashMap<>());

    /** Guarded by the lock. */
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    /** Guarded by the lock. */
    private int opening;

    /** Guarded by the lock: how many of the initial ones have not been asked for. */
    private int initial;

    /** Guarded by the lock. */
    private boolean closed;

    /** Written under the lock, read without it: the length of the line. */
    private volatile int waiting;

    /** Written by the opening threads: whether the last attempt failed. */
    private volatile boolean failing;

    Opener(PoolSettings settings, Connector connector, ClassLoader loader) {
        this.settings = settings;
        this.connector = connector;
        this.initial = settings.initialSize();
        this.threads =
                new ThreadPoolExecutor(
                        0,
                        Integer.MAX_VALUE,
                        5,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        new PoolThreads(settings.name(), loader));
    }

    /** Says where opened connections go; until then they wait. */
    void attach(AgroalDataSource dataSource) {
        agroal.complete(dataSource);
    }

    /** Runs something of the pool on a thread that is not the caller's. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    // borrowing

    /**
     * An idle connection, or a new one.
     *
     * @return Agroal's connection; null when the deadline passed
     * @throws SQLException when the database refuses a new one
     */
    Connection take(Deadline deadline) throws SQLException, InterruptedException {
        Connection connection = takeIdle();
        if (connection != null) {
            return connection;
        }
        Waiter waiter = new Waiter();
        enlist(waiter);
        try {
            do {
                // again, now that a return would wake us up
                connection = takeIdle();
                if (connection == null) {
                    want(waiter);
                }
            } while (connection == null && waiter.await(deadline));
            return connection;
        } finally {
            dismiss(waiter);
        }
    }

    private Connection takeIdle() throws SQLException {
        try {
            return agroal.join().getConnection();
        } catch (NothingIdle e) {
            return null;
        }
    }

    private void enlist(Waiter waiter) throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw closedError();
            }
            waiters.add(waiter);
            waiting = waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** The waiter found nothing: one is opened for it, unless it was signalled meanwhile. */
    private void want(Waiter waiter) {
        lock.lock();
        try {
            waiter.wants = !waiter.signalled;
        } finally {
            lock.unlock();
        }
        openForWaiters();
    }

    private void dismiss(Waiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
            waiting = waiters.size();
            if (waiter.signalled) {
                signalFirst(); // what it was woken up for may still be there
            }
        } finally {
            lock.unlock();
        }
    }

    /** To be called when a connection has become idle. */
    void idleAgain() {
        if (waiting > 0) {
            lock.lock();
            try {
                signalFirst();
            } finally {
                lock.unlock();
            }
        }
    }

    private void signalFirst() {
        for (Waiter waiter : waiters) {
            if (!waiter.signalled && waiter.failure == null) {
                waiter.signal();
                return;
            }
        }
    }

    /**
     * Validates a connection for a borrower, who waits no longer than its deadline: where that comes
     * before the driver's own limit, on a thread of the pool.
     */
    boolean validate(PhysicalConnection connection, Deadline deadline) throws InterruptedException {
        if (deadline.remainingNanos() > connection.validationLimit().toNanos()) {
            return connection.validate();
        }
        try {
            return CompletableFuture.supplyAsync(connection::validate, threads)
                    .get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | RejectedExecutionException e) {
            Log.debug("pool '" + settings.name() + "': a validation was given up", e);
        } catch (ExecutionException e) {
            Log.debug("pool '" + settings.name() + "': a validation failed", e);
        }
        connection.breakUp();
        return false;
    }

    // opening

    /** What Agroal gets when it wants a connection. */
    Connection forAgroal() throws SQLException {
        PhysicalConnection connection = handOver.get();
        handOver.remove();
        if (connection != null) {
            return connection;
        }
        boolean wanted;
        lock.lock();
        try {
            int count = sessions.size() + opening;
            wanted =
                    !closed
                            && count < settings.maxSize()
                            && (initial > 0 || count < settings.minSize());
            if (initial > 0) {
                initial--;
            }
            if (wanted) {
                opening++;
            }
        } finally {
            lock.unlock();
        }
        if (wanted) {
            open(1);
        }
        throw new SQLTransientConnectionException("being opened in the background", "08001");
    }

    /** Opens for as many as want one and are not being opened for, where there is room. */
    private void openForWaiters() {
        int missing;
        lock.lock();
        try {
            int wanted = 0;
            for (Waiter waiter : waiters) {
                wanted += waiter.wants ? 1 : 0;
            }
            int room = settings.maxSize() - sessions.size() - opening;
            missing = closed ? 0 : Math.max(0, Math.min(room, wanted - opening));
            opening += missing;
        } finally {
            lock.unlock();
        }
        open(missing);
    }

    private void open(int count) {
        for (int i = 0; i < count; i++) {
            try {
                threads.execute(this::openOne);
            } catch (RejectedExecutionException e) {
                opened(null, closedError());
            } catch (OutOfMemoryError e) { // no more threads: the room must not be lost
                opened(null, new SQLException("no thread to open a connection on", "08001", e));
            }
        }
    }

    private void openOne() {
        PhysicalConnection connection = null;
        // an Error of the JVM must not take the room with it
        SQLException error = new SQLException("the opening thread died", "08001");
        try {
            connection = connector.connect(this);
            error = null;
        } catch (SQLException e) {
            error = e;
        } finally {
            if (error != null) {
                reportFailure(error);
            } else if (failing) {
                failing = false;
                Log.log(
                        Level.INFO,
                        Message.OPEN_RECOVERED.format(settings.name(), settings.shownUrl()));
            }
            opened(connection, error);
        }
    }

    private void reportFailure(SQLException error) {
        Level level = failing ? Level.DEBUG : Level.WARNING;
        failing = true;
        Log.log(level, error.getMessage());
    }

    /** Ends an attempt; exactly one of connection and error is not null. */
    private void opened(PhysicalConnection connection, SQLException error) {
        boolean late = false;
        lock.lock();
        try {
            opening--;
            if (connection != null) {
                late = closed;
                sessions.add(connection);
            } else {
                failFirst(error);
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            connection.close();
        } else if (connection != null) {
            putIntoAgroal(connection);
        } else {
            openForWaiters();
        }
    }

    private void failFirst(SQLException error) {
        for (Waiter waiter : waiters) {
            if (waiter.failure == null) {
                waiter.fail(error);
                return;
            }
        }
    }

    private void putIntoAgroal(PhysicalConnection connection) {
        handOver.set(connection);
        try {
            // the one call that adds a connection to Agroal on the caller's thread
            agroal.join().isHealthy(true);
        } catch (SQLException e) {
            // also thrown when a borrower was quicker and Agroal wanted to check another one
            Log.debug("pool '" + settings.name() + "': " + e.getMessage());
        } finally {
            handOver.remove();
        }
        if (!connection.isPooled()) {
            connection.close();
        }
        idleAgain();
    }

    // closing

    /** Closes a session; the database may take its time, the caller does not wait. */
    void close(PhysicalConnection connection) {
        try {
            threads.execute(() -> closeNow(connection));
        } catch (RejectedExecutionException e) {
            closeNow(connection); // the pool is closing, and its closer waits anyway
        }
    }

    private void closeNow(PhysicalConnection connection) {
        try {
            connection.closeNow();
        } catch (SQLException | RuntimeException e) {
            Log.debug(Message.CLOSE_FAILED.format(settings.name(), e.getMessage()), e);
        } finally {
            lock.lock();
            try {
                sessions.remove(connection);
            } finally {
                lock.unlock();
            }
            openForWaiters();
            fillUp();
        }
    }

    /** Agroal asks for {@code min-size} before it closes what it replaces, when there is no room yet. */
    private void fillUp() {
        int missing;
        lock.lock();
        try {
            missing = closed ? 0 : Math.max(0, settings.minSize() - sessions.size() - opening);
            opening += missing;
        } finally {
            lock.unlock();
        }
        open(missing);
    }

    /** Opens no more, and sends away who waits. */
    void stop() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.fail(closedError()));
        } finally {
            lock.unlock();
        }
    }

    /** Waits for sessions that are being closed, but not for ever, and ends the threads. */
    void close() {
        stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        // one that was put into Agroal while that was closing; closed ones are not closed again
        sessions().forEach(PhysicalConnection::close);
    }

    private SQLException closedError() {
        return new SQLException(Message.POOL_CLOSED.format(settings.name()), "08003");
    }

    // reports

    int waiting() {
        return waiting;
    }

    boolean isFailing() {
        return failing;
    }

    int opening() {
        lock.lock();
        try {
            return opening;
        } finally {
            lock.unlock();
        }
    }

    List<PhysicalConnection> sessions() {
        lock.lock();
        try {
            return List.copyOf(sessions);
        } finally {
            lock.unlock();
        }
    }

    /** A borrower who found nothing idle. */
    private static final class Waiter {

        private final Thread thread = Thread.currentThread();

        /** Written by the signaller, under the lock; cleared by the waiter. */
        private volatile boolean signalled;

        /** Written once, under the lock. */
        private volatile SQLException failure;

        /** Guarded by the lock: looked and found nothing, and was not signalled since. */
        private boolean wants;

        void signal() {
            signalled = true;
            wants = false;
            LockSupport.unpark(thread);
        }

        void fail(SQLException error) {
            failure = error;
            wants = false;
            LockSupport.unpark(thread);
        }

        /** True when it is worth looking again, false when the deadline has passed. */
        boolean await(Deadline deadline) throws SQLException, InterruptedException {
            long lookAgain = System.nanoTime() + LOOK_AGAIN_NANOS;
            while (!signalled && lookAgain - System.nanoTime() > 0) {
                SQLException error = failure;
                if (error != null) {
                    throw Connector.again(error);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long remaining = deadline.remainingNanos();
                if (remaining <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, Math.min(remaining, LOOK_AGAIN_NANOS));
            }
            signalled = false;
            return true;
        }
    }
}
