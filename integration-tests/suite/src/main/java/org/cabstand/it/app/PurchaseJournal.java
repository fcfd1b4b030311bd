package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;

/** A bean that an entity's listener works with. */
@ApplicationScoped
public class PurchaseJournal {

    private final AtomicReference<String> last = new AtomicReference<>("nothing");

    void add(String state) {
        last.set(state);
    }

    String last() {
        return last.get();
    }
}
