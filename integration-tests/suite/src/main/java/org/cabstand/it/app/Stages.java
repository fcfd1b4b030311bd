package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The stages of a request, each of which leaves work unfinished, and what became of that. */
@ApplicationScoped
public class Stages {

    private final Set<String> outcomes = new ConcurrentSkipListSet<>();

    /** Written by requests, which come one at a time; null as long as nobody looks. */
    private volatile Via via;

    private volatile String id;

    @Inject Work work;

    void begin(Via wanted, String row) {
        outcomes.clear();
        id = row;
        via = wanted;
    }

    /** Called in a stage. */
    void pass(String stage) {
        Via wanted = via;
        if (wanted != null) {
            outcomes.add(
                    stage
                            + " "
                            + Transactions.Step.outcome(() -> work.leaveUnfinished(wanted, id)));
        }
    }

    String end() {
        via = null;
        return String.join("\n", outcomes);
    }
}
