package org.cabstand.internal.handle;

import java.util.ArrayList;
import java.util.List;
import org.cabstand.internal.transaction.GlobalTransaction;
import org.cabstand.internal.transaction.TransactionUse;

/**
 * A handle's uses of the connections of JTA transactions that go on, suspended ones too.
 *
 * <p>Thread safety: guarded by the handle's lock.
 */
final class TransactionUses {

    private final List<TransactionUse> uses = new ArrayList<>(2);

    /** Null when the handle was not used in it, or is not any more. */
    TransactionUse find(GlobalTransaction transaction) {
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

    /** The same as {@link #find}, to be closed by the caller. */
    TransactionUse remove(GlobalTransaction transaction) {
        TransactionUse use = find(transaction);
        uses.remove(use);
        return use;
    }

    boolean goOn() {
        return uses.stream().anyMatch(use -> !use.isOver());
    }

    /** By who has taken them from the handle. */
    void close() {
        uses.forEach(TransactionUse::close);
    }
}
