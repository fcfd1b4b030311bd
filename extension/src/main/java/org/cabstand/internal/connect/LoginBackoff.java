package org.cabstand.internal.connect;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.cabstand.Credentials;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Durations;
import org.jspecify.annotations.Nullable;

/**
 * Gives out the credentials for a pool's next connections, and pauses after the database has refused them: databases
 * lock accounts, and borrowers need not wait for an answer that is known.
 *
 * <p>The pause grows from a second to half a minute. After it one attempt is made, and until that succeeds all others
 * fail at once. A change in Config ends the pause. A provider is not asked during the pause: its answers may differ
 * each time and prove nothing.
 *
 * <p>Thread safety: safe for concurrent use; the monitor guards the refusal.
 */
final class LoginBackoff {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Credentials with their digest. */
    record Login(Credentials credentials, CredentialsDigest digest) {}

    private final String pool;
    private final CredentialsSource config;
    private final LongSupplier nanoTime;

    /** The database's refusal; null when it accepts us. */
    private @Nullable SQLException refusal;

    /** The credentials that it refused. */
    private @Nullable CredentialsDigest refused;

    private long pauseNanos;
    private long pausedUntil;
    private boolean trying;

    /**
     * A backoff without a refusal.
     *
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    LoginBackoff(String pool, CredentialsSource config, LongSupplier nanoTime) {
        this.pool = pool;
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the credentials for an attempt. The caller must call {@link #ended} afterwards, and before that
     * {@link #accepted} or {@link #refused} if the database has answered.
     *
     * @throws SQLException during the pause, without waiting, and when a provider fails
     */
    Login next() throws SQLException {
        if (isPausing()) {
            Credentials configured = config.configuredCredentials();
            tryAgain(configured == null ? null : CredentialsDigest.of(configured));
        }
        boolean read = false;
        try {
            Credentials credentials = config.credentials();
            Login login = new Login(credentials, CredentialsDigest.of(credentials));
            read = true;
            return login;
        } finally {
            if (!read) {
                ended();
            }
        }
    }

    private synchronized boolean isPausing() {
        return refusal != null;
    }

    private synchronized void tryAgain(@Nullable CredentialsDigest configured) throws SQLException {
        if (refusal == null) {
            return;
        }
        long remaining = pausedUntil - nanoTime.getAsLong();
        boolean changed = configured != null && !configured.equals(refused);
        if (trying || remaining > 0 && !changed) {
            Duration wait = Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(remaining));
            throw new SQLInvalidAuthorizationSpecException(
                    Message.LOGIN_PAUSED.format(
                            pool,
                            Durations.shown(wait.isNegative() ? Duration.ZERO : wait),
                            refusal.getMessage()),
                    refusal.getSQLState(),
                    refusal.getErrorCode());
        }
        trying = true;
    }

    synchronized void accepted() {
        refusal = null;
        refused = null;
        pauseNanos = 0;
    }

    /** Called when an attempt is over, however it ended. */
    synchronized void ended() {
        trying = false;
    }

    /**
     * Called when the database has refused the credentials. Simultaneous attempts count once.
     *
     * @param error without secrets
     */
    synchronized void refused(Login login, SQLException error) {
        if (refusal == null || trying) {
            pauseNanos =
                    Math.min(
                            LONGEST_PAUSE_NANOS,
                            pauseNanos == 0 ? FIRST_PAUSE_NANOS : 2 * pauseNanos);
            pausedUntil = nanoTime.getAsLong() + pauseNanos;
        }
        refusal = error;
        refused = login.digest();
    }
}
