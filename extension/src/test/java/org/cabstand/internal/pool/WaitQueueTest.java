package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The queue of those who wait, by itself: with a clock of its own, and text in place of connections. */
class WaitQueueTest {

    private static final Deadline NEVER = Deadline.after(Duration.ZERO);
    private static final Deadline PASSED = Deadline.after(Duration.ofNanos(1));

    private final AtomicLong clock = new AtomicLong();
    private final WaitQueue<String> queue = new WaitQueue<>(clock::get);

    private Waiter<String> join() throws SQLException {
        return queue.join(Integer.MAX_VALUE);
    }

    private void patienceEnds() {
        clock.addAndGet(Waiter.PATIENCE_NANOS);
    }

    @Test
    void aConnectionGoesToTheFirstWhoHasWaitedForLong() throws Exception {
        Waiter<String> first = join();
        Waiter<String> second = join();
        patienceEnds();
        assertThat(queue.handOver("a", true)).isTrue();
        assertThat(queue.handOver("b", true)).isTrue();
        assertThat(queue.handOver("c", true)).isFalse();
        assertThat(queue.await(second, NEVER)).isTrue();
        assertThat(queue.leave(second, false)).isEqualTo("b");
        assertThat(queue.leave(first, false)).isEqualTo("a");
        assertThat(queue.size()).isZero();
    }

    @Test
    void aConnectionIsForWhoeverComesAsLongAsNobodyHasWaitedForLong() throws Exception {
        join();
        assertThat(queue.mayTake(true)).isTrue();
        assertThat(queue.handOver("a", true)).isFalse();
    }

    @Test
    void oneThatWasNotAtWorkIsForWhoeverComesUntilTheFirstHasLookedInVain() throws Exception {
        Waiter<String> first = join();
        patienceEnds();
        assertThat(queue.mayTake(false)).isFalse();
        assertThat(queue.await(first, NEVER)).as("looks again").isTrue();
        queue.want(first);
        assertThat(queue.mayTake(false)).isTrue();
        assertThat(queue.handOver("a", false)).isTrue();
        assertThat(queue.leave(first, false)).isEqualTo("a");
    }

    @Test
    void thoseBehindWhoHaveWaitedForAsLongFollow() throws Exception {
        Waiter<String> first = join();
        Waiter<String> second = join();
        patienceEnds();
        Waiter<String> late = join();
        queue.want(first);
        assertThat(queue.handOver("a", false)).isTrue();
        assertThat(queue.handOver("b", false)).isTrue();
        assertThat(queue.handOver("c", false)).as("the third has not waited for long").isFalse();
        assertThat(second.given()).isEqualTo("b");
        assertThat(late.given()).isNull();
    }

    @Test
    void oneIsSignalledForEachConnectionThatIsThere() throws Exception {
        Waiter<String> first = join();
        queue.want(first);
        assertThat(queue.wanting()).isEqualTo(1);
        queue.signal();
        assertThat(queue.wanting()).as("it looks first").isZero();
        assertThat(queue.await(first, PASSED)).isTrue();
        queue.want(first);
        assertThat(queue.wanting()).isEqualTo(1);
        assertThat(queue.await(first, PASSED)).isFalse();
    }

    @Test
    void aSignalThatTheFirstLeavesWithoutLookingIsPassedOn() throws Exception {
        Waiter<String> first = join();
        Waiter<String> second = join();
        queue.signal();
        queue.leave(first, false);
        assertThat(queue.await(second, PASSED)).isTrue();
    }

    /** Two came back while one was awake, and nobody was woken up for the second. */
    @Test
    void whoeverFindsSomethingPassesOnThatThereMayBeMore() throws Exception {
        List<Waiter<String>> all = new ArrayList<>();
        int many = 2 * Runtime.getRuntime().availableProcessors() + 2;
        for (int i = 0; i < many; i++) {
            all.add(join());
        }
        for (int i = 0; i < many; i++) {
            queue.signal();
        }
        for (Waiter<String> waiter : all) {
            assertThat(queue.await(waiter, PASSED)).as("each is signalled in the end").isTrue();
            queue.leave(waiter, true);
        }
    }

    @Test
    void whoeverFindsNothingEndsThat() throws Exception {
        Waiter<String> first = join();
        Waiter<String> second = join();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors() + 2; i++) {
            queue.signal();
        }
        for (Waiter<String> waiter : List.of(first, second)) {
            while (queue.await(waiter, PASSED)) {
                queue.want(waiter);
            }
        }
        queue.leave(first, false);
        assertThat(queue.await(second, PASSED)).isFalse();
    }

    @Test
    void noMoreMayWaitThanTheLimit() throws Exception {
        assertThat(queue.join(1)).isNotNull();
        assertThat(queue.join(1)).isNull();
        assertThat(queue.size()).isEqualTo(1);
    }

    @Test
    void aFailedAttemptIsToldToThoseWhoWaitedForIt() throws Exception {
        clock.set(100);
        Waiter<String> waited = join();
        clock.set(200);
        Waiter<String> came = join();
        queue.want(waited);
        queue.want(came);
        queue.fail(new SQLException("refused", "08001"), 150, thread -> true);
        assertThatThrownBy(() -> queue.await(waited, NEVER)).hasMessage("refused");
        assertThat(queue.await(came, PASSED)).isFalse();
        assertThat(queue.wanting()).isEqualTo(1);
        queue.fail(new SQLException("refused", "08001"), 250, thread -> false);
        assertThat(queue.await(came, PASSED)).as("something may come back").isFalse();
    }

    @Test
    void theEndSendsEverybodyAway() throws Exception {
        Waiter<String> waiter = join();
        queue.end(() -> new SQLException("closed"));
        assertThatThrownBy(() -> queue.await(waiter, NEVER)).hasMessage("closed");
        assertThatThrownBy(() -> queue.join(10)).hasMessage("closed");
        queue.leave(waiter, false);
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatWasHandedOverIsNotLostByAnError() throws Exception {
        Waiter<String> waiter = join();
        patienceEnds();
        queue.handOver("a", true);
        queue.end(() -> new SQLException("closed"));
        assertThat(queue.await(waiter, NEVER)).isTrue();
        assertThat(queue.leave(waiter, false)).isEqualTo("a");
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        Waiter<String> waiter = join();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> queue.await(waiter, NEVER))
                .isInstanceOf(InterruptedException.class);
        assertThat(queue.leave(waiter, false)).isNull();
    }

    /** Nothing but signals and hand-overs wakes anybody up: a lost one would leave somebody waiting for ever. */
    @Test
    void nobodyIsForgotten() throws Exception {
        WaitQueue<String> real = new WaitQueue<>(System::nanoTime);
        ConcurrentLinkedQueue<String> idle = new ConcurrentLinkedQueue<>(List.of("a", "b", "c"));
        ExecutorService threads = Executors.newFixedThreadPool(16);
        AtomicInteger inUse = new AtomicInteger();
        try {
            List<Future<?>> borrowers = new ArrayList<>();
            CountDownLatch begin = new CountDownLatch(1);
            for (int t = 0; t < 16; t++) {
                boolean works = t % 2 == 0;
                borrowers.add(
                        threads.submit(
                                () -> {
                                    begin.await();
                                    for (int i = 0; i < 20_000; i++) {
                                        String taken = idle.poll();
                                        if (taken == null) {
                                            taken = take(real, idle);
                                        }
                                        assertThat(inUse.incrementAndGet()).isLessThanOrEqualTo(3);
                                        inUse.decrementAndGet();
                                        if (!real.mayTake(works) || !real.handOver(taken, works)) {
                                            idle.add(taken);
                                            real.signal();
                                        }
                                    }
                                    return null;
                                }));
            }
            begin.countDown();
            for (Future<?> borrower : borrowers) {
                borrower.get(120, TimeUnit.SECONDS);
            }
            assertThat(idle).containsExactlyInAnyOrder("a", "b", "c");
            assertThat(real.size()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    private static String take(WaitQueue<String> queue, ConcurrentLinkedQueue<String> idle)
            throws Exception {
        Waiter<String> waiter = queue.join(Integer.MAX_VALUE);
        String found = null;
        do {
            found = idle.poll();
            if (found == null) {
                queue.want(waiter);
            }
        } while (found == null && queue.await(waiter, NEVER) && waiter.given() == null);
        String given = queue.leave(waiter, found != null);
        if (found != null && given != null) {
            idle.add(given);
            queue.signal();
        }
        return found == null ? given : found;
    }
}
