package org.cabstand.examples.bank;

import java.util.List;

/**
 * Whether all is right.
 *
 * @param balanced no money was made or lost, and each account has what the journal says
 * @param opening the sum of what was there when the accounts were opened
 * @param total the sum of what is there
 */
public record Books(boolean balanced, long opening, long total, List<Account> accounts) {

    /**
     * One account, in cents.
     *
     * @param byJournal what should be there: the opening balance and all transfers that are booked
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
