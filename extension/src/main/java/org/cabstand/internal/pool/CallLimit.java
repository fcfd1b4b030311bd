package org.cabstand.internal.pool;

import java.time.Duration;
import org.cabstand.internal.config.PoolSettings;

/**
 * How long the pool waits for code that is not ours, on every driver, whatever that code does: the only
 * place where it stands, and {@code docs/resilience.md} lists it.
 *
 * <p>Where the driver limits reads from its socket it fails by itself a moment earlier, with an error that
 * says more.
 */
enum CallLimit {
    /** One attempt to open a session. */
    OPEN(
            "`CredentialsProvider`, connect, set-up, `initial-sql`",
            "`login-timeout` per host of the URL, plus 1 s") {
        @Override
        Duration of(PoolSettings settings) {
            return settings.timeouts().login().multipliedBy(hosts(settings.url())).plus(GRACE);
        }
    },

    /** One validation. */
    VALIDATE("`isValid`, `validation-query`", "`validation-timeout` in whole seconds, plus 0.3 s") {
        @Override
        Duration of(PoolSettings settings) {
            return settings.validation().wholeSeconds().plusMillis(300);
        }
    },

    /** What comes between the pool and the borrower. */
    PREPARE(
            "`beginRequest`, `ConnectionCustomizer`",
            "`acquisition-timeout`, or `login-timeout` if that is `0s`") {
        @Override
        Duration of(PoolSettings settings) {
            Duration timeout = settings.limits().acquisitionTimeout();
            return timeout.isZero() ? settings.timeouts().login() : timeout;
        }
    },

    /** One return. */
    RETURN(
            "open statements, rollback, reset, `endRequest`",
            "`network-timeout`, else `login-timeout`, plus 1 s") {
        @Override
        Duration of(PoolSettings settings) {
            Duration reads = settings.timeouts().network();
            return (reads == null ? settings.timeouts().login() : reads).plus(GRACE);
        }
    },

    /** One look whether the configuration has changed. */
    CONFIG("MicroProfile Config sources, while the application runs", "30 s") {
        @Override
        Duration of(PoolSettings settings) {
            return Duration.ofSeconds(30);
        }
    },

    /** The end of a session: then it is cut off. */
    CLOSE("`close`", "4 s") {
        @Override
        Duration of(PoolSettings settings) {
            return Duration.ofSeconds(4);
        }
    },

    /** A session that was cut off, or whose opening was given up, and that may still be at the database. */
    LINGER("`abort`, and how long a session that may still exist keeps its place", "1 s") {
        @Override
        Duration of(PoolSettings settings) {
            return Duration.ofSeconds(1);
        }
    };

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String calls;
    private final String limit;

    CallLimit(String calls, String limit) {
        this.calls = calls;
        this.limit = limit;
    }

    /** The limit for a pool. */
    abstract Duration of(PoolSettings settings);

    /** A driver may try one host after the other. */
    private static long hosts(String url) {
        int begin = url.indexOf("//");
        int end = url.indexOf('/', begin + 2);
        String authority = begin < 0 ? "" : url.substring(begin, end < 0 ? url.length() : end);
        return 1 + authority.chars().filter(c -> c == ',').count();
    }

    /** A row of the table in {@code docs/resilience.md}. */
    String row() {
        return "| " + calls + " | " + limit + " |";
    }
}
