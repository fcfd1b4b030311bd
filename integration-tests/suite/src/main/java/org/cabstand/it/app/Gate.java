package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where requests wait until the test lets them go on; who comes when the gate is open does not wait.
 *
 * <p>What is let go runs on a thread that has no request.
 */
@ApplicationScoped
public class Gate {

    @Inject Workers workers;

    private final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** Runs the rest when the gate opens; with no key there is no gate, and the rest runs soon. */
    void pass(String key, Runnable rest) {
        if (key == null) {
            workers.execute(() -> runOnceTheRequestsThreadHasLeft(rest));
        } else {
            gate(key).thenRunAsync(rest, workers);
            waiting.add(key);
        }
    }

    /**
     * Open Liberty loses its application's context, and answers 500, when a response is completed while the
     * request's thread is on its way out.
     */
    private static void runOnceTheRequestsThreadHasLeft(Runnable rest) {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        rest.run();
    }

    /** Keeps the calling thread until the gate opens, or the test that should open it has failed. */
    void hold(String key) throws InterruptedException, ExecutionException, TimeoutException {
        waiting.add(key);
        gate(key).get(1, TimeUnit.MINUTES);
    }

    boolean holds(String key) {
        return waiting.contains(key);
    }

    void open(String key) {
        gate(key).complete(null);
    }

    private CompletableFuture<Void> gate(String key) {
        return gates.computeIfAbsent(key, each -> new CompletableFuture<>());
    }
}
