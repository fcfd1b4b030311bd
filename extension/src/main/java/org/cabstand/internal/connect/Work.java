package org.cabstand.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.cabstand.internal.Log;
import org.cabstand.internal.database.Exchange;
import org.cabstand.internal.database.SqlTransaction;
import org.cabstand.internal.database.SqlTransaction.State;

/**
 * Tracks the work in a session since it was handed out, and knows the state of its transaction.
 *
 * <p>Statements are noted as they run. The application's use of the driver's own objects cannot be seen; it counts as
 * work unless driver or database can tell.
 *
 * <p>Thread safety: as JDBC's, one thread at a time.
 */
public final class Work {

    private final Connection driver;
    private final SqlTransaction transaction;
    private final Exchange exchange;

    /** Something was sent to the database since the session was handed out. */
    private boolean asked;

    /** A statement ran since the last commit or rollback. */
    private boolean executed;

    /** The application has the driver's objects. */
    private boolean unwrapped;

    /** The application has had them since {@link #keep}, so there may be work that nobody saw. */
    private boolean unseen;

    /** SQL had begun a transaction before the latest statement, as far as the driver was told. */
    private boolean inSqlTransaction;

    Work(Connection driver, SqlTransaction transaction, Exchange exchange) {
        this.driver = driver;
        this.transaction = transaction;
        this.exchange = exchange;
    }

    /** Begins a use. */
    void begin() {
        asked = false;
        executed = false;
        unwrapped = false;
        unseen = false;
        inSqlTransaction = false;
    }

    /**
     * Called in auto-commit mode before a statement runs: a driver whose session is lost may not tell any more what the
     * session was in the middle of.
     */
    public void beforeStatement() {
        if (!executed || transaction.tellsFailure()) {
            return; // nothing to be in the middle of, or the driver tells afterwards
        }
        try {
            if (!transaction.isTold()) {
                inSqlTransaction = !driver.getAutoCommit(); // H2's driver sees what SQL does to it
            } else if (!maybeInSqlTransaction()) {
                inSqlTransaction = false;
            } else if (transaction.manual(driver) == State.OPEN) {
                inSqlTransaction = true;
            } // else the latest answer did not tell
        } catch (SQLException e) {
            Log.debug("the driver does not tell its transaction", e);
        }
    }

    /** Notes that a statement runs. */
    public void executing() {
        executed = true;
        asked = true;
    }

    /** Notes a commit or rollback. */
    public void completed() {
        executed = false;
        inSqlTransaction = false;
    }

    /** Notes that the application has got an object of the driver, with which it can do anything. */
    void unwrapped() {
        unwrapped = true;
        unseen = true;
        executing(); // as if a statement ran; otherwise unseen work would not count
    }

    /** Notes that auto-commit is off: from now on the driver's own objects work in a transaction. */
    public void manualBegun() {
        executed |= unseen;
    }

    /**
     * Whether anything was sent to the database.
     *
     * @return since the session was handed out
     */
    public boolean hasAsked() {
        return asked;
    }

    /**
     * Whether a statement ran.
     *
     * @return since the last commit or rollback
     */
    public boolean hasExecuted() {
        return executed;
    }

    /**
     * Whether the driver is in the middle of an exchange that only the application can end; no round trip. Then nothing
     * works but ending the session, which rolls back.
     *
     * @return only ever true where the application has the driver's objects
     * @throws SQLException when the driver does not tell
     */
    public boolean isBusy() throws SQLException {
        return unwrapped && exchange.isOpen(driver);
    }

    /**
     * Whether SQL has begun a transaction in auto-commit mode, if the driver knows that. Asked at each statement.
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

    /** Whether work was done while auto-commit is off, as far as that is known without a round trip. */
    boolean hasWorkedManually() throws SQLException {
        if (!executed && !unseen) {
            return false; // a driver's own queries, such as those for metadata, are no work
        }
        State told = transaction.manual(driver);
        return told == State.UNKNOWN ? executed : told != State.NONE;
    }

    /**
     * Whether a transaction has begun, even if only by a query of the driver.
     *
     * @return also true if this is unknown and work was done
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
     * Whether auto-commit is off but no transaction has begun.
     *
     * @return true where that is sure
     * @throws SQLException when the driver does not tell
     */
    public boolean isBeforeTransaction() throws SQLException {
        return transaction.manual(driver) == State.NONE;
    }

    /**
     * Whether only a rollback is possible, while auto-commit is off; no round trip.
     *
     * @return true where that is sure
     * @throws SQLException when the driver does not tell
     */
    public boolean isDoomed() throws SQLException {
        return transaction.manual(driver) == State.FAILED;
    }

    /**
     * Whether the database would roll back instead of committing.
     *
     * @return false also where that is not known
     * @throws SQLException when the driver does not tell
     */
    public boolean isInFailedTransaction() throws SQLException {
        return transaction.suspected(driver) == State.FAILED;
    }

    /**
     * Whether {@link #isInFailedTransaction} finds every transaction that the database would not commit.
     *
     * @return false if errors must be remembered
     */
    public boolean tellsFailedTransactions() {
        return transaction.tellsFailure();
    }

    /**
     * Whether a session that is lost was in a transaction, as far as its driver knows.
     *
     * @return false if it does not know
     */
    public boolean isSeenInTransaction() {
        if (!tellsFailedTransactions()) {
            return inSqlTransaction;
        }
        try {
            return transaction.manual(driver) != State.NONE;
        } catch (SQLException | RuntimeException e) {
            Log.debug("the driver of a lost session tells nothing", e);
            return false;
        }
    }

    /**
     * Commits the work so far, so that the application cannot undo it. Must not be called while {@link #isBusy}.
     *
     * @throws SQLException if the database refuses, or would roll back instead
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

    /**
     * Whether SQL has switched auto-commit unseen by the driver. Only after an answer of the database, such as that to a
     * rollback.
     */
    boolean isMisled() throws SQLException {
        return transaction.isMisled(driver, driver.getAutoCommit());
    }

    /** Rolls back a transaction that SQL may have begun; returns whether there was one. */
    boolean rollBackSqlTransaction() throws SQLException {
        boolean isOpen = isInSqlTransaction();
        if (isOpen) {
            execute("ROLLBACK"); // drivers refuse theirs in auto-commit mode
            if (transaction.manual(driver) == State.OPEN) {
                // MySQL with completion_type=CHAIN has begun another one
                execute("ROLLBACK AND NO CHAIN");
            }
        }
        return isOpen;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = driver.createStatement()) {
            statement.execute(sql);
        }
    }
}
