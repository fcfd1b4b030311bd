package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long a driver waits for an answer of the database, if the driver can do that: during login, validation,
 * return and close.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class ReadLimits {

    private final PoolSettings settings;
    private final Database database;

    /** For each answer during a return; null if reads cannot be limited, or the user has set a limit. */
    private final @Nullable Duration returnLimit;

    /** False for a driver of JDBC 4.0. Written when the pool has its first connection. */
    private volatile boolean hasNetworkTimeout = true;

    ReadLimits(PoolSettings settings, Database database) {
        this.settings = settings;
        this.database = database;
        Duration limit = settings.timeouts().network();
        this.returnLimit =
                settings.active() && isLoginLimitOurs()
                        ? limit == null ? settings.timeouts().login() : limit
                        : null;
    }

    /** Whether the driver ends a read that takes too long. */
    boolean areKept() {
        return database.driver().readLimit() != null && hasNetworkTimeout;
    }

    /** Whether the limit for the login can be changed on an open connection. */
    boolean canBeLifted() {
        return hasNetworkTimeout;
    }

    /** Asks the first connection; false when the limit for its login cannot be lifted. */
    boolean canBeLifted(Connection first) throws SQLException {
        if (isLoginLimitOurs()) {
            try {
                first.getNetworkTimeout();
            } catch (AbstractMethodError e) {
                hasNetworkTimeout = false;
            }
        }
        return hasNetworkTimeout;
    }

    /** Whether the limit for reads during login is ours and not the user's. */
    private boolean isLoginLimitOurs() {
        String property = database.driver().readLimit();
        return property != null
                && hasNetworkTimeout
                && !LoginProperties.isUsers(settings, property);
    }

    /** Ends the login: from now on the configured limit applies, or none. */
    void endLogin(Connection connection) throws SQLException {
        if (settings.timeouts().network() != null) {
            try {
                limit(connection, settings.timeouts().network());
            } catch (AbstractMethodError | SQLFeatureNotSupportedException e) {
                throw new SQLFeatureNotSupportedException(
                        Message.NO_NETWORK_TIMEOUT.format(settings.keyOf(Key.NETWORK_TIMEOUT), e),
                        "0A000",
                        e);
            }
        } else if (isLoginLimitOurs()) {
            limit(connection, Duration.ZERO);
        }
    }

    /**
     * Limits the reads of a validation.
     *
     * @return whether there is a limit now, to be lifted afterwards
     */
    boolean beginValidation(Connection connection) throws SQLException {
        boolean limited = areKept();
        if (limited) {
            limit(connection, settings.validation().wholeSeconds());
        }
        return limited;
    }

    /**
     * Limits the reads of a return: the caller has got what it wanted, and must not wait longer than for a new
     * connection.
     *
     * @return whether there is a limit now, to be lifted afterwards
     */
    boolean beginReturn(Connection connection) throws SQLException {
        if (returnLimit == null || !hasNetworkTimeout || connection.isClosed()) {
            return false;
        }
        limit(connection, returnLimit);
        return true;
    }

    /** Limits the reads of a close: some drivers roll back, send a goodbye, and wait for the answers. */
    void beginClose(Connection connection) throws SQLException {
        if (areKept() && !connection.isClosed()) {
            limit(connection, settings.validation().wholeSeconds());
        }
    }

    private static void limit(Connection connection, Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    }
}
