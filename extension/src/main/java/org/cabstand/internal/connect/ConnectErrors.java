package org.cabstand.internal.connect;

import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.cabstand.Credentials;
import org.cabstand.internal.Log;
import org.cabstand.internal.Message;
import org.cabstand.internal.config.Key;
import org.cabstand.internal.config.PoolSettings;
import org.cabstand.internal.config.Secrets;
import org.cabstand.internal.database.Database;
import org.jspecify.annotations.Nullable;

/**
 * The errors that borrowers get when no session can be opened. They contain no secrets, and their type tells whether to
 * try again.
 *
 * <p>Thread safety: immutable.
 */
public final class ConnectErrors {

    private static final Credentials NONE = new Credentials(null, null);

    private final PoolSettings settings;
    private final Database database;

    ConnectErrors(PoolSettings settings, Database database) {
        this.settings = settings;
        this.database = database;
    }

    /** An error that names the key to blame, which its causes do not. */
    private static final class KeyedException extends SQLException {

        private static final long serialVersionUID = 1L;

        KeyedException(String message, SQLException cause) {
            super(message, cause.getSQLState(), cause.getErrorCode(), cause);
        }
    }

    /** The error of configured SQL, with its key, unless the connection has failed. */
    SQLException keyed(SQLException error, Message message, Key key) {
        return database.errors().isFatal(error)
                ? error
                : new KeyedException(
                        message.format(settings.keyOf(key), error.getMessage()), error);
    }

    /** The error of an attempt without known credentials. */
    SQLException of(Throwable cause) {
        return of(cause, NONE);
    }

    SQLException of(Throwable cause, Credentials login) {
        SQLException sql =
                cause instanceof SQLException error
                        ? error
                        : new SQLException(cause.toString(), "08001", cause);
        String reason = Secrets.text(reason(sql), settings, login);
        String message = Message.CANNOT_OPEN.format(settings.name(), settings.shownUrl(), reason);
        SQLException error = ofKind(sql, message);
        if (Secrets.areIn(sql, settings, login)) {
            Log.debug("the cause of the error is not shown: it holds a secret");
            return error;
        }
        error.initCause(sql);
        return error;
    }

    /** The innermost message, because drivers wrap the reason that people need to know. */
    private static @Nullable String reason(SQLException error) {
        Throwable root = error;
        while (!(root instanceof KeyedException)
                && root.getCause() instanceof SQLException cause
                && cause != root) {
            root = cause;
        }
        return root.getMessage();
    }

    /** Callers look at the type to know whether trying again may help. */
    private static SQLException ofKind(SQLException cause, @Nullable String message) {
        String state = cause.getSQLState() == null ? "08001" : cause.getSQLState();
        if (state.startsWith("28")) {
            return new SQLInvalidAuthorizationSpecException(message, state, cause.getErrorCode());
        }
        return cause instanceof SQLNonTransientConnectionException
                ? new SQLNonTransientConnectionException(message, state, cause.getErrorCode())
                : new SQLTransientConnectionException(message, state, cause.getErrorCode());
    }

    /**
     * Copies an error with the stack of the calling thread: the borrower's stack is the one that helps.
     *
     * @param error one of these
     * @return to be thrown by the calling thread
     */
    public static SQLException again(SQLException error) {
        SQLException again = ofKind(error, error.getMessage());
        again.initCause(error.getCause());
        return again;
    }
}
