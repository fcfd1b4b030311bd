package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Closes sessions on threads of the pool. A session that has not closed within {@link CallLimit#CLOSE} is cut.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class Closer {

    private final PoolSettings settings;
    private final SessionFactory factory;
    private final PoolExecutor threads;

    Closer(PoolSettings settings, SessionFactory factory, PoolExecutor threads) {
        this.settings = settings;
        this.factory = factory;
        this.threads = threads;
    }

    /**
     * Closes a session; returns at once.
     *
     * @param whenGone run once, when the session is gone or has had enough time to go
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
            threads.call(
                    CallLimit.CLOSE,
                    factory.mayInterrupt(),
                    closing(connection),
                    outcome(connection, gone));
        } catch (OutOfMemoryError e) { // there is no thread now; the place must not be lost
            if (!threads.later(CallLimit.LINGER.of(settings), () -> close(connection, gone))) {
                gone.run(); // the application has stopped
            }
        } catch (RejectedExecutionException e) {
            // the pool is closed already, so nobody would end a close that hangs
            connection.foundSilent();
            threads.callAlways(
                    CallLimit.CLOSE,
                    factory.mayInterrupt(),
                    closing(connection),
                    outcome(connection, gone));
        }
    }

    private static Callable<Void> closing(PoolEntry connection) {
        return () -> {
            connection.closeNow();
            return null;
        };
    }

    private ForeignCall.Outcome<Void> outcome(PoolEntry connection, Runnable gone) {
        return new ForeignCall.Outcome<>() {
            @Override
            public void ended(@Nullable Void nothing, @Nullable Throwable error) {
                if (error != null) {
                    Log.debug(
                            Message.CLOSE_FAILED.format(settings.name(), error.getMessage()),
                            error);
                    connection.session().cut(); // the driver may have stopped halfway
                }
                gone.run();
            }

            @Override
            public void overdue() {
                Log.log(
                        Level.DEBUG,
                        Message.CLOSE_OVERDUE.format(
                                settings.name(), Durations.shown(CallLimit.CLOSE.of(settings))));
                cut(connection, gone);
            }

            @Override
            public void late(@Nullable Void nothing) {
                gone.run();
            }
        };
    }

    private void cut(PoolEntry connection, Runnable gone) {
        if (threads.later(CallLimit.LINGER.of(settings), gone)) {
            threads.executeAlways(connection.session()::cut);
        } else {
            gone.run(); // the application has stopped
        }
    }
}
