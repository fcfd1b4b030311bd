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
 * How long a driver may wait for an answer on a session's socket, where it can limit that: at the login, at a
 * validation, at a return, at the close.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class ReadLimits {

    private final PoolSettings settings;
    private final Database database;

    /** For each answer at a return; null where there is no way to limit it, or the user has set one. */
    private final @Nullable Duration returnLimit;

    /** False for a driver of JDBC 4.0; written when the pool's first connection is there. */
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

    /** Asks the first connection; false when the limit for its login will hold for ever. */
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

    /** Whether we limit the reads of the login, and not the user. */
    private boolean isLoginLimitOurs() {
        String property = database.driver().readLimit();
        return property != null
                && hasNetworkTimeout
                && !LoginProperties.isUsers(settings, property);
    }

    /** The login is over: the limit that is configured holds, or none. */
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
     * A validation begins.
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
     * A return begins: the caller has what it wanted, and is not to wait longer than for a new connection.
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

    /** A close begins: drivers say goodbye, some even roll back first, and wait for the answer. */
    void beginClose(Connection connection) throws SQLException {
        if (areKept() && !connection.isClosed()) {
            limit(connection, settings.validation().wholeSeconds());
        }
    }

    private static void limit(Connection connection, Duration limit) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
    }
}
