package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.cabstand.internal.agroal.AgroalPool;
import org.jspecify.annotations.Nullable;

/**
 * The connections that nobody uses: in the cache, and behind it at rest in Agroal. Borrowers take them from here and
 * bring them back, and what comes back may be for one who waits.
 *
 * <p>The cache keeps what was used since it was cleared last, so that most borrows go neither through a lock nor past
 * the clock.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class IdleConnections {

    private final AgroalPool<PoolEntry> agroal;
    private final SessionRegistry sessions;
    private final WaitQueue<PoolEntry> waiting;
    private final PoolReports reports;
    private final SharedCache<PoolEntry> cache = new SharedCache<>(PoolEntry[]::new);

    /** Written once. */
    private volatile boolean closed;

    /**
     * No connections yet.
     *
     * @param agroal keeps those at rest
     * @param sessions knows whether one is too many
     * @param waiting may get what comes back
     * @param reports told of connections that cannot be brought back
     */
    IdleConnections(
            AgroalPool<PoolEntry> agroal,
            SessionRegistry sessions,
            WaitQueue<PoolEntry> waiting,
            PoolReports reports) {
        this.agroal = agroal;
        this.sessions = sessions;
        this.waiting = waiting;
        this.reports = reports;
    }

    /** One from the cache, in use by the caller from now on; null when there is none. */
    @Nullable PoolEntry poll() {
        return cache.take();
    }

    /** One from the cache or at rest, in use by the caller from now on; null when there is none. Never waits. */
    @Nullable PoolEntry take() {
        PoolEntry cached = cache.take();
        if (cached != null) {
            return cached;
        }
        PoolEntry rested = agroal.take();
        if (rested != null) {
            rested.taken();
        }
        return rested;
    }

    /** Takes back what the caller uses; what is of no more use, or one too many, is evicted. */
    void giveBack(PoolEntry connection) {
        sessions.retireIfTooMany(connection);
        if (connection.isDone()) {
            if (connection.keep()) { // else it was taken away, and has gone back
                evict(connection);
            }
            return;
        }
        boolean worked = connection.session().work().hasAsked();
        if (waiting.mayTake(worked) && connection.keep() && waiting.handOver(connection, worked)) {
            return;
        }
        if (!connection.isCached()) {
            addToCache(connection);
        }
        if (!connection.putIntoCache()) {
            connection.keep(); // it was taken away, and has gone back
            cache.remove(connection);
            return;
        }
        // who displaced it, or cleared the cache, may not have seen that it is back
        if (!connection.isCached() && connection.leaveCache()) {
            rest(connection);
        } else if (closed) {
            restAll();
        } else {
            waiting.signal();
        }
    }

    private void addToCache(PoolEntry connection) {
        PoolEntry displaced = cache.add(connection);
        if (displaced != null) {
            rest(displaced);
        }
    }

    /** Gives a connection to Agroal, which signals that it is there. */
    private void rest(PoolEntry connection) {
        try {
            agroal.giveBack(connection);
        } catch (SQLException | RuntimeException | Error e) {
            reports.returnFailed(e);
        }
    }

    /** Closes a connection that the caller has, and gives up its place. */
    void evict(PoolEntry connection) {
        cache.remove(connection);
        connection.leave();
        try {
            agroal.evict(connection);
        } catch (SQLException | RuntimeException | Error e) {
            reports.returnFailed(e);
        }
    }

    /** Gives what lies in the cache to Agroal, which looks after it. */
    void restAll() {
        cache.clear().forEach(this::rest);
    }

    /** Validates idle connections that need it, and closes retired ones, on Agroal's own thread. */
    void check() {
        restAll();
        agroal.check();
    }

    /** From now on nothing stays in the cache. */
    void close() {
        closed = true;
        restAll();
    }
}
