package org.cabstand.internal.database;

import org.cabstand.internal.database.SqlTransaction.State;

/**
 * Translates what drivers tell about a transaction into a {@link State}.
 *
 * <p>Thread safety: stateless.
 */
final class TransactionStates {

    private TransactionStates() {}

    /**
     * Reads the flags that MySQL and MariaDB send with their answers: 1 for a transaction, 2 for
     * auto-commit, which SQL can switch off unseen by MySQL's driver. An error has no flags: then
     * MySQL's driver shows 0, and MariaDB's sets 1 to be safe.
     *
     * @see <a
     *     href="https://dev.mysql.com/doc/dev/mysql-server/latest/mysql__com_8h.html">SERVER_STATUS_flags_enum</a>
     */
    static State ofMysql(Object statusFlags) {
        return ((int) statusFlags & 3) == 2 ? State.NONE : State.OPEN;
    }

    /** Reads the flags without auto-commit. Then no flag may mean that the answer had none. */
    static State ofMysqlManual(Object statusFlags) {
        return ((int) statusFlags & 1) == 1 ? State.OPEN : State.UNKNOWN;
    }

    /** Reads the flag of auto-commit, in an answer that has flags. */
    static boolean autoCommitOfMysql(Object statusFlags) {
        return ((int) statusFlags & 2) == 2;
    }

    static State ofPostgres(Object transactionState) {
        return switch (transactionState.toString()) {
            case "IDLE" -> State.NONE;
            case "FAILED" -> State.FAILED;
            default -> State.OPEN;
        };
    }
}
