package org.cabstand.internal.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as users write them: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code PT5S}. */
public final class Durations {

    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private Durations() {}

    /**
     * Shows a duration to people.
     *
     * @param duration any one
     * @return e.g. {@code 1.5s}
     */
    public static String shown(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a duration.
     *
     * @param text as users write it
     * @return null if the text is not a duration, or a negative one
     */
    public static @Nullable Duration parse(String text) {
        Matcher simple = SIMPLE.matcher(text);
        if (simple.matches()) {
            long amount = Long.parseLong(simple.group(1));
            return switch (simple.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        if (!text.toUpperCase(Locale.ROOT).startsWith("P")) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            return duration.isNegative() ? null : duration;
        } catch (DateTimeParseException e) {
            return null; // the caller reports it with the key
        }
    }
}
