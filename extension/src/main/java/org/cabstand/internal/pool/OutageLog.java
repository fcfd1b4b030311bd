package org.cabstand.internal.pool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.jspecify.annotations.Nullable;

/**
 * A log for one kind of trouble that may occur many times at once. The first report is a warning with its cause; after
 * that only their number is logged, periodically, so that one outage gives one report.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the fields. Nothing is logged under it.
 */
public final class OutageLog {

    private static final Duration FIRST_PERIOD = Duration.ofSeconds(5);
    private static final Duration LONGEST_PERIOD = Duration.ofMinutes(1);

    private final String pool;
    private final ScheduledExecutorService housekeeper;

    /** Null while all is well. */
    private @Nullable Duration period;

    /** The number of occurrences in this period, without the first one. */
    private int more;

    /** It has not ended, although nothing more may have happened in this period. */
    private boolean goesOn;

    private @Nullable String last;

    private boolean ended;

    /**
     * A log without trouble.
     *
     * @param housekeeper runs the summaries; not closed here
     */
    OutageLog(String pool, ScheduledExecutorService housekeeper) {
        this.pool = pool;
        this.housekeeper = housekeeper;
    }

    /**
     * Reports an occurrence.
     *
     * @param message the coded message
     * @param cause null when the message is enough
     */
    public void report(String message, @Nullable Throwable cause) {
        Log.log(count(message) ? Level.WARNING : Level.DEBUG, message, cause);
    }

    /**
     * Counts an occurrence.
     *
     * @param message the message for the summary, if this is the last one
     * @return whether it is the first, which the caller must log
     */
    synchronized boolean count(String message) {
        if (begin()) {
            return true;
        }
        add(1, message);
        return false;
    }

    /**
     * Notes that the trouble begins, or that it goes on.
     *
     * @return whether it begins, which the caller must log
     */
    synchronized boolean begin() {
        goesOn = !ended && period != null;
        if (!ended && period == null) {
            period = scheduled(FIRST_PERIOD);
        }
        return !goesOn;
    }

    /**
     * Counts further occurrences of a trouble that has begun.
     *
     * @param message the message for the summary, if these are the last ones
     */
    synchronized void add(int count, String message) {
        if (period != null) {
            more += count;
            last = message;
        }
    }

    /** Begins a period; null when the application is being stopped. */
    private @Nullable Duration scheduled(Duration next) {
        try {
            housekeeper.schedule(this::endPeriod, next.toMillis(), TimeUnit.MILLISECONDS);
            return next;
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private void endPeriod() {
        String summary;
        synchronized (this) {
            summary = summary();
            Duration before = period;
            if (before == null || summary == null && !goesOn) {
                period = null;
            } else {
                goesOn = false;
                Duration next = before.multipliedBy(2);
                period = scheduled(next.compareTo(LONGEST_PERIOD) < 0 ? next : LONGEST_PERIOD);
            }
        }
        log(summary);
    }

    /** The summary of this period; null when nothing more has happened. */
    private @Nullable String summary() {
        if (more == 0 || period == null) {
            return null;
        }
        String summary = Message.MORE_OF_THE_SAME.format(pool, more, Durations.shown(period), last);
        more = 0;
        last = null;
        return summary;
    }

    private static void log(@Nullable String summary) {
        if (summary != null) {
            Log.log(Level.INFO, summary);
        }
    }

    /** Ends the summaries. */
    void end() {
        String summary;
        synchronized (this) {
            ended = true;
            summary = summary();
        }
        log(summary);
    }
}
