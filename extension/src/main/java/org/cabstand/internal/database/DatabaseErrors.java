package org.cabstand.internal.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.function.Predicate;

/**
 * Classifies a database's errors by what they mean for the connection and the pool.
 *
 * <p>Thread safety: immutable.
 */
public final class DatabaseErrors {

    private final DatabaseTraits traits;

    DatabaseErrors(DatabaseTraits traits) {
        this.traits = traits;
    }

    /**
     * Whether a connection is useless after this error.
     *
     * @param error what the driver threw
     * @return true if it, its cause or its next exception is fatal
     */
    public boolean isFatal(SQLException error) {
        return any(error, this::isFatalByItself);
    }

    /**
     * Whether the database refuses to write. On a session that nobody made read-only, it has become
     * a standby, which still answers every validation.
     *
     * @param error what the driver threw
     * @return true if it, its cause or its next exception says so
     */
    public boolean isReadOnly(SQLException error) {
        return any(
                error,
                e ->
                        traits.readOnlyStates.contains(String.valueOf(e.getSQLState()))
                                || traits.readOnlyCodes.contains(e.getErrorCode()));
    }

    /**
     * Whether the database refuses the user name or password, or has locked the account.
     *
     * @param error what the driver threw
     * @return true if it, its cause or its next exception says so
     */
    public boolean isRefusal(SQLException error) {
        return any(
                error,
                e ->
                        String.valueOf(e.getSQLState()).startsWith("28")
                                || traits.refusalCodes.contains(e.getErrorCode()));
    }

    /**
     * Whether the database refuses a session only because it already has as many as it allows.
     *
     * @param error what the driver threw
     * @return true if it, its cause or its next exception says so
     */
    public boolean isFull(SQLException error) {
        return any(
                error,
                e ->
                        traits.fullStates.contains(String.valueOf(e.getSQLState()))
                                || traits.fullCodes.contains(e.getErrorCode()));
    }

    private static boolean any(SQLException error, Predicate<SQLException> kind) {
        for (Throwable t = error; t != null; t = t.getCause() == t ? null : t.getCause()) {
            if (t instanceof SQLException e && kind.test(e)) {
                return true;
            }
        }
        SQLException next = error.getNextException();
        return next != null && next != error && any(next, kind);
    }

    private boolean isFatalByItself(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException
                || state != null && (state.startsWith("08") || traits.fatalStates.contains(state))
                || traits.fatalCodes.contains(e.getErrorCode());
    }
}
