package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Exchange;
import org.cabstand.internal.database.SqlTransaction;
import org.cabstand.internal.database.SqlTransaction.State;

/**
 * What was done in a session since it was handed out, and how its transaction stands in the database.
 *
 * <p>Statements are noted as they run; what the application does with the driver's own objects is not seen, and
 * counts as work where nobody can tell.
 *
 * <p>Thread safety: as JDBC's, one thread at a time.
 */
public final class Work {

    private final Connection driver;
    private final SqlTransaction transaction;
    private final Exchange exchange;

    /** The database was asked something since the session was handed out. */
    private boolean asked;

    /** A statement ran since the last commit or roll-back. */
    private boolean executed;

    /** The application has the driver's objects. */
    private boolean unwrapped;

    /** The same, from then on until what was done is kept for good. */
    private boolean unseen;

    Work(Connection driver, SqlTransaction transaction, Exchange exchange) {
        this.driver = driver;
        this.transaction = transaction;
        this.exchange = exchange;
    }

    /** The session is handed out. */
    void begin() {
        asked = false;
        executed = false;
        unwrapped = false;
        unseen = false;
    }

    /** A statement runs. */
    public void executing() {
        executed = true;
        asked = true;
    }

    /** It was committed or rolled back. */
    public void completed() {
        executed = false;
    }

    /** The application gets at an object of the driver, and may do anything with it. */
    void unwrapped() {
        unwrapped = true;
        unseen = true;
        executing(); // as if it were; else it would not count
    }

    /** Auto-commit is off: from now on the driver's own objects work in a transaction. */
    public void manualBegun() {
        executed |= unseen;
    }

    /**
     * Whether the database was asked something.
     *
     * @return since the session was handed out
     */
    public boolean hasAsked() {
        return asked;
    }

    /**
     * Whether a statement ran.
     *
     * @return since the last commit or roll-back
     */
    public boolean hasExecuted() {
        return executed;
    }

    /**
     * Whether the driver is in the middle of what only its user can end; no round trip. Then nothing but the end
     * of the session gets through, and that rolls back.
     *
     * @return only ever true where the application has the driver's objects
     * @throws SQLException when the driver does not tell
     */
    public boolean isBusy() throws SQLException {
        return unwrapped && exchange.isOpen(driver);
    }

    /**
     * Whether SQL has begun a transaction in auto-commit mode, where the driver knows: asked at each statement.
     *
     * @return false where it does not
     */
    public boolean isToldInSqlTransaction() {
        try {
            return transaction.isTold() && maybeInSqlTransaction();
        } catch (SQLException e) {
            Log.debug("the driver does not tell its transaction", e);
            return false;
        }
    }

    /** Whether SQL may have begun a transaction in auto-commit mode; no round trip. */
    boolean maybeInSqlTransaction() throws SQLException {
        return transaction.suspected(driver) != State.NONE;
    }

    /** Whether SQL has begun one; may take a round trip. */
    private boolean isInSqlTransaction() throws SQLException {
        return maybeInSqlTransaction() && transaction.state(driver) != State.NONE;
    }

    /**
     * Whether work was done in a transaction that has not ended; may take a round trip.
     *
     * @return true also in the middle of an exchange
     * @throws SQLException when neither driver nor database tells
     */
    public boolean isInTransaction() throws SQLException {
        if (isBusy()) {
            return true;
        }
        if (driver.getAutoCommit()) {
            return isInSqlTransaction();
        }
        return hasWorkedManually() || unseen && transaction.askedManual(driver) != State.NONE;
    }

    /** What can be known of it without a round trip, while auto-commit is off. */
    boolean hasWorkedManually() throws SQLException {
        if (!executed && !unseen) {
            return false; // a driver's own queries, for metadata, say, are no work
        }
        State told = transaction.manual(driver);
        return told == State.UNKNOWN ? executed : told != State.NONE;
    }

    /**
     * Whether a transaction has begun, be it by a query of the driver's own.
     *
     * @return true also where it is not known, and work was done
     * @throws SQLException when the driver does not tell
     */
    public boolean isInBegunTransaction() throws SQLException {
        if (driver.getAutoCommit()) {
            return isInSqlTransaction();
        }
        State told = transaction.manual(driver);
        return told == State.UNKNOWN ? executed || unseen : told != State.NONE;
    }

    /**
     * Whether auto-commit is off and yet no transaction has begun.
     *
     * @return true where that is sure
     * @throws SQLException when the driver does not tell
     */
    public boolean isBeforeTransaction() throws SQLException {
        return transaction.manual(driver) == State.NONE;
    }

    /**
     * Whether nothing but a roll-back is possible, while auto-commit is off; no round trip.
     *
     * @return true where that is sure
     * @throws SQLException when the driver does not tell
     */
    public boolean isDoomed() throws SQLException {
        return transaction.manual(driver) == State.FAILED;
    }

    /**
     * Whether the database would answer a commit by rolling back.
     *
     * @return false also where that is not known
     * @throws SQLException when the driver does not tell
     */
    public boolean isInFailedTransaction() throws SQLException {
        return transaction.suspected(driver) == State.FAILED;
    }

    /**
     * Whether {@link #isInFailedTransaction} knows of all that the database does not commit.
     *
     * @return false where errors have to be remembered
     */
    public boolean tellsFailedTransactions() {
        return transaction.tellsFailure();
    }

    /**
     * Whether a session that is lost was in a transaction, as far as its driver knows.
     *
     * @return false where it does not know
     */
    public boolean isSeenInTransaction() {
        try {
            State told = transaction.manual(driver);
            return tellsFailedTransactions() && told != State.NONE;
        } catch (SQLException | RuntimeException e) {
            Log.debug("the driver of a lost session tells nothing", e);
            return false;
        }
    }

    /**
     * Commits what was done so far, so that nothing the application does can undo it. Not while {@link #isBusy}.
     *
     * @throws SQLException also when the database would not commit it
     */
    public void keep() throws SQLException {
        if (driver.getAutoCommit()) {
            if (isInSqlTransaction()) {
                execute("COMMIT"); // drivers refuse theirs in auto-commit mode
            }
        } else if (isDoomed()) {
            throw new SQLException(
                    "a statement failed, and the database does not commit after that", "25P02");
        } else {
            driver.commit();
        }
        unseen = false;
    }

    /** Undoes a transaction that SQL may have begun; says whether there was one. */
    boolean rollBackSqlTransaction() throws SQLException {
        boolean isOpen = isInSqlTransaction();
        if (isOpen) {
            execute("ROLLBACK"); // drivers refuse theirs in auto-commit mode
        }
        return isOpen;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = driver.createStatement()) {
            statement.execute(sql);
        }
    }
}
