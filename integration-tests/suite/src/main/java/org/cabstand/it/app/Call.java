package org.cabstand.it.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Work that somebody does outside of a request of HTTP.
 *
 * @param via how it comes to a connection
 * @param id of the row that it leaves uncommitted
 * @param answer {@code done}, or the name of the exception
 */
public record Call(Via via, String id, CompletableFuture<String> answer) {

    /** Work that is not done yet. */
    static Call of(Via via, String id) {
        return new Call(via, id, new CompletableFuture<>());
    }

    /** Does it, and answers. */
    void run(Work work) {
        try {
            work.leaveUnfinished(via, id);
            answer.complete("done");
        } catch (Exception e) {
            answer.complete(e.getClass().getSimpleName());
        }
    }

    /** Waits for the answer. */
    String await() throws Exception {
        return answer.get(20, TimeUnit.SECONDS);
    }
}
