package org.cabstand.internal.pool;

import io.agroal.api.AgroalDataSource;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Collections;
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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Limits;
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
 * <p>Thread safety: safe for concurrent use. The lock guards the sessions and the count of those being
 * opened.
 */
final class Opener {

    private static final int SECONDS_TO_CLOSE = 5;

    private final PoolSettings settings;
    private final Supplier<Limits> limits;
    private final Connector connector;
    private final Lifetimes lifetimes;
    private final ExecutorService threads;
    private final CompletableFuture<AgroalDataSource> agroal;

    /** What the calling thread, one of our own, is about to put into Agroal. */
    private final ThreadLocal<PhysicalConnection> handOver = new ThreadLocal<>();

    private final Line line;
    private final Monitors monitors;
    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock: open ones, and those whose close has not finished. */
    private final Set<PhysicalConnection> sessions =
            Collections.newSetFromMap(new IdentityHashMap<>());

    /** Guarded by the lock. */
    private int opening;

    /** Guarded by the lock: open, and on their way to a waiter. */
    private int arriving;

    /** Guarded by the lock: how often those were borrowed that are closed now. */
    private long borrowsOfClosed;

    /** Guarded by the lock: how many of the initial ones have not been asked for. */
    private int initial;

    /** Guarded by the lock: what was begun before this moment is of no use. */
    private long obsoleteBefore = System.nanoTime();

    /** Guarded by the lock. */
    private boolean closed;

    /** Written under the lock, read without it: more are open than may be, since that was lowered. */
    private volatile boolean crowded;

    /** Written by the opening threads: whether the last attempt failed. */
    private volatile boolean failing;

    /**
     * Has opened nothing yet.
     *
     * @param agroal where opened connections go; until it is there they wait
     * @param line of those for whom it opens
     * @param monitors told of what is opened, and of what leaves the pool
     */
    Opener(
            PoolSettings settings,
            Supplier<Limits> limits,
            Connector connector,
            Lifetimes lifetimes,
            CompletableFuture<AgroalDataSource> agroal,
            Line line,
            Monitors monitors,
            ClassLoader loader) {
        this.settings = settings;
        this.limits = limits;
        this.connector = connector;
        this.lifetimes = lifetimes;
        this.agroal = agroal;
        this.line = line;
        this.monitors = monitors;
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

    /** Runs something of the pool on a thread that is not the caller's. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    // validation

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
        connection.breakUp(Eviction.INVALID);
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
        open(
                () -> {
                    boolean isInitial = initial > 0;
                    if (isInitial) {
                        initial--;
                    }
                    return isInitial || sessions.size() + opening < limits.get().minSize() ? 1 : 0;
                });
        throw new SQLTransientConnectionException("being opened in the background", "08001");
    }

    /** Opens for as many as want one and are not being opened for. */
    void openForWaiters() {
        int wanted = line.wanted();
        open(() -> wanted - opening - arriving);
    }

    /** Agroal asks for {@code min-size} before it closes what it replaces, when there is no room yet. */
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
                count = Math.max(0, Math.min(room, wanted.getAsInt()));
                opening += count;
            }
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < count; i++) {
            try {
                threads.execute(this::openOne);
            } catch (RejectedExecutionException e) {
                opened(null, System.nanoTime(), closedError());
            } catch (OutOfMemoryError e) { // no more threads: the room must not be lost
                opened(
                        null,
                        System.nanoTime(),
                        new SQLException("no thread to open a connection on", "08001", e));
            }
        }
    }

    private void openOne() {
        long begun = System.nanoTime();
        Timing opening = monitors.opening();
        PhysicalConnection connection = null;
        // an Error of the JVM must not take the room with it
        SQLException error = new SQLException("the opening thread died", "08001");
        try {
            connection = connector.connect(this);
            error = null;
        } catch (SQLException e) {
            error = e;
        } finally {
            opening.end(error == null);
            if (error != null) {
                reportFailure(error);
            } else if (failing) {
                failing = false;
                Log.log(
                        Level.INFO,
                        Message.OPEN_RECOVERED.format(settings.name(), settings.shownUrl()));
            }
            opened(connection, begun, error);
        }
    }

    private void reportFailure(SQLException error) {
        Level level = failing ? Level.DEBUG : Level.WARNING;
        failing = true;
        Log.log(level, error.getMessage());
    }

    /** Ends an attempt; exactly one of connection and error is not null. */
    private void opened(PhysicalConnection connection, long begun, SQLException error) {
        boolean late = false;
        lock.lock();
        try {
            opening--;
            if (connection != null) {
                arriving++;
                sessions.add(connection);
                // the limit may have been lowered meanwhile
                boolean tooMany = sessions.size() + opening > limits.get().maxSize();
                if (tooMany) {
                    connection.retire(Eviction.TOO_MANY);
                }
                late = closed || tooMany;
                if (begun - obsoleteBefore <= 0) {
                    connection.retire(Eviction.DEMOTED);
                }
            }
        } finally {
            lock.unlock();
        }
        if (connection == null) {
            line.failFirst(error, begun);
        } else {
            try {
                arrive(connection, late);
            } finally {
                arrived();
            }
        }
        openForWaiters();
    }

    private void arrive(PhysicalConnection connection, boolean late) {
        if (late) {
            connection.close();
        } else {
            lifetimes.begin(connection);
            putIntoAgroal(connection);
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
        line.signalOne();
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
        for (PhysicalConnection session : sessions()) {
            if (session.leavesFor(current)) {
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
            for (PhysicalConnection session : sessions) {
                staying += session.isClosing() || session.isRetired() ? 0 : 1;
            }
            for (PhysicalConnection session : sessions) {
                if (staying > limits.get().maxSize()
                        && session.holder() == null
                        && !session.isClosing()
                        && !session.isRetired()) {
                    session.retire(Eviction.TOO_MANY);
                    staying--;
                }
            }
            crowded = staying - opening > limits.get().maxSize();
        } finally {
            lock.unlock();
        }
        fillUp();
        openForWaiters();
    }

    /** Whether Agroal must see each connection that comes back, to close what is too many. */
    boolean isCrowded() {
        return crowded;
    }

    // closing

    /** Closes a session; the database may take its time, the caller does not wait. */
    void close(PhysicalConnection connection) {
        Eviction reason = evictionOf(connection);
        if (reason != null) {
            monitors.evicted(reason, connection.age());
        }
        try {
            threads.execute(() -> closeNow(connection));
        } catch (RejectedExecutionException e) {
            closeNow(connection); // the pool is closing, and its closer waits anyway
        }
    }

    /** Null when it is closed only because the pool is. */
    private Eviction evictionOf(PhysicalConnection connection) {
        if (connection.eviction() != null) {
            return connection.eviction();
        }
        lock.lock();
        try {
            if (closed) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        // Agroal does either of its own accord
        return crowded ? Eviction.TOO_MANY : Eviction.IDLE;
    }

    private void closeNow(PhysicalConnection connection) {
        try {
            connection.closeNow();
        } catch (SQLException | RuntimeException e) {
            Log.debug(Message.CLOSE_FAILED.format(settings.name(), e.getMessage()), e);
        } finally {
            lock.lock();
            try {
                if (sessions.remove(connection)) {
                    borrowsOfClosed += connection.borrows();
                }
                crowded = crowded && sessions.size() > limits.get().maxSize();
            } finally {
                lock.unlock();
            }
            openForWaiters();
            fillUp();
        }
    }

    /** Opens no more, and sends away who waits. */
    void stop() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        line.end(this::closedError);
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

    boolean isFailing() {
        return failing;
    }

    /** How often a connection was borrowed. */
    long borrows() {
        lock.lock();
        try {
            return borrowsOfClosed + sessions.stream().mapToLong(PhysicalConnection::borrows).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Whether something is being opened, or closed to make room. */
    boolean isBusy() {
        lock.lock();
        try {
            return opening > 0 || sessions.stream().anyMatch(PhysicalConnection::isClosing);
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

    List<PhysicalConnection> sessions() {
        lock.lock();
        try {
            return List.copyOf(sessions);
        } finally {
            lock.unlock();
        }
    }
}
