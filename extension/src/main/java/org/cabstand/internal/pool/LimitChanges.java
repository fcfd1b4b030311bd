package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;

/**
 * Changes the limits of a running pool: as the configuration wants them, or an operator. Whoever has spoken last wins:
 * what an operator has set holds until the configuration itself changes.
 *
 * <p>Thread safety: safe for concurrent use; the monitor makes it one change at a time.
 */
final class LimitChanges {

    private final PoolSettings settings;
    private final AtomicReference<PoolLimits> limits;
    private final SessionRegistry sessions;
    private final IdleConnections idle;
    private final Opener opener;

    /** Guarded by the monitor: as they were configured last. */
    private PoolLimits configured;

    /** Written under the monitor, read without it: an operator has set those that hold now. */
    private volatile boolean setByOperator;

    /**
     * Has seen nothing change yet.
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

    /** The configuration has these limits, perhaps for long. */
    synchronized void follow(PoolLimits read) {
        if (!read.equals(configured)) {
            configured = read;
            setByOperator = false;
            apply(read);
        }
    }

    /** An operator wants these limits. */
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
