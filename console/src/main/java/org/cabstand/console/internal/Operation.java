package org.cabstand.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.cabstand.PoolOperations;
import org.cabstand.internal.config.Durations;

/** The operations on a pool. In URLs their names are in lower case, with dashes. */
enum Operation {
    EVICT_IDLE("%d idle connections are being closed") {
        @Override
        int run(PoolOperations pool, HttpServletRequest request) {
            return pool.evictIdle();
        }
    },
    EVICT_ALL("%d connections are replaced, those in use when they come back") {
        @Override
        int run(PoolOperations pool, HttpServletRequest request) {
            return pool.evictAll();
        }
    },
    SUSPEND("suspended: nobody gets a connection until it is resumed") {
        @Override
        int run(PoolOperations pool, HttpServletRequest request) {
            pool.suspend();
            return 0;
        }
    },
    RESUME("resumed") {
        @Override
        int run(PoolOperations pool, HttpServletRequest request) {
            pool.resume();
            return 0;
        }
    },
    LIMITS("the limits are changed, until the next deployment") {
        @Override
        int run(PoolOperations pool, HttpServletRequest request) {
            pool.changeLimits(
                    number(request, "min-size"),
                    number(request, "max-size"),
                    duration(request, "acquisition-timeout"));
            return 0;
        }
    };

    private final String outcome;

    Operation(String outcome) {
        this.outcome = outcome;
    }

    static Optional<Operation> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findAny();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Carries out the operation.
     *
     * @param request contains the values of the form
     * @return the number of affected connections; zero if that has no meaning
     * @throws IllegalArgumentException with the reason, when a value is invalid
     * @throws IllegalStateException with the reason, when the pool cannot do it
     */
    abstract int run(PoolOperations pool, HttpServletRequest request);

    /** A sentence about what was done. */
    String outcome(int count) {
        return count == 1
                ? outcome.formatted(count).replace("connections are", "connection is")
                : outcome.formatted(count);
    }

    private static int number(HttpServletRequest request, String field) {
        String value = String.valueOf(request.getParameter(field)).strip();
        if (!value.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    field + " is '" + value + "', which is not a whole number.");
        }
        return Integer.parseInt(value);
    }

    /** Reads a duration as in the configuration. */
    private static Duration duration(HttpServletRequest request, String field) {
        String value = String.valueOf(request.getParameter(field)).strip();
        Duration duration = Durations.parse(value);
        if (duration == null) {
            throw new IllegalArgumentException(
                    field
                            + " is '"
                            + value
                            + "', which is not a duration. Write a number with its unit (500ms, 5s, 2m).");
        }
        return duration;
    }

    /** Writes a duration as {@link #duration} reads it. */
    static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + "s"
                : duration.toMillis() + "ms";
    }
}
