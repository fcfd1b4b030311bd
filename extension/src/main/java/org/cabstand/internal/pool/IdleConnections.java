package org.cabstand.internal.pool;

import java.sql.SQLException;
import org.cabstand.internal.agroal.AgroalPool;
import org.jspecify.annotations.Nullable;

/**
 * The idle connections, in the cache and, behind it, in Agroal. Borrowers take them from here and give them back here;
 * a returned connection may go to a waiting thread instead.
 *
 * <p>The cache keeps recently used connections, so that most borrows need no lock.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class IdleConnections {

    private final Gate gate;
    private final AgroalPool<PoolEntry> agroal;
    private final SessionRegistry sessions;
    private final WaitQueue<PoolEntry> waiting;
    private final PoolReports reports;
    private final SharedCache<PoolEntry> cache = new SharedCache<>(PoolEntry[]::new);

    /**
     * An empty set of idle connections.
     *
     * @param gate decides whether borrowers get any
     * @param agroal keeps those that are not in the cache
     * @param sessions tells whether there are too many
     * @param waiting may get a returned connection
     * @param reports told of connections that cannot be given back
     */
    IdleConnections(
            Gate gate,
            AgroalPool<PoolEntry> agroal,
            SessionRegistry sessions,
            WaitQueue<PoolEntry> waiting,
            PoolReports reports) {
        this.gate = gate;
        this.agroal = agroal;
        this.sessions = sessions;
        this.waiting = waiting;
        this.reports = reports;
    }

    /** Takes a connection from the cache; null when there is none. */
    @Nullable PoolEntry poll() {
        return cache.take();
    }

    /** Takes a connection from the cache or from Agroal, without waiting; null when there is none. */
    @Nullable PoolEntry take() {
        PoolEntry cached = cache.take();
        if (cached != null) {
            return cached;
        }
        PoolEntry idle = agroal.take();
        if (idle != null) {
            idle.taken();
        }
        return idle;
    }

    /** As {@link #take()}, for a borrower, who gets none while the pool is suspended. */
    @Nullable PoolEntry lend() {
        return gate.isSuspended() ? null : lent(take());
    }

    /** Passes a taken connection on; null when the pool was suspended meanwhile, and it was given back. */
    @Nullable PoolEntry lent(@Nullable PoolEntry connection) {
        if (connection != null && gate.isSuspended()) {
            giveBack(connection);
            return null;
        }
        return connection;
    }

    /** Gives a connection back; it is evicted if it is useless or one too many. */
    void giveBack(PoolEntry connection) {
        sessions.retireIfTooMany(connection);
        if (connection.isDone()) {
            if (connection.reclaim()) { // otherwise it was taken away, and has been given back
                evict(connection);
            }
            return;
        }
        boolean worked = connection.session().work().hasAsked();
        if (waiting.mayTake(worked)
                && !gate.isSuspended()
                && connection.reclaim()
                && waiting.handOver(connection, worked)) {
            return;
        }
        if (!connection.isCached()) {
            addToCache(connection);
        }
        if (!connection.putIntoCache()) {
            connection.reclaim(); // it was taken away, and has been given back
            cache.remove(connection);
            return;
        }
        // a thread that displaced it, or cleared the cache, may not have seen that it is back
        if (!connection.isCached() && connection.leaveCache()) {
            moveToAgroal(connection);
        } else if (gate.isShut()) {
            moveAllToAgroal();
        } else {
            waiting.signal();
        }
    }

    private void addToCache(PoolEntry connection) {
        PoolEntry displaced = cache.add(connection);
        if (displaced != null) {
            moveToAgroal(displaced);
        }
    }

    /** Gives a connection to Agroal, which signals the queue. */
    private void moveToAgroal(PoolEntry connection) {
        try {
            agroal.giveBack(connection);
        } catch (SQLException | RuntimeException | Error e) {
            reports.returnFailed(e);
        }
    }

    /** Closes a connection that the caller has taken, and frees its place. */
    void evict(PoolEntry connection) {
        cache.remove(connection);
        connection.leave();
        try {
            agroal.evict(connection);
        } catch (SQLException | RuntimeException | Error e) {
            reports.returnFailed(e);
        }
    }

    /** Moves the cache's idle connections to Agroal, which closes them after {@code idle-timeout}. */
    void moveAllToAgroal() {
        cache.clear().forEach(this::moveToAgroal);
    }

    /** Validates idle connections if needed, and closes retired ones, on Agroal's thread. */
    void check() {
        moveAllToAgroal();
        agroal.check();
    }
}
