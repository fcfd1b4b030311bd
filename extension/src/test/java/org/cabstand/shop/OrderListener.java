package org.cabstand.shop;

import jakarta.inject.Inject;
import jakarta.persistence.PrePersist;

/** Made by CDI, where the provider asks it. */
public class OrderListener {

    @Inject Ledger ledger;

    @PrePersist
    void persisted(Order order) {
        ledger.note(order.state());
    }
}
