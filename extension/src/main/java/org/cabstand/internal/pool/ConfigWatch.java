package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.cabstand.Credentials;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.connect.CredentialsDigest;
import org.cabstand.internal.monitor.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Checks periodically whether a pool's configuration has changed, because MicroProfile Config does not announce
 * changes.
 *
 * <p>Thread safety: one check at a time, except for one that was given up; the fault is volatile.
 */
final class ConfigWatch {

    static final Duration PERIOD = Duration.ofSeconds(5);

    /** Within this time connections are replaced after a change of credentials. */
    private static final Duration ROTATION = Duration.ofSeconds(10);

    /** How many checks may hang at the same time, each of which keeps a thread. */
    private static final int MOST_HANGING = 3;

    /** How many faults in a row are warnings. A source that fails may say something else each time. */
    private static final int MOST_WARNINGS = 3;

    private final PoolSettings settings;
    private final LiveConfig config;
    private final LimitChanges changes;
    private final SessionRegistry sessions;
    private final Lifetimes lifetimes;
    private final PoolExecutor threads;
    private final OutageLog furtherFaults;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Checks that were given up and have not ended. */
    private final AtomicInteger hanging = new AtomicInteger();

    /** Different faults since the last check without one. */
    private final AtomicInteger faults = new AtomicInteger();

    /** The fault that was reported last. Written by each check, even by one that was given up. */
    private volatile String reported = "";

    /**
     * A watch that has seen no change yet.
     *
     * @param changes told of the configured limits
     * @param furtherFaults where faults are counted that follow each other
     */
    ConfigWatch(
            PoolSettings settings,
            LiveConfig config,
            LimitChanges changes,
            SessionRegistry sessions,
            Lifetimes lifetimes,
            PoolExecutor threads,
            OutageLog furtherFaults) {
        this.settings = settings;
        this.config = config;
        this.changes = changes;
        this.sessions = sessions;
        this.lifetimes = lifetimes;
        this.threads = threads;
        this.furtherFaults = furtherFaults;
    }

    /**
     * Checks on another thread, because a config source may be slow or hang. Does nothing while a check is running, or
     * too many hang.
     */
    void look() {
        if (hanging.get() < MOST_HANGING && busy.compareAndSet(false, true)) {
            try {
                threads.call(CallLimit.CONFIG, true, this::lookNow, new Look());
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                busy.set(false); // the pool is closing
            }
        }
    }

    private final class Look implements ForeignCall.Outcome<Void> {

        @Override
        public void ended(@Nullable Void nothing, @Nullable Throwable error) {
            busy.set(false);
            if (error != null && !threads.isShutDown()) { // otherwise it is expected
                refuse(error.toString());
            }
        }

        @Override
        public void overdue() {
            hanging.incrementAndGet();
            busy.set(false);
            refuse("it could not be read within " + shownLimit());
        }

        @Override
        public void late(@Nullable Void nothing) {
            hanging.decrementAndGet();
        }
    }

    private String shownLimit() {
        return Durations.shown(CallLimit.CONFIG.of(settings));
    }

    private Void lookNow() {
        followLimits();
        followCredentials();
        return null;
    }

    private void followLimits() {
        PoolLimits.Reading reading = config.limits();
        if (!reading.faults().isEmpty()) {
            refuse(String.join(" ", reading.faults()));
            return;
        }
        reported = "";
        faults.set(0);
        changes.follow(reading.limits());
    }

    private void refuse(String fault) {
        if (fault.equals(reported)) {
            return;
        }
        reported = fault;
        String message = Message.CHANGE_REFUSED.format(settings.name(), fault);
        if (faults.incrementAndGet() <= MOST_WARNINGS) {
            Log.log(Level.WARNING, message);
        } else {
            furtherFaults.report(message, null);
        }
    }

    private void followCredentials() {
        Credentials configured = config.configuredCredentials();
        if (configured != null && replaceOthers(CredentialsDigest.of(configured))) {
            Log.log(
                    Level.INFO,
                    Message.CREDENTIALS_CHANGED.format(settings.name(), Durations.shown(ROTATION)));
        }
    }

    /** Replaces connections that were opened with other credentials; returns whether there were any. */
    private boolean replaceOthers(CredentialsDigest current) {
        boolean found = false;
        for (PoolEntry session : sessions.all()) {
            if (session.departure().isDueFor(current)) {
                found = true;
                lifetimes.endWithin(session, ROTATION, Eviction.ROTATED);
            }
        }
        return found;
    }
}
