package org.cabstand.internal.jmx;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cabstand.PoolState;
import org.cabstand.PoolTotals;
import org.cabstand.Readiness;
import org.cabstand.Setting;
import org.cabstand.internal.pool.PoolControl;
import org.jspecify.annotations.Nullable;

/**
 * The MXBean of one pool.
 *
 * <p>Thread safety: safe for concurrent use; changes of limits are made one at a time, under the monitor.
 */
final class PoolView implements PoolMXBean {

    private final PoolControl pool;

    PoolView(PoolControl pool) {
        this.pool = pool;
    }

    /** The state without holders, so that reading one attribute after the other disturbs no thread. */
    private PoolState state() {
        return pool.state(0);
    }

    private PoolTotals totals() {
        return state().totals();
    }

    @Override
    public String getName() {
        return pool.name();
    }

    @Override
    public int getActive() {
        return pool.counts().active();
    }

    @Override
    public int getIdle() {
        return pool.counts().idle();
    }

    @Override
    public int getWaiting() {
        return pool.counts().waiting();
    }

    @Override
    public long getLongestWaitMillis() {
        return state().longestWait().toMillis();
    }

    @Override
    public int getOpening() {
        return pool.counts().opening();
    }

    @Override
    public int getLeaving() {
        return state().leaving();
    }

    @Override
    public int getMinSize() {
        return state().minSize();
    }

    @Override
    public synchronized void setMinSize(int size) {
        PoolState now = state();
        pool.changeLimits(size, now.maxSize(), now.acquisitionTimeout());
    }

    @Override
    public int getMaxSize() {
        return pool.counts().max();
    }

    @Override
    public synchronized void setMaxSize(int size) {
        PoolState now = state();
        pool.changeLimits(now.minSize(), size, now.acquisitionTimeout());
    }

    @Override
    public long getAcquisitionTimeoutMillis() {
        return state().acquisitionTimeout().toMillis();
    }

    @Override
    public synchronized void setAcquisitionTimeoutMillis(long millis) {
        PoolState now = state();
        pool.changeLimits(now.minSize(), now.maxSize(), Duration.ofMillis(millis));
    }

    @Override
    public boolean isSuspended() {
        return state().suspended();
    }

    @Override
    public @Nullable String getTrouble() {
        return state().trouble();
    }

    @Override
    public @Nullable String getDatabase() {
        return state().database();
    }

    @Override
    public @Nullable String getUrl() {
        return state().url();
    }

    @Override
    public long getBorrows() {
        return totals().borrows();
    }

    @Override
    public long getOpened() {
        return totals().opened();
    }

    @Override
    public long getTimeouts() {
        return totals().timeouts();
    }

    @Override
    public long getUnfinished() {
        return totals().unfinished();
    }

    @Override
    public long getLeaks() {
        return totals().leaks();
    }

    @Override
    public Map<String, Long> getEvictions() {
        return totals().evictions();
    }

    @Override
    public List<HolderData> getHolders() {
        PoolState state = pool.state();
        return state.holders().stream()
                .map(
                        holder ->
                                new HolderData(
                                        holder,
                                        Duration.between(holder.since(), state.at()).toMillis()))
                .toList();
    }

    @Override
    public Map<String, String> getSettings() {
        Map<String, String> settings = new TreeMap<>();
        for (Setting setting : pool.settings()) {
            settings.put(setting.key(), setting.value() + " (" + setting.source() + ")");
        }
        return settings;
    }

    @Override
    public List<SlowStatementData> getSlowStatements() {
        return pool.slowStatements().stream().map(SlowStatementData::new).toList();
    }

    @Override
    public String readiness() {
        Readiness readiness = pool.readiness();
        return readiness.ready() ? "UP" : "DOWN: " + readiness.reason();
    }

    @Override
    public int evictIdle() {
        return pool.evictIdle();
    }

    @Override
    public int evictAll() {
        return pool.evictAll();
    }

    @Override
    public void suspend() {
        pool.suspend();
    }

    @Override
    public void resume() {
        pool.resume();
    }

    @Override
    public synchronized void changeLimits(int minSize, int maxSize, long acquisitionTimeoutMillis) {
        pool.changeLimits(minSize, maxSize, Duration.ofMillis(acquisitionTimeoutMillis));
    }
}
