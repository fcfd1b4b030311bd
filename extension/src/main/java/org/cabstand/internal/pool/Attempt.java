package org.cabstand.internal.pool;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.connect.SessionFactory;
import org.cabstand.internal.monitor.Timing;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a session. It holds a place in {@code max-size} until it has failed, or the new session takes the
 * place over.
 *
 * <p>An attempt that takes too long counts as failed. A session that may exist nevertheless is cut, and its place
 * becomes free when it is gone, or after {@link CallLimit#LINGER}.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards how far it has come and whether it was given up.
 */
final class Attempt implements SessionFactory.Progress, ForeignCall.Outcome<PoolEntry>, Runnable {

    private final Opener opener;
    private final OpeningBackoff backoff;
    private final SessionFactory factory;
    private final PoolSettings settings;
    private final PoolExecutor threads;
    private final Timing timing;
    private final long begun = System.nanoTime();
    private final AtomicBoolean hasPlace = new AtomicBoolean(true);

    /** Guarded by the monitor. */
    private boolean connecting;

    /** Guarded by the monitor. */
    private @Nullable DriverConnection connected;

    /** It took too long, so its place is lost, or will be. Guarded by the monitor. */
    private boolean givenUp;

    Attempt(
            Opener opener,
            OpeningBackoff backoff,
            SessionFactory factory,
            PoolSettings settings,
            PoolExecutor threads,
            Timing timing) {
        this.opener = opener;
        this.backoff = backoff;
        this.factory = factory;
        this.settings = settings;
        this.threads = threads;
        this.timing = timing;
    }

    /** When it began, by {@link System#nanoTime()}. */
    long begun() {
        return begun;
    }

    PoolEntry connect() throws SQLException {
        return new PoolEntry(opener::close, factory.open(this), settings);
    }

    @Override
    public synchronized void connecting() throws SQLException {
        checkNotGivenUp();
        connecting = true;
    }

    @Override
    public void connected(DriverConnection connection) throws SQLException {
        synchronized (this) {
            connected = connection;
            if (!givenUp) {
                return;
            }
        }
        factory.cut(connection.connection()); // nobody else knows of it
        checkNotGivenUp();
    }

    private synchronized void checkNotGivenUp() throws SQLException {
        if (givenUp) {
            throw new SQLException("given up: it took too long", "08001");
        }
    }

    @Override
    public void ended(@Nullable PoolEntry connection, @Nullable Throwable error) {
        timing.end(error == null);
        hasPlace.set(false);
        if (connection != null) {
            opener.opened(connection, this);
        } else {
            opener.failed(
                    error instanceof SQLException e
                            ? e
                            : new SQLException("the opening thread died", "08001", error),
                    this,
                    true);
        }
    }

    @Override
    public void overdue() {
        timing.end(false);
        SQLException error =
                factory.error(
                        Message.OPENING_OVERDUE.format(
                                Durations.shown(CallLimit.OPEN.of(settings)),
                                settings.keyOf(Key.LOGIN_TIMEOUT)));
        boolean gone;
        DriverConnection session;
        synchronized (this) {
            givenUp = true;
            gone = !connecting;
            session = connected;
        }
        if (gone) {
            hasPlace.set(false);
        }
        factory.givenUp();
        backoff.hangs();
        opener.failed(error, this, gone);
        if (!gone) {
            threads.later(CallLimit.LINGER.of(settings), this);
            if (session != null) {
                threads.executeIfOpen(
                        () -> {
                            factory.cut(session.connection());
                            run();
                        });
            }
        }
    }

    @Override
    public void late(@Nullable PoolEntry connection) {
        backoff.cameBack();
        if (connection != null) {
            connection.foundSilent();
            opener.discard(connection);
        }
        run();
    }

    /** Frees its place: the session is gone, or has had enough time to go. */
    @Override
    public void run() {
        if (hasPlace.compareAndSet(true, false)) {
            opener.freePlace();
        }
    }
}
