package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cabstand.Credentials;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Limits;
import org.cabstand.internal.connect.Fingerprint;

/**
 * Looks from time to time whether a pool's configuration has changed. MicroProfile Config has no way to
 * tell.
 *
 * <p>Thread safety: one look at a time, but for one that was given up; the fault is volatile.
 */
final class ConfigWatch {

    static final Duration PERIOD = Duration.ofSeconds(5);

    private final NamedPool pool;
    private final LiveConfig config;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** The fault that was reported last; written by each look, also by one that was given up. */
    private volatile String reported = "";

    ConfigWatch(NamedPool pool, LiveConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Looks on another thread, unless a look still goes on: a config source may be slow, or hang. */
    void look(Executor threads, ScheduledExecutorService timer) {
        if (busy.compareAndSet(false, true)) {
            try {
                ForeignCall.start(
                        threads,
                        timer,
                        CallLimit.CONFIG.of(pool.settings()),
                        true,
                        () -> {
                            lookNow();
                            return null;
                        },
                        new ForeignCall.Outcome<Void>() {
                            @Override
                            public void ended(Void nothing, Throwable error) {
                                busy.set(false);
                                if (error != null && !pool.isClosed()) { // else it is no wonder
                                    refuse(error.toString());
                                }
                            }

                            @Override
                            public void overdue() {
                                busy.set(false);
                                refuse("it could not be read within " + shownLimit());
                            }
                        });
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                busy.set(false); // the pool is closing
            }
        }
    }

    private String shownLimit() {
        return Reports.shown(CallLimit.CONFIG.of(pool.settings()));
    }

    private void lookNow() {
        followLimits();
        followCredentials();
    }

    private void followLimits() {
        Limits.Reading reading = config.limits();
        if (!reading.faults().isEmpty()) {
            refuse(String.join(" ", reading.faults()));
            return;
        }
        reported = "";
        if (!reading.limits().equals(pool.limits())) {
            pool.follow(reading.limits());
            Log.log(
                    Level.INFO,
                    Message.LIMITS_CHANGED.format(
                            pool.name(),
                            reading.limits().minSize(),
                            reading.limits().maxSize(),
                            Reports.shown(reading.limits().acquisitionTimeout())));
        }
    }

    private void refuse(String fault) {
        if (!fault.equals(reported)) {
            reported = fault;
            Log.log(Level.WARNING, Message.CHANGE_REFUSED.format(pool.name(), fault));
        }
    }

    private void followCredentials() {
        Credentials configured = config.configuredCredentials();
        if (configured != null && pool.replaceOthers(Fingerprint.of(configured))) {
            Log.log(
                    Level.INFO,
                    Message.CREDENTIALS_CHANGED.format(
                            pool.name(), Reports.shown(NamedPool.ROTATION)));
        }
    }
}
