package org.cabstand.it.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
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
 * <p>What is let go runs on a thread of the server's executor, which has no request.
 */
@ApplicationScoped
public class Gate {

    @Resource private ManagedExecutorService executor;

    private final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    /** Runs the rest when the gate opens; with no key there is no gate, and the rest runs at once. */
    void pass(String key, Runnable rest) {
        if (key == null) {
            executor.execute(rest);
        } else {
            gate(key).thenRunAsync(rest, executor);
            waiting.add(key);
        }
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
