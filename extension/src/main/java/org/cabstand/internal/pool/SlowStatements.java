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
 * The statements of a pool that took longer than {@code slow-sql}: a warning for the first of each text, and once a
 * minute how many there were since.
 *
 * <p>Texts are those without literals, so they are as many as the application has statements. Where it makes them up,
 * those beyond {@value #MOST_TEXTS} count together.
 *
 * <p>Thread safety: safe for concurrent use. The monitor guards the table; nothing is logged under it.
 */
final class SlowStatements implements StatementWatch {

    /** How many texts are told apart. */
    static final int MOST_TEXTS = 200;

    static final Duration PERIOD = Duration.ofMinutes(1);

    /** The key of those that are not told apart. */
    private static final String OTHERS = "";

    private final PoolSettings settings;
    private final UnaryOperator<String> mask;
    private final StatementWatches all;
    private final BiConsumer<Duration, Runnable> later;
    private final long limitNanos;

    /** Guarded by the monitor: by text, the one that was slow most recently last. */
    private final Map<String, SlowText> texts = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param limit what takes as long is slow
     * @param mask what may be shown of a text
     * @param all who else watches, and may know the trace
     * @param later does something after a time
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

    /** The trace of the calling thread, as others who watch know it. */
    @Nullable String trace() {
        return all.traceId();
    }

    /** One was slow. */
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

    /** Under the monitor: whether one more text can be told apart. Forgets the oldest, if that is quiet. */
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

    /** The pool is closed: what was counted and not yet said is said now. */
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

    /** What was seen since the start, the slowest first. */
    synchronized List<SlowStatement> totals() {
        return texts.values().stream()
                .map(SlowText::total)
                .sorted(Comparator.comparing(SlowStatement::longest).reversed())
                .toList();
    }
}
