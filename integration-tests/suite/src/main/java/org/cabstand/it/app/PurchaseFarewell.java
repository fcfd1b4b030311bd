package org.cabstand.it.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.cabstand.Pool;

/** Writes in its {@code @PreDestroy} what the request has announced. */
@RequestScoped
public class PurchaseFarewell {

    @Inject
    @Pool("one")
    EntityManager em;

    @Inject Transactions transactions;

    private String id;

    void announce(String purchase) {
        this.id = purchase;
    }

    @PreDestroy
    void persist() {
        if (id == null) {
            return;
        }
        try {
            transactions.required(() -> em.persist(new Purchase(id, 0)));
        } catch (Exception e) {
            Logger.getLogger("org.cabstand.it").log(Level.SEVERE, "no farewell", e);
        }
    }
}
