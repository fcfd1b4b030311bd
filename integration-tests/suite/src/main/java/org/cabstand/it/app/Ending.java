package org.cabstand.it.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Something that somebody wants to know at the end of the transaction in which it happened.
 *
 * @param id what the rows begin with that are written then
 * @param via how the observers come to a connection
 * @param answers what became of the attempts, each with its name
 */
public record Ending(String id, Via via, List<String> answers) {

    /** Something that nobody knows yet. */
    static Ending of(String id, Via via) {
        return new Ending(id, via, new CopyOnWriteArrayList<>());
    }
}
