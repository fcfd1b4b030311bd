package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;

/**
 * Closes sessions on threads of the pool, each for no longer than {@link CallLimit#CLOSE}: then it is cut
 * off.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Closer {

    private final PoolSettings settings;
    private final SessionFactory factory;
    private final Executor threads;
    private final ThreadFactory moreThreads;
    private final ScheduledExecutorService timer;

    Closer(
            PoolSettings settings,
            SessionFactory factory,
            Executor threads,
            ThreadFactory moreThreads,
            ScheduledExecutorService timer) {
        this.settings = settings;
        this.factory = factory;
        this.threads = threads;
        this.moreThreads = moreThreads;
        this.timer = timer;
    }

    /**
     * Closes a session; returns at once.
     *
     * @param whenGone run once, when the session has gone or was waited for long enough
     */
    void close(PoolEntry connection, Runnable whenGone) {
        AtomicBoolean told = new AtomicBoolean();
        Runnable gone =
                () -> {
                    if (told.compareAndSet(false, true)) {
                        whenGone.run();
                    }
                };
        try {
            begin(threads, connection, gone);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // a straggler of a pool that is closed: nobody would end a long goodbye
            connection.foundSilent();
            begin(task -> moreThreads.newThread(task).start(), connection, gone);
        }
    }

    private void begin(Executor executor, PoolEntry connection, Runnable gone) {
        ForeignCall.start(
                executor,
                timer,
                CallLimit.CLOSE.of(settings),
                factory.mayInterrupt(),
                () -> {
                    connection.closeNow();
                    return null;
                },
                new ForeignCall.Outcome<Void>() {
                    @Override
                    public void ended(Void nothing, Throwable error) {
                        if (error != null) {
                            Log.debug(
                                    Message.CLOSE_FAILED.format(
                                            settings.name(), error.getMessage()),
                                    error);
                            connection.session().cut(); // the driver may have stopped half-way
                        }
                        gone.run();
                    }

                    @Override
                    public void overdue() {
                        Log.log(
                                Level.DEBUG,
                                Message.CLOSE_OVERDUE.format(
                                        settings.name(),
                                        Reports.shown(CallLimit.CLOSE.of(settings))));
                        cut(connection, gone);
                    }

                    @Override
                    public void late(Void nothing) {
                        gone.run();
                    }
                });
    }

    private void cut(PoolEntry connection, Runnable gone) {
        try {
            timer.schedule(gone, CallLimit.LINGER.of(settings).toMillis(), TimeUnit.MILLISECONDS);
            moreThreads.newThread(connection.session()::cut).start();
        } catch (RejectedExecutionException e) {
            gone.run(); // the application has stopped
        }
    }
}
