package org.cabstand.internal.agroal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Agroal's behaviour that we rely on, all of it at once. */
class AgroalUnderLoadTest extends AgroalFixture {

    /** All of it at once: no connection for two, and none lost. */
    @Test
    void countsAreRightUnderLoad() throws Exception {
        AgroalPool<Kept> reaping = pool(Duration.ofMillis(1));
        reaping.start(2, 4, Kept::mayStay);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        Set<Kept> inUse = ConcurrentHashMap.newKeySet();
        Set<Kept> alive = ConcurrentHashMap.newKeySet();
        AtomicInteger taken = new AtomicInteger();
        try {
            for (int i = 0; i < 4; i++) {
                alive.add(add(reaping));
            }
            List<Future<?>> users = new ArrayList<>();
            for (int t = 0; t < 5; t++) {
                boolean evicts = t == 0;
                users.add(
                        threads.submit(
                                () -> {
                                    for (int i = 0; i < 20_000; i++) {
                                        Kept kept = reaping.take();
                                        if (kept == null) {
                                            Thread.onSpinWait();
                                            continue;
                                        }
                                        taken.incrementAndGet();
                                        assertThat(inUse.add(kept)).isTrue();
                                        assertThat(kept.isClosed()).isFalse();
                                        inUse.remove(kept);
                                        if (evicts && i % 100 == 0) {
                                            reaping.evict(kept);
                                        } else {
                                            reaping.giveBack(kept);
                                        }
                                    }
                                    return null;
                                }));
            }
            users.add(
                    threads.submit(
                            () -> {
                                for (int i = 0; i < 2_000; i++) {
                                    reaping.check();
                                    alive.removeIf(Kept::isClosed);
                                    if (alive.size() < 4) {
                                        alive.add(add(reaping));
                                    }
                                    Thread.yield();
                                }
                                return null;
                            }));
            for (Future<?> user : users) {
                user.get(60, TimeUnit.SECONDS);
            }
            assertThat(taken).hasPositiveValue();
            await("what is open can be taken, and nothing else")
                    .untilAsserted(
                            () -> {
                                alive.removeIf(Kept::isClosed);
                                List<Kept> left = new ArrayList<>();
                                for (Kept k = reaping.take(); k != null; k = reaping.take()) {
                                    left.add(k);
                                }
                                for (Kept kept : left) {
                                    reaping.giveBack(kept);
                                }
                                assertThat(left)
                                        .isNotEmpty()
                                        .containsExactlyInAnyOrderElementsOf(
                                                alive.stream()
                                                        .filter(kept -> !kept.isClosed())
                                                        .toList());
                            });
        } finally {
            threads.shutdownNow();
            reaping.close();
        }
    }

    /** {@code isHealthy(true)} takes in whichever is ready first, so two threads may take in each other's. */
    @Test
    void whoeverAddsAtTheSameTimeAddsAll() throws Exception {
        pool.start(0, 1_000, Kept::mayStay);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> refused = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                refused.add(
                        threads.submit(
                                () -> {
                                    int none = 0;
                                    for (int k = 0; k < 250; k++) {
                                        none += pool.add(new Kept()) ? 0 : 1;
                                    }
                                    return none;
                                }));
            }
            for (Future<Integer> each : refused) {
                assertThat(each.get(20, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
