package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.pool.Gate.Entry;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = new Gate(1, 0);

    private CompletableFuture<Entry> enterElsewhere() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return gate.enter(Deadline.after(Duration.ofSeconds(20)));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void nobodyPassesOneWhoHasWaitedForLong() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(gate.enter(Deadline.after(Duration.ofSeconds(1)))).isEqualTo(Entry.ENTERED);
            CompletableFuture<Entry> waiting = enterElsewhere();
            await().until(() -> gate.waiting() == 1);
            TimeUnit.MILLISECONDS.sleep(20); // its patience ends unseen
            await().until(() -> gate.waiting() == 1);
            gate.leave();
            // runs already, while the other one has to be woken up
            assertThat(gate.enter(Deadline.after(Duration.ofMillis(50))))
                    .isEqualTo(Entry.TIMED_OUT);
            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(Entry.ENTERED);
            gate.leave();
        }
    }

    @Test
    void thoseWhoWaitComeInInTheirOrder() throws Exception {
        assertThat(gate.enter(Deadline.after(Duration.ofSeconds(1)))).isEqualTo(Entry.ENTERED);
        CompletableFuture<Entry> first = enterElsewhere();
        await().until(() -> gate.waiting() == 1);
        TimeUnit.MILLISECONDS.sleep(20); // its patience ends unseen
        CompletableFuture<Entry> second = enterElsewhere();
        await().until(() -> gate.waiting() == 2);
        gate.leave();
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Entry.ENTERED);
        assertThat(second).isNotDone();
        gate.leave();
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(Entry.ENTERED);
        gate.leave();
        assertThat(gate.inside()).isZero();
    }
}
