package org.cabstand.internal.agroal;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalDataSourceListener;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.AgroalDataSourceConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.cabstand.internal.Log;
import org.jspecify.annotations.Nullable;

/**
 * The door to Agroal, which keeps a pool's idle connections and closes those that were idle for {@code idle-timeout},
 * down to {@code min-size}.
 *
 * <p>Agroal opens nothing, and nobody waits in it: {@link #take()} asks it only when it has a connection that is
 * promised to no one else.
 *
 * <p>Thread safety: safe for concurrent use.
 *
 * @param <M> what is kept
 */
public final class AgroalPool<M extends AgroalMember> {

    /** More tries than any promised connection needs; a wrong count must not hold a borrower for ever. */
    private static final int MOST_TRIES = 1_000;

    private final String name;
    private final Class<M> type;
    private final @Nullable Duration idleTimeout;
    private final Runnable available;

    /** Open connections on their way into Agroal. */
    private final Queue<AgroalMember> ready = new ConcurrentLinkedQueue<>();

    private final IdleCount idle = new IdleCount();

    /** Whether a check is due that has not begun. Set by whoever asks for one, cleared by Agroal. */
    private final AtomicBoolean checkIsDue = new AtomicBoolean();

    /** Written by {@link #start}, which comes first. */
    @SuppressWarnings("NullAway.Init")
    private volatile AgroalDataSource agroal;

    /** Written once. */
    private volatile boolean closed;

    /**
     * A pool that has not started.
     *
     * @param name the pool's name
     * @param type what is kept
     * @param idleTimeout null for ever
     * @param available run when a connection has become idle; must not wait
     */
    public AgroalPool(
            String name, Class<M> type, @Nullable Duration idleTimeout, Runnable available) {
        this.name = name;
        this.type = type;
        this.idleTimeout = idleTimeout;
        this.available = available;
    }

    /**
     * Starts Agroal, and its one thread.
     *
     * @param minSize down to which Agroal closes connections by itself
     * @param maxSize how many connections there may be
     * @param mayStay whether an idle connection may stay, asked by {@link #check()}; may take its time
     */
    public void start(int minSize, int maxSize, Predicate<M> mayStay) {
        Callbacks callbacks = new Callbacks(mayStay);
        AgroalDataSourceConfiguration configuration =
                AgroalSettings.of(minSize, maxSize, idleTimeout, callbacks);
        try {
            agroal =
                    ReadyConnections.over(
                            ready, () -> AgroalDataSource.from(configuration, callbacks));
        } catch (Exception e) {
            throw new IllegalStateException("Agroal does not start", e);
        }
    }

    /**
     * Adds a new, idle connection.
     *
     * @param member not in use
     * @return false when the pool is closed
     */
    public boolean add(M member) {
        ready.add(member);
        boolean more = true;
        while (more && ready.contains(member)) {
            try {
                // "a new connection is established for this purpose", and stays; it may be another
                // thread's, to whom
                // this one is left
                agroal.isHealthy(true);
            } catch (SQLException e) {
                // also when another thread has made Agroal take it in before
                Log.debug("pool '" + name + "': " + e.getMessage());
                more = false;
            }
        }
        return !ready.remove(member);
    }

    /**
     * Takes an idle connection; never waits for one.
     *
     * @return null when there is none
     */
    public @Nullable M take() {
        if (!idle.promise()) {
            return null;
        }
        for (int tries = 0; tries < MOST_TRIES && !closed; tries++) {
            try {
                Connection lent = agroal.getConnection();
                M member = lent.unwrap(type);
                member.lent = lent;
                return member;
            } catch (SQLException e) {
                if (idle.isVoid()) {
                    return null;
                }
                Thread.yield();
            }
        }
        idle.increment();
        return null;
    }

    /**
     * Gives back a connection, which is idle from now on.
     *
     * @param member taken by the caller
     * @throws SQLException when Agroal refuses it
     */
    public void giveBack(M member) throws SQLException {
        member.lent.close();
    }

    /**
     * Closes a connection and gives up its place.
     *
     * @param member taken by the caller
     * @throws SQLException when Agroal cannot remove it
     */
    public void evict(M member) throws SQLException {
        member.evict();
        try {
            member.lent.close();
        } finally {
            member.close(); // Agroal's thread would do it later
        }
    }

    /**
     * Closes idle connections that may not stay, in the background, one after the other. While a check is due that has
     * not begun, there is no second one: checks that take longer than the time between them would pile up.
     */
    public void check() {
        if (checkIsDue.compareAndSet(false, true)) {
            agroal.flush(FlushMode.INVALID);
        }
    }

    /**
     * Changes the sizes. While Agroal has more than {@code maxSize}, it closes each connection that comes back, and
     * counts it as reaped.
     *
     * @param minSize down to which Agroal closes connections by itself
     * @param maxSize never below the number of connections that there are
     */
    public void resize(int minSize, int maxSize) {
        AgroalConnectionPoolConfiguration pool =
                agroal.getConfiguration().connectionPoolConfiguration();
        // the minimum must never exceed the maximum
        if (maxSize >= pool.minSize()) {
            pool.setMaxSize(maxSize);
            pool.setMinSize(minSize);
        } else {
            pool.setMinSize(minSize);
            pool.setMaxSize(maxSize);
        }
    }

    /** Closes every connection, and Agroal. A connection that is in use is closed when it comes back. */
    public void close() {
        closed = true;
        AgroalDataSource started = agroal;
        if (started != null) {
            started.close();
        }
    }

    /**
     * Whether a type is Agroal's own, as applications may see it.
     *
     * @param wanted what an application wants
     * @return whether there is a view of that type
     */
    public static boolean isView(Class<?> wanted) {
        return wanted == AgroalDataSource.class;
    }

    /**
     * Agroal's own type as applications may see it: configuration and metrics.
     *
     * @param connections where the view's connections come from
     * @param statistics the figures that Agroal does not have
     * @return a view that refuses whatever would break the pool's promises
     */
    public DataSource view(DataSource connections, PoolStatistics statistics) {
        return new AgroalView(agroal, connections, statistics);
    }

    /** The events and questions that come from Agroal. */
    private final class Callbacks implements AgroalDataSourceListener, ConnectionValidator {

        private final Predicate<M> mayStay;

        Callbacks(Predicate<M> mayStay) {
            this.mayStay = mayStay;
        }

        @Override
        public void beforeConnectionFlush(Connection standIn) {
            checkIsDue.set(false);
        }

        @Override
        public void onConnectionPooled(Connection standIn) {
            checkIsDue.set(false); // nothing tells of a check that has found no connection
            nowIdle();
        }

        @Override
        public void onConnectionReturn(Connection standIn) {
            nowIdle();
        }

        private void nowIdle() {
            idle.increment();
            available.run();
        }

        /** The connection is idle, and cannot be taken until the answer is there. */
        @Override
        public boolean isValid(Connection lent) {
            idle.decrement();
            try {
                return mayStay.test(lent.unwrap(type));
            } catch (SQLException | RuntimeException | Error e) {
                Log.debug("pool '" + name + "': a connection could not be checked", e);
                return false;
            }
        }

        @Override
        public void onConnectionValid(Connection standIn) {
            nowIdle();
        }

        @Override
        public void onConnectionReap(Connection standIn) {
            idle.decrement();
            AgroalMember.of(standIn).reaped();
        }

        @Override
        public void onWarning(String message) {
            Log.debug("pool '" + name + "': " + message);
        }

        @Override
        public void onWarning(Throwable cause) {
            Log.debug("pool '" + name + "': " + cause.getMessage(), cause);
        }
    }
}
