package org.cabstand.console.internal;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers and durations for people. */
final class Words {

    private Words() {}

    /** {@code 85 ms}, {@code 4.1 s}, {@code 3 min 12 s}, {@code 2 h 5 min}. */
    static String time(Duration time) {
        long millis = Math.max(0, time.toMillis());
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
        }
        if (millis < 3_600_000) {
            return time.toMinutes() + " min " + time.toSecondsPart() + " s";
        }
        return time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** {@code 1 connection}, {@code 2 connections}. */
    static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
