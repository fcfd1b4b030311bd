package org.cabstand.shop;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A bean that an entity's listener works with. */
@ApplicationScoped
public class Ledger {

    private final List<String> entries = new CopyOnWriteArrayList<>();

    public void note(String entry) {
        entries.add(entry);
    }

    public List<String> entries() {
        return entries;
    }
}
