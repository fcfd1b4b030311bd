package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The persistence contexts that requests and transactions have worked with, as the provider has them. */
@ApplicationScoped
public class PurchaseContexts {

    private final Queue<EntityManager> seen = new ConcurrentLinkedQueue<>();

    void note(EntityManager entityManager) {
        seen.add((EntityManager) entityManager.getDelegate());
    }

    /** How many nobody has closed. */
    long open() {
        seen.removeIf(context -> !context.isOpen());
        return seen.stream().distinct().count();
    }
}
