package org.cabstand.examples.bank;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.Map;

/** Moves money: all of it, or none. */
@ApplicationScoped
public class Transfers {

    @Inject Accounts accounts;
    @Inject Journal journal;
    @Inject Mishaps mishaps;

    /**
     * Books a transfer, unless it has an outcome already.
     *
     * <p>{@code rollbackOn} is needed because JTA commits when a checked exception is thrown, even
     * an {@code SQLException}.
     */
    @Transactional(rollbackOn = Exception.class)
    void book(Transfer transfer) throws SQLException, TransferRefusedException {
        journal.attempt(transfer);
        if (!journal.book(transfer)) {
            return;
        }
        Map<Integer, Account> both = accounts.lock(transfer.from(), transfer.to());
        check(transfer, both);
        accounts.add(both.get(transfer.from()), -transfer.cents());
        mishaps.happen();
        accounts.add(both.get(transfer.to()), transfer.cents());
    }

    private static void check(Transfer transfer, Map<Integer, Account> both)
            throws TransferRefusedException {
        if (both.size() < 2) {
            throw new TransferRefusedException("both accounts must exist");
        }
        if (both.get(transfer.from()).balance() < transfer.cents()) {
            throw new TransferRefusedException(
                    "account " + transfer.from() + " does not have that much");
        }
    }
}
