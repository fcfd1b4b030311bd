package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;

/**
 * Changes the limits of a running pool, for the configuration and for operators. The latest change wins: limits set by
 * an operator hold until the configuration itself changes.
 *
 * <p>Thread safety: safe for concurrent use; changes are made one at a time, under the monitor.
 */
final class LimitChanges {

    private final PoolSettings settings;
    private final AtomicReference<PoolLimits> limits;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final Opener opener;

    /** The limits last configured. Guarded by the monitor. */
    private PoolLimits configured;

    /** Whether an operator has set the current limits. Written under the monitor, read without it. */
    private volatile boolean setByOperator;

    /**
     * An object that has changed nothing yet.
     *
     * @param limits changed here
     */
    LimitChanges(
            PoolSettings settings,
            AtomicReference<PoolLimits> limits,
            SessionRegistry sessions,
            IdleConnections idle,
            Opener opener) {
        this.settings = settings;
        this.limits = limits;
        this.sessions = sessions;
        this.idle = idle;
        this.opener = opener;
        this.configured = settings.limits();
    }

    /** Called with the configured limits, whether or not they have changed. */
    synchronized void follow(PoolLimits read) {
        if (!read.equals(configured)) {
            configured = read;
            setByOperator = false;
            apply(read);
        }
    }

    /** Sets the limits that an operator wants. */
    synchronized void set(PoolLimits wanted) {
        setByOperator = !wanted.equals(configured);
        apply(wanted);
    }

    boolean isSetByOperator() {
        return setByOperator;
    }

    private void apply(PoolLimits wanted) {
        if (wanted.equals(limits.getAndSet(wanted))) {
            return;
        }
        sessions.resize();
        opener.openMissing();
        idle.check();
        Log.log(
                Level.INFO,
                Message.LIMITS_CHANGED.format(
                        settings.name(),
                        wanted.minSize(),
                        wanted.maxSize(),
                        Durations.shown(wanted.acquisitionTimeout())));
    }
}
