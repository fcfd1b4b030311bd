package org.cabstand.internal.pool;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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

    private final CompletableFuture<AgroalDataSource> agroal;
    private final Opener opener;
    private final Line line;
    private final IntSupplier longestLine;
    private final Supplier<SQLException> lineTooLong;
    private final UnaryOperator<Deadline> patience;
    private final Reports reports;
    private final SharedCache cache = new SharedCache();

    /** Written once. */
    private volatile boolean closed;

    /**
     * No connections yet.
     *
     * @param agroal keeps them; may come later
     * @param opener opens what is missing
     * @param line where those wait who find nothing
     * @param longestLine how many may be in it
     * @param lineTooLong the error for one more
     * @param patience until when one waits who finds nothing, at most until the deadline
     * @param reports told of connections that cannot be brought back
     */
    IdleConnections(
            CompletableFuture<AgroalDataSource> agroal,
            Opener opener,
            Line line,
            IntSupplier longestLine,
            Supplier<SQLException> lineTooLong,
            UnaryOperator<Deadline> patience,
            Reports reports) {
        this.agroal = agroal;
        this.opener = opener;
        this.line = line;
        this.longestLine = longestLine;
        this.lineTooLong = lineTooLong;
        this.patience = patience;
        this.reports = reports;
    }

    /** One from the cache, in use by the caller from now on; null when there is none. */
    PhysicalConnection poll() {
        return cache.take();
    }

    /**
     * An idle connection, or a new one; in use by the caller from now on.
     *
     * @return null when the deadline or the patience is over
     * @throws SQLException when the database refuses a new one, or the line is too long
     */
    PhysicalConnection take(Deadline deadline) throws SQLException, InterruptedException {
        PhysicalConnection connection = look();
        if (connection != null) {
            return connection;
        }
        Line.Waiter waiter = line.join(longestLine.getAsInt());
        if (waiter == null) {
            throw lineTooLong.get();
        }
        PhysicalConnection found = null;
        PhysicalConnection given = null;
        boolean failed = true;
        try {
            found = waitFor(waiter, patience.apply(deadline));
            failed = false;
        } finally {
            given = line.leave(waiter, found != null);
            if (given != null && (failed || found != null)) {
                giveBack(given);
            }
        }
        return found == null ? given : found;
    }

    private PhysicalConnection waitFor(Line.Waiter waiter, Deadline deadline)
            throws SQLException, InterruptedException {
        do {
            // again, now that a return would wake us up
            PhysicalConnection found = look();
            if (found != null) {
                return found;
            }
            line.want(waiter);
            opener.openForWaiters();
        } while (line.await(waiter, deadline) && waiter.given() == null);
        return null;
    }

    private PhysicalConnection look() throws SQLException {
        PhysicalConnection cached = cache.take();
        return cached == null ? fromAgroal() : cached;
    }

    private PhysicalConnection fromAgroal() throws SQLException {
        Connection pooled;
        try {
            pooled = agroal.join().getConnection();
        } catch (NothingIdle e) {
            return null;
        }
        PhysicalConnection connection = pooled.unwrap(PhysicalConnection.class);
        connection.takenFromAgroal(pooled);
        return connection;
    }

    /** Brings back what the caller uses; Agroal destroys it when it is broken or one too many. */
    void giveBack(PhysicalConnection connection) {
        if (connection.isBroken() || opener.isCrowded()) {
            if (connection.keep()) { // else it was taken away, and has gone back
                destroy(connection);
            }
        } else if (!line.handOver(connection)) {
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
                giveBackToAgroal(connection);
            } else if (closed) {
                settle();
            } else {
                line.signalOne();
            }
        }
    }

    /** Has Agroal destroy a broken connection, or one that is too many, which the caller has. */
    void destroy(PhysicalConnection connection) {
        cache.remove(connection);
        giveBackToAgroal(connection);
    }

    private void addToCache(PhysicalConnection connection) {
        PhysicalConnection displaced = cache.add(connection);
        if (displaced != null) {
            giveBackToAgroal(displaced);
        }
    }

    private void giveBackToAgroal(PhysicalConnection connection) {
        try {
            connection.letGo().close();
        } catch (SQLException | RuntimeException | Error e) {
            reports.returnFailed(e);
        }
        line.signalOne();
    }

    /** One that is idle, in use by the caller from now on; null when there is none. */
    PhysicalConnection takeIdle() throws SQLException {
        return look();
    }

    /** Gives what is idle back to Agroal, which looks after it. */
    void settle() {
        cache.clear().forEach(this::giveBackToAgroal);
    }

    /** From now on nothing stays in the cache. */
    void close() {
        closed = true;
        settle();
    }
}
