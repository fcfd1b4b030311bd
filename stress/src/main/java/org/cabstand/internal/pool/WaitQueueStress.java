package org.cabstand.internal.pool;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Stress tests of the waiting queue: no wake-up is lost, no connection is given to two threads, and none is stranded.
 */
final class WaitQueueStress {

    private WaitQueueStress() {}

    /** A queue, with the idle connections beside it. */
    static class Waiting {

        private static final Deadline PASSED = Deadline.after(Duration.ofNanos(1));

        final AtomicLong clock = new AtomicLong();
        final WaitQueue<String> queue = new WaitQueue<>(clock::get);
        final Queue<String> idle = new ConcurrentLinkedQueue<>();

        Waiter<String> join() {
            try {
                return queue.join(Integer.MAX_VALUE);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void comesBack(String connection) {
            if (!queue.mayTake(true) || !queue.handOver(connection, true)) {
                idle.add(connection);
                queue.signal();
            }
        }

        /** Whether it is worth looking. */
        boolean isAwake(Waiter<String> waiter) {
            try {
                return queue.await(waiter, PASSED);
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Lets all awakened waiters look; returns how many have no connection although there is one. */
        int forgotten(List<Waiter<String>> waiters) {
            List<Waiter<String>> left = new ArrayList<>(waiters);
            boolean moved = true;
            while (moved) {
                moved = false;
                for (Waiter<String> waiter : List.copyOf(left)) {
                    if (isAwake(waiter)) {
                        moved = true;
                        boolean served = waiter.given() != null || idle.poll() != null;
                        if (served) {
                            queue.leave(waiter, waiter.given() == null);
                            left.remove(waiter);
                        } else {
                            queue.want(waiter);
                        }
                    }
                }
            }
            return Math.min(left.size(), idle.size());
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "found, or woken up")
    @Outcome(expect = FORBIDDEN, desc = "would wait for ever beside an idle connection")
    public static class LookAndReturn extends Waiting {

        private final List<Waiter<String>> unserved = new ArrayList<>();

        @Actor
        public void looks() {
            Waiter<String> waiter = join();
            if (idle.poll() == null) {
                queue.want(waiter);
                unserved.add(waiter);
            } else {
                queue.leave(waiter, true);
            }
        }

        @Actor
        public void returns() {
            comesBack("a");
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = forgotten(unserved);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "both are served")
    @Outcome(expect = FORBIDDEN, desc = "one would wait for ever beside an idle connection")
    public static class TwoReturns extends Waiting {

        private final List<Waiter<String>> waiters = List.of(join(), join());

        public TwoReturns() {
            waiters.forEach(queue::want);
        }

        @Actor
        public void first() {
            comesBack("a");
        }

        @Actor
        public void second() {
            comesBack("b");
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = forgotten(waiters);
        }
    }

    @JCStressTest
    @State
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the other one hears of it")
    @Outcome(expect = FORBIDDEN, desc = "the signal was lost with the one that left")
    public static class LeaveAndSignal extends Waiting {

        private final Waiter<String> leaves = join();
        private final Waiter<String> stays = join();

        public LeaveAndSignal() {
            queue.want(leaves);
            queue.want(stays);
        }

        @Actor
        public void timesOut() {
            queue.leave(leaves, false);
        }

        @Actor
        public void returns() {
            comesBack("a");
        }

        @Arbiter
        public void end(I_Result r) {
            r.r1 = forgotten(List.of(stays));
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one of them has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it, or nobody")
    public static class HandOverAndLeave extends Waiting {

        private final Waiter<String> waiter = join();

        public HandOverAndLeave() {
            clock.set(Waiter.PATIENCE_NANOS);
        }

        @Actor
        public void timesOut(II_Result r) {
            r.r1 = queue.leave(waiter, false) == null ? 0 : 1;
        }

        @Actor
        public void returns() {
            comesBack("a");
        }

        @Arbiter
        public void idle(II_Result r) {
            r.r2 = idle.size();
        }
    }

    @JCStressTest
    @State
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one is handed over")
    @Outcome(expect = FORBIDDEN, desc = "one waiter was given two, or none")
    public static class TwoHandOvers extends Waiting {

        public TwoHandOvers() {
            join();
            clock.set(Waiter.PATIENCE_NANOS);
        }

        @Actor
        public void first(II_Result r) {
            r.r1 = queue.handOver("a", true) ? 1 : 0;
        }

        @Actor
        public void second(II_Result r) {
            r.r2 = queue.handOver("b", true) ? 1 : 0;
        }
    }
}
