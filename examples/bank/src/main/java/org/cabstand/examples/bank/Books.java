package org.cabstand.examples.bank;

import java.util.List;

/**
 * The result of an audit.
 *
 * @param balanced true if no money was created or lost and each account has what the journal says
 * @param opening the total when the accounts were opened
 * @param total the current total
 */
public record Books(boolean balanced, long opening, long total, List<Account> accounts) {

    /**
     * One account, in cents.
     *
     * @param byJournal the expected balance: the opening balance and all booked transfers
     */
    public record Account(int id, long opening, long balance, long byJournal) {}

    static Books of(List<Account> accounts) {
        long opening = accounts.stream().mapToLong(Account::opening).sum();
        long total = accounts.stream().mapToLong(Account::balance).sum();
        boolean asWritten =
                accounts.stream().allMatch(account -> account.balance() == account.byJournal());
        return new Books(asWritten && total == opening, opening, total, accounts);
    }
}
