package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Work that suspends the transaction it is called in. */
@ApplicationScoped
public class SuspendingTransactions {

    @Transactional(TxType.REQUIRES_NEW)
    void requiresNew(Transactions.Step step) throws Exception {
        step.run();
    }

    @Transactional(TxType.NOT_SUPPORTED)
    void notSupported(Transactions.Step step) throws Exception {
        step.run();
    }
}
