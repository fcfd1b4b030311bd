package org.cabstand.examples.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Set;

/** Makes sure that a transfer gets an outcome. It works outside the transaction, which may have failed. */
@ApplicationScoped
public class Teller {

    static final int TIME_LIMIT_SECONDS = 3;

    private static final Logger LOG = System.getLogger(Teller.class.getName());

    private static final int MOST_TRIES = 3;

    /** serialization_failure and deadlock_detected: this transaction only had to give way. */
    private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40001", "40P01");

    /** lock_not_available: somebody has locked the account for too long. */
    private static final String LOCK_TIMEOUT = "55P03";

    @Inject Transfers transfers;
    @Inject Journal journal;
    @Inject UserTransaction transaction;

    /**
     * Books a transfer or says why not.
     *
     * @return the journal's final entry
     * @throws SQLException if the journal cannot be read; the outcome is then unknown until the
     * same transfer is sent again
     */
    Entry transfer(Transfer transfer) throws SQLException, SystemException {
        transaction.setTransactionTimeout(TIME_LIMIT_SECONDS); // for those that this thread begins
        try {
            bookWithRetries(transfer);
            // not every server throws when it rolls back a transaction that was marked for rollback
            journal.giveUp(transfer, Entry.State.FAILED, "rolled back");
        } catch (TransferRefusedException refusal) {
            journal.giveUp(transfer, Entry.State.REFUSED, refusal.getMessage());
        } catch (SQLException | RuntimeException failure) {
            // if the connection was lost during the commit, it may still be booked: the journal
            // knows
            if (isContention(failure)) {
                journal.giveUp(transfer, Entry.State.REFUSED, "the accounts are busy");
            } else {
                LOG.log(Level.WARNING, "transfer " + transfer.id() + " failed", failure);
                journal.giveUp(transfer, Entry.State.FAILED, failure.getMessage());
            }
        }
        return journal.find(transfer.id()).orElseThrow(); // something was written in each case
    }

    private void bookWithRetries(Transfer transfer) throws SQLException, TransferRefusedException {
        for (int tries = 1; ; tries++) {
            try {
                transfers.book(transfer);
                return;
            } catch (SQLException | RuntimeException failure) {
                if (tries == MOST_TRIES || !isIn(WORTH_ANOTHER_TRY, failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean isContention(Exception failure) {
        return isIn(Set.of(LOCK_TIMEOUT), failure) || isIn(WORTH_ANOTHER_TRY, failure);
    }

    /** The database's error, which JPA and JTA wrap. */
    private static boolean isIn(Set<String> states, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException problem && states.contains(problem.getSQLState())) {
                return true;
            }
        }
        return false;
    }
}
