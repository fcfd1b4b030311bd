package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.cabstand.SlowStatement;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.monitor.StatementRun;
import org.cabstand.internal.monitor.StatementWatch;
import org.cabstand.internal.monitor.StatementWatches;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a pool that took longer than {@code slow-sql}: a warning for the first one of each text, and then a
 * count once a minute.
 *
 * <p>Texts have no literals, so an application usually has few of them. Those beyond {@value #MOST_TEXTS} are counted
 * together.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards the table; nothing is logged under it.
 */
final class SlowStatements implements StatementWatch {

    /** The most texts that are counted separately. */
    static final int MOST_TEXTS = 200;

    static final Duration PERIOD = Duration.ofMinutes(1);

    /** The key of those that are counted together. */
    private static final String OTHERS = "";

    private final PoolSettings settings;
    private final UnaryOperator<String> mask;
    private final StatementWatches all;
    private final BiConsumer<Duration, Runnable> later;
    private final long limitNanos;

    /** Slow texts, the most recent one last. Guarded by the monitor. */
    private final Map<String, SlowText> texts = new LinkedHashMap<>();

    /**
     * An empty table.
     *
     * @param limit from which duration on a statement is slow
     * @param mask masks texts
     * @param all the other watches, which may know the trace
     * @param later runs a task after a time
     */
    SlowStatements(
            PoolSettings settings,
            Duration limit,
            UnaryOperator<String> mask,
            StatementWatches all,
            BiConsumer<Duration, Runnable> later) {
        this.settings = settings;
        this.limitNanos = limit.toNanos();
        this.mask = mask;
        this.all = all;
        this.later = later;
    }

    @Override
    public StatementRun begin(String sql, long waitedNanos) {
        return new SlowRun(this, sql, waitedNanos, limitNanos);
    }

    /** The trace of the calling thread, from the other watches. */
    @Nullable String trace() {
        return all.traceId();
    }

    /** Called when an execution was slow. */
    void add(SlowRun run) {
        String text = mask.apply(run.sql());
        SlowText.Report report;
        SlowText entry;
        synchronized (this) {
            String key = texts.containsKey(text) || makeRoom() ? text : OTHERS;
            entry = texts.remove(key);
            if (entry == null) {
                entry = new SlowText();
            }
            texts.put(key, entry);
            report = entry.add(text, run);
        }
        if (report != null) {
            log(report);
            await(entry);
        }
    }

    /**
     * Whether one more text can be counted separately. Forgets the oldest one if it is quiet. Called under the monitor.
     */
    private boolean makeRoom() {
        if (texts.size() < MOST_TEXTS) {
            return true;
        }
        for (Map.Entry<String, SlowText> each : texts.entrySet()) {
            if (each.getValue().isQuiet() && !each.getKey().equals(OTHERS)) {
                texts.remove(each.getKey());
                return true;
            }
        }
        return false;
    }

    private void await(SlowText entry) {
        later.accept(PERIOD, () -> endPeriod(entry));
    }

    private void endPeriod(SlowText entry) {
        SlowText.Report report;
        synchronized (this) {
            report = entry.endPeriod();
        }
        if (report != null) {
            log(report);
            await(entry);
        }
    }

    private void log(SlowText.Report report) {
        Log.log(Level.WARNING, report.message(settings));
    }

    /** Logs the counts that have not been logged yet, when the pool is closed. */
    void end() {
        List<SlowText.Report> reports = new ArrayList<>();
        synchronized (this) {
            for (SlowText entry : texts.values()) {
                SlowText.Report report = entry.endPeriod();
                if (report != null) {
                    reports.add(report);
                }
            }
        }
        reports.forEach(this::log);
    }

    /** The slow statements since the start, the slowest first. */
    synchronized List<SlowStatement> totals() {
        return texts.values().stream()
                .map(SlowText::total)
                .sorted(Comparator.comparing(SlowStatement::longest).reversed())
                .toList();
    }
}
