package org.cabstand.internal.pool;

import java.time.Duration;
import org.cabstand.internal.Log;
import org.cabstand.internal.config.PoolSettings;

/**
 * The limits of calls into foreign code, on every driver and whatever that code does. They are defined only here, and
 * listed in {@code docs/resilience.md}.
 *
 * <p>If the driver limits reads from its socket, it fails by itself a moment earlier, with an error that says more.
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

    /** Customizers, which run between the pool and the borrower. */
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

    /** One message of a thread of the pool; the writer goes on, and the pool, too. */
    LOG("handlers of the log, on threads of the pool", "1 s") {
        @Override
        Duration of(PoolSettings settings) {
            return Log.PATIENCE;
        }
    },

    /** One regular close; after it the session is cut. */
    CLOSE("`close`", "4 s") {
        @Override
        Duration of(PoolSettings settings) {
            return Duration.ofSeconds(4);
        }
    },

    /**
     * How long a session keeps its place that was cut, or whose opening was given up, because the database may still
     * have it.
     */
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

    /** The limit that a pool's settings give. */
    abstract Duration of(PoolSettings settings);

    /** The number of hosts, because a driver may try one after the other. */
    private static long hosts(String url) {
        int begin = url.indexOf("//");
        int end = url.indexOf('/', begin + 2);
        String authority = begin < 0 ? "" : url.substring(begin, end < 0 ? url.length() : end);
        return 1 + authority.chars().filter(c -> c == ',').count();
    }

    /** The row of the table in {@code docs/resilience.md}. */
    String row() {
        return "| " + calls + " | " + limit + " |";
    }
}
