package org.cabstand.it.app;

import jakarta.inject.Inject;
import jakarta.persistence.PrePersist;

/** Told by the provider, and made by CDI. */
public class PurchaseListener {

    @Inject PurchaseJournal journal;

    @PrePersist
    void persisted(Purchase purchase) {
        journal.add(purchase.state());
    }
}
