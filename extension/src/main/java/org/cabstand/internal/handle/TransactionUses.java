package org.cabstand.internal.handle;

import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionUse;
import org.jspecify.annotations.Nullable;

/**
 * A handle's uses in all JTA transactions that are under way, suspended ones included.
 *
 * <p>Thread safety: guarded by the handle's lock.
 */
final class TransactionUses {

    private final List<TransactionUse> uses = new ArrayList<>(2);

    /** Finds the use in a transaction; null when there is none. */
    @Nullable TransactionUse find(GlobalTransaction transaction) {
        uses.removeIf(TransactionUse::isOver);
        for (TransactionUse use : uses) {
            if (use.transaction() == transaction) {
                return use;
            }
        }
        return null;
    }

    void add(TransactionUse use) {
        uses.add(use);
    }

    /** Removes the use in a transaction, for the caller to close; null when there is none. */
    @Nullable TransactionUse remove(GlobalTransaction transaction) {
        TransactionUse use = find(transaction);
        uses.remove(use);
        return use;
    }

    /** Whether any is still open. */
    boolean isAnyOpen() {
        return uses.stream().anyMatch(use -> !use.isOver());
    }

    /** Closes them all; called without the lock, by the thread that took this list from the handle. */
    void closeAll() {
        uses.forEach(TransactionUse::close);
    }
}
