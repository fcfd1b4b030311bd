package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.function.Supplier;
import org.cabstand.PoolExhaustedException;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.monitor.Monitors;
import org.jspecify.annotations.Nullable;

/**
 * Finds a connection that may be used: an idle one, or a new one, within {@code acquisition-timeout}.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Borrowing {

    /** How long a thread that was handed a connection may need before it begins to use it. */
    private static final Duration TO_HAND_OVER = Duration.ofMillis(500);

    private final PoolSettings settings;
    private final Gate gate;
    private final Supplier<PoolLimits> limits;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final WaitQueue<PoolEntry> waiting;
    private final Opener opener;
    private final Validator validator;
    private final Suspicion suspicion;
    private final PoolReports reports;
    private final Monitors monitors;
    private final SlowAcquire slowAcquire;

    Borrowing(
            PoolSettings settings,
            Gate gate,
            Supplier<PoolLimits> limits,
            SessionRegistry sessions,
            IdleConnections idle,
            WaitQueue<PoolEntry> waiting,
            Opener opener,
            Validator validator,
            Suspicion suspicion,
            PoolReports reports,
            Monitors monitors,
            SlowAcquire slowAcquire) {
        this.settings = settings;
        this.gate = gate;
        this.limits = limits;
        this.sessions = sessions;
        this.idle = idle;
        this.waiting = waiting;
        this.opener = opener;
        this.validator = validator;
        this.suspicion = suspicion;
        this.reports = reports;
        this.monitors = monitors;
        this.slowAcquire = slowAcquire;
    }

    /**
     * Begins the use of a connection, if it needs no validation.
     *
     * @param connection in use by the caller
     * @return false when the caller must pass it to {@link #find}
     */
    boolean useIfFresh(PoolEntry connection) {
        long now = System.nanoTime();
        return !connection.isRetired()
                && connection.freshness().isFresh(suspicion.suspectSince(), now)
                && use(connection, now);
    }

    private boolean use(PoolEntry connection, long now) {
        try {
            connection.handOut(now);
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            Log.debug("pool '" + settings.name() + "': beginRequest failed", e);
            connection.markBroken(Eviction.INVALID);
            return false;
        }
    }

    /**
     * Finds a connection and begins its use.
     *
     * @param candidate in use by the caller, and not fresh; null when there is none
     * @throws PoolExhaustedException when all connections stay in use
     */
    PoolEntry find(@Nullable PoolEntry candidate) throws SQLException {
        Deadline deadline = Deadline.after(limits.get().acquisitionTimeout());
        try {
            PoolEntry connection = find(candidate, deadline);
            while (connection == null && !deadline.hasPassed()) {
                checkNotBlocked(reports.givesNoneBack());
                connection = find(null, deadline);
            }
            if (connection == null) {
                monitors.timedOut();
                throw timedOut();
            }
            connection.holding().waitedSince(deadline.begun());
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    Message.INTERRUPTED.format(settings.name()), "08001", e);
        }
    }

    /** Returns null when the deadline, or the caller's patience, is over. */
    private @Nullable PoolEntry find(@Nullable PoolEntry candidate, Deadline deadline)
            throws SQLException, InterruptedException {
        PoolEntry connection = candidate == null ? take(deadline) : candidate;
        while (connection != null) {
            if (isFit(connection, deadline)) {
                return connection;
            }
            connection = deadline.hasPassed() ? null : take(deadline);
        }
        return null;
    }

    /** Whether a connection may be used; if not, it is given back. */
    private boolean isFit(PoolEntry connection, Deadline deadline) throws InterruptedException {
        if (!connection.isDone()) {
            if (useIfFresh(connection)) {
                return true;
            }
            if (!connection.isDone()) {
                if (!validator.isValid(connection, deadline)) {
                    return false;
                }
                if (use(connection, System.nanoTime())) {
                    return true;
                }
            }
        }
        idle.giveBack(connection);
        return false;
    }

    /** Takes an idle, a returned or a new connection; null when the deadline, or the caller's patience, is over. */
    private @Nullable PoolEntry take(Deadline deadline) throws SQLException, InterruptedException {
        PoolEntry connection = idle.lend();
        if (connection != null) {
            return connection;
        }
        Waiter<PoolEntry> waiter = waiting.join(longestQueue());
        if (waiter == null) {
            throw gate.isSuspended()
                    ? reports.suspended("'" + settings.keyOf(Key.MAX_WAITING) + "' is reached")
                    : reports.tooManyWaiting();
        }
        slowAcquire.begun();
        PoolEntry found = null;
        PoolEntry given = null;
        boolean failed = true;
        try {
            found = waitFor(waiter, patience(deadline));
            failed = false;
        } finally {
            given = waiting.leave(waiter, found != null);
            slowAcquire.ended(waiter);
            if (given != null && (failed || found != null)) {
                idle.giveBack(given);
            }
        }
        return found == null ? idle.lent(given) : found;
    }

    private @Nullable PoolEntry waitFor(Waiter<PoolEntry> waiter, Deadline deadline)
            throws SQLException, InterruptedException {
        do {
            // look again: from now on a return wakes us up
            PoolEntry found = idle.lend();
            if (found != null) {
                return found;
            }
            waiting.want(waiter);
            opener.openForWaiters();
        } while (waiting.await(waiter, deadline) && waiter.given() == null);
        return null;
    }

    /** How many may be in the queue: {@code max-waiting}, plus those for whom a connection can be opened. */
    private int longestQueue() {
        return settings.maxWaiting() == 0
                ? Integer.MAX_VALUE
                : settings.maxWaiting() + Math.max(0, limits.get().maxSize() - sessions.inUse());
    }

    /**
     * A thread that holds every connection itself need not wait long, because only it could give one back. It waits a
     * moment, in case it has handed one to another thread, which will give it back.
     */
    private Deadline patience(Deadline deadline) {
        return sessions.areAllHeldBy(Thread.currentThread())
                ? deadline.orAfter(TO_HAND_OVER)
                : deadline;
    }

    private SQLException timedOut() {
        if (gate.isSuspended()) {
            return reports.suspended(
                    "no connection within " + Durations.shown(limits.get().acquisitionTimeout()));
        }
        SQLException error =
                sessions.isShortOfOpenOnes() ? reports.openTimeout() : reports.exhausted();
        SQLException failure = opener.failure();
        if (failure != null) {
            error.initCause(failure); // the reason why no more could be opened
        }
        return error;
    }

    /**
     * Fails at once when the calling thread holds every connection itself: nobody else can end its wait.
     *
     * @param reason why it needs another one
     */
    void checkNotBlocked(String reason) throws SQLException {
        if (sessions.areAllHeldBy(Thread.currentThread())) {
            throw reports.blocked(reason);
        }
    }
}
