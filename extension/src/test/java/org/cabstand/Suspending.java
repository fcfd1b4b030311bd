package org.cabstand;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import org.cabstand.TestApplication.Work;

/** Work that suspends a transaction: a bean of its own, or the container does not intercept the call. */
@ApplicationScoped
class Suspending {

    @Transactional(TxType.REQUIRES_NEW)
    void requiresNew(Work work) throws Exception {
        work.run();
    }

    @Transactional(TxType.NOT_SUPPORTED)
    void notSupported(Work work) throws Exception {
        work.run();
    }
}
