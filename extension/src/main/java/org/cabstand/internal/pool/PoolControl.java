package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cabstand.PoolCounts;
import org.cabstand.PoolOperations;
import org.cabstand.PoolState;
import org.cabstand.PoolTotals;
import org.cabstand.Readiness;
import org.cabstand.Setting;
import org.cabstand.SlowStatement;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolLimits;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.monitor.Eviction;
import org.jspecify.annotations.Nullable;

/**
 * Implements the operations of a pool.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class PoolControl implements PoolOperations {

    private static final int MOST_HOLDERS = 50;

    private final ConnectionPool pool;
    private final PoolSettings settings;
    private final PoolParts parts;

    PoolControl(ConnectionPool pool, PoolParts parts) {
        this.pool = pool;
        this.settings = pool.settings();
        this.parts = parts;
    }

    @Override
    public String name() {
        return settings.name();
    }

    // state

    @Override
    public PoolState state() {
        return state(MOST_HOLDERS);
    }

    /**
     * Returns the current state.
     *
     * @param mostHolders how many holders to show, whose stacks are taken; zero disturbs no thread
     * @return the counts, and the holders
     */
    public PoolState state(int mostHolders) {
        Instant at = Instant.now();
        List<PoolEntry> sessions = parts.sessions.all();
        List<PoolEntry> inUse = new ArrayList<>();
        int resting = 0;
        for (PoolEntry session : sessions) {
            if (session.isInUse()) {
                inUse.add(session);
            } else if (!session.isClosing()) {
                resting++;
            }
        }
        PoolLimits limits = parts.limits();
        return new PoolState(
                settings.name(),
                at,
                inUse.size(),
                resting,
                parts.waiting.size(),
                Duration.ofNanos(parts.waiting.longestWaitNanos()),
                parts.sessions.opening(),
                (int) inUse.stream().filter(PoolEntry::isDone).count(),
                limits.minSize(),
                limits.maxSize(),
                limits.acquisitionTimeout(),
                parts.gate.isSuspended(),
                trouble(sessions),
                parts.factory.product(),
                settings.shownUrl(),
                Holders.shown(inUse, at, mostHolders, parts.database::masked),
                totals());
    }

    @Override
    public PoolCounts counts() {
        return pool.counts();
    }

    private PoolTotals totals() {
        return new PoolTotals(
                parts.sessions.borrows(),
                parts.sessions.openings().count(),
                parts.monitors.tally().timeouts(),
                parts.monitors.tally().unfinishedCount(),
                parts.reports.leakCount(),
                parts.monitors.tally().evictions());
    }

    private @Nullable String trouble(List<PoolEntry> sessions) {
        if (!settings.active()) {
            return "not active";
        }
        if (parts.gate.isClosed()) {
            return "closed";
        }
        if (parts.gate.isSuspended()) {
            return HealthProbe.SUSPENDED;
        }
        SQLException failure = parts.opener.failure();
        if (failure != null) {
            return String.valueOf(failure.getMessage());
        }
        return !sessions.isEmpty() && parts.probe.isUnproven(sessions)
                ? "no connection has answered since one was lost"
                : null;
    }

    @Override
    public Readiness readiness() {
        if (!settings.active()) {
            return new Readiness(false, "not active");
        }
        HealthProbe.Answer answer = parts.probe.ask();
        return new Readiness(answer.up(), answer.reason());
    }

    /**
     * Whether {@code min-size} connections have been open.
     *
     * @return true for ever once they have
     */
    public boolean hasStarted() {
        return parts.sessions.openings().mostOpen() >= parts.limits().minSize();
    }

    @Override
    public List<Setting> settings() {
        PoolLimits now = parts.limits();
        return settings.described().stream().map(setting -> inForce(setting, now)).toList();
    }

    /** Returns the setting with the current limit, which may have changed since the deployment. */
    private Setting inForce(Setting deployed, PoolLimits now) {
        PoolLimits before = settings.limits();
        if (deployed.key().equals(Key.MIN_SIZE.key()) && now.minSize() != before.minSize()) {
            return changed(deployed, String.valueOf(now.minSize()));
        }
        if (deployed.key().equals(Key.MAX_SIZE.key()) && now.maxSize() != before.maxSize()) {
            return changed(deployed, String.valueOf(now.maxSize()));
        }
        if (deployed.key().equals(Key.ACQUISITION_TIMEOUT.key())
                && !now.acquisitionTimeout().equals(before.acquisitionTimeout())) {
            return changed(deployed, Durations.shown(now.acquisitionTimeout()));
        }
        return deployed;
    }

    private Setting changed(Setting deployed, String value) {
        return new Setting(
                deployed.key(),
                value,
                parts.changes.isSetByOperator()
                        ? "PoolOperations"
                        : "configuration, changed since deployment",
                true);
    }

    @Override
    public List<SlowStatement> slowStatements() {
        SlowStatements slow = parts.slowStatements;
        return slow == null ? List.of() : slow.totals();
    }

    // operations

    @Override
    public int evictIdle() {
        checkMayEvict();
        int count = parts.sessions.retireIdle(Eviction.OPERATOR);
        evicted(count, 0);
        return count;
    }

    @Override
    public int evictAll() {
        checkMayEvict();
        int inUse = parts.sessions.inUse();
        int count = parts.sessions.retireAll(Eviction.OPERATOR);
        evicted(Math.max(0, count - inUse), Math.min(inUse, count));
        return count;
    }

    private void checkMayEvict() {
        checkUsable();
        if (parts.database.isInMemory(settings.url())) {
            throw new IllegalStateException(
                    Message.EVICTION_REFUSED.format(settings.name(), settings.shownUrl()));
        }
    }

    private void evicted(int idle, int inUse) {
        parts.idle.check();
        Log.log(Level.INFO, Message.EVICTED.format(settings.name(), idle, inUse));
    }

    @Override
    public void suspend() {
        checkUsable();
        if (parts.gate.suspend()) {
            parts.idle.moveAllToAgroal();
            Log.log(
                    Level.WARNING,
                    Message.POOL_SUSPENDED.format(
                            settings.name(), Durations.shown(parts.limits().acquisitionTimeout())));
        }
    }

    @Override
    public void resume() {
        checkUsable();
        if (parts.gate.resume()) {
            for (int i = pool.counts().idle(); i > 0; i--) {
                parts.waiting.signal(); // as if a connection had become idle now
            }
            parts.opener.openMissing();
            Log.log(Level.INFO, Message.POOL_RESUMED.format(settings.name()));
        }
    }

    @Override
    public void changeLimits(int minSize, int maxSize, Duration acquisitionTimeout) {
        PoolLimits wanted =
                new PoolLimits(minSize, maxSize, Objects.requireNonNull(acquisitionTimeout));
        List<String> faults = wanted.faults(settings);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
        checkUsable();
        parts.changes.set(wanted);
    }

    private void checkUsable() {
        try {
            pool.checkUsable();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
