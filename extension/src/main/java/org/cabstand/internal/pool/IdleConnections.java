package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cabstand.internal.agroal.AgroalPool;

/**
 * Where borrowers find connections and bring them back: the cache, behind it Agroal, and the line of those
 * who find nothing in either.
 *
 * <p>Agroal keeps what is idle. The cache keeps what was used since it was cleared last, so that most
 * borrows go neither through a lock nor past the clock.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class IdleConnections {

    private final AgroalPool<PoolEntry> agroal;
    private final Opener opener;
    private final WaitQueue<PoolEntry> waiting;
    private final IntSupplier longestLine;
    private final Supplier<SQLException> lineTooLong;
    private final UnaryOperator<Deadline> patience;
    private final Reports reports;
    private final SharedCache<PoolEntry> cache = new SharedCache<>(PoolEntry[]::new);

    /** Written once. */
    private volatile boolean closed;

    /**
     * No connections yet.
     *
     * @param agroal keeps them
     * @param opener opens what is missing
     * @param waiting where those wait who find nothing
     * @param longestLine how many may be in it
     * @param lineTooLong the error for one more
     * @param patience until when one waits who finds nothing, at most until the deadline
     * @param reports told of connections that cannot be brought back
     */
    IdleConnections(
            AgroalPool<PoolEntry> agroal,
            Opener opener,
            WaitQueue<PoolEntry> waiting,
            IntSupplier longestLine,
            Supplier<SQLException> lineTooLong,
            UnaryOperator<Deadline> patience,
            Reports reports) {
        this.agroal = agroal;
        this.opener = opener;
        this.waiting = waiting;
        this.longestLine = longestLine;
        this.lineTooLong = lineTooLong;
        this.patience = patience;
        this.reports = reports;
    }

    /** One from the cache, in use by the caller from now on; null when there is none. */
    PoolEntry poll() {
        return cache.take();
    }

    /**
     * An idle connection, or a new one; in use by the caller from now on.
     *
     * @return null when the deadline or the patience is over
     * @throws SQLException when the database refuses a new one, or the line is too long
     */
    PoolEntry take(Deadline deadline) throws SQLException, InterruptedException {
        PoolEntry connection = look();
        if (connection != null) {
            return connection;
        }
        WaitQueue.Waiter<PoolEntry> waiter = waiting.join(longestLine.getAsInt());
        if (waiter == null) {
            throw lineTooLong.get();
        }
        PoolEntry found = null;
        PoolEntry given = null;
        boolean failed = true;
        try {
            found = waitFor(waiter, patience.apply(deadline));
            failed = false;
        } finally {
            given = waiting.leave(waiter, found != null);
            if (given != null && (failed || found != null)) {
                giveBack(given);
            }
        }
        return found == null ? given : found;
    }

    private PoolEntry waitFor(WaitQueue.Waiter<PoolEntry> waiter, Deadline deadline)
            throws SQLException, InterruptedException {
        do {
            // again, now that a return would wake us up
            PoolEntry found = look();
            if (found != null) {
                return found;
            }
            waiting.want(waiter);
            opener.openForWaiters();
        } while (waiting.await(waiter, deadline) && waiter.given() == null);
        return null;
    }

    private PoolEntry look() {
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

    /** Takes back what the caller uses; what is broken or one too many is evicted. */
    void giveBack(PoolEntry connection) {
        opener.retireIfTooMany(connection);
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
            settle();
        } else {
            waiting.signal();
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

    /** One that is idle, in use by the caller from now on; null when there is none. */
    PoolEntry takeIdle() {
        return look();
    }

    /** Gives what is idle back to Agroal, which looks after it. */
    void settle() {
        cache.clear().forEach(this::rest);
    }

    /** From now on nothing stays in the cache. */
    void close() {
        closed = true;
        settle();
    }
}
