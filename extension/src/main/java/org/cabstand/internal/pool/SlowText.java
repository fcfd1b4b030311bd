package org.cabstand.internal.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.cabstand.SlowStatement;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.jspecify.annotations.Nullable;

/**
 * Counts the slow executions of one text.
 *
 * <p>Thread safety: guarded by the monitor of {@link SlowStatements}.
 */
final class SlowText {

    /**
     * A report for the log.
     *
     * @param text the text of the longest execution
     * @param run the longest execution
     * @param count the number since the last report
     * @param nanos their total time
     */
    record Report(String text, SlowRun run, long count, long nanos) {

        String message(PoolSettings settings) {
            return Message.SLOW_STATEMENT.format(
                    settings.name(),
                    seconds(run.nanos()),
                    run.details(),
                    count == 1
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    " (the longest of %d within a minute, %s in all)",
                                    count,
                                    seconds(nanos)),
                    settings.keyOf(Key.SLOW_SQL),
                    text);
        }
    }

    private String text = "";
    private String place = "";
    private long count;
    private long nanos;
    private long longest;
    private Instant last = Instant.EPOCH;

    /** Whether an execution was reported less than a minute ago. */
    private boolean reported;

    private long more;
    private long moreNanos;

    /** The longest one not reported yet; null if there is none. */
    private @Nullable SlowRun longestOfMore;

    private String textOfLongest = "";

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }

    /**
     * Adds an execution.
     *
     * @return the report; null when it is only counted for now
     */
    @Nullable Report add(String ofText, SlowRun run) {
        text = ofText;
        place = run.place();
        count++;
        nanos += run.nanos();
        longest = Math.max(longest, run.nanos());
        last = Instant.now();
        if (!reported) {
            reported = true;
            return new Report(ofText, run, 1, run.nanos());
        }
        more++;
        moreNanos += run.nanos();
        if (longestOfMore == null || run.nanos() > longestOfMore.nanos()) {
            longestOfMore = run;
            textOfLongest = ofText;
        }
        return null;
    }

    /**
     * Called when a minute is over.
     *
     * @return the report; null when there were no more
     */
    @Nullable Report endPeriod() {
        SlowRun run = longestOfMore;
        if (run == null) {
            reported = false;
            return null;
        }
        Report report = new Report(textOfLongest, run, more, moreNanos);
        more = 0;
        moreNanos = 0;
        longestOfMore = null;
        return report;
    }

    /** Whether it can be forgotten without loss. */
    boolean isQuiet() {
        return !reported;
    }

    SlowStatement total() {
        return new SlowStatement(
                text, place, count, Duration.ofNanos(nanos), Duration.ofNanos(longest), last);
    }
}
