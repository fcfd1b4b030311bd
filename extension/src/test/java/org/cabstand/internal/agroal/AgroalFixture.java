package org.cabstand.internal.agroal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** A pool of Agroal, and members that stand for sessions. */
abstract class AgroalFixture {

    final AtomicInteger available = new AtomicInteger();
    final AgroalPool<Kept> pool = pool(null);

    AgroalPool<Kept> pool(Duration idleTimeout) {
        return new AgroalPool<>("contract", Kept.class, idleTimeout, available::incrementAndGet);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** Stands for a session. */
    static final class Kept extends AgroalMember {

        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger asked = new AtomicInteger();
        volatile boolean mayStay = true;
        volatile boolean reaped;
        volatile CountDownLatch checking;
        volatile CountDownLatch mayAnswer;

        boolean mayStay() {
            asked.incrementAndGet();
            if (checking != null) {
                checking.countDown();
                try {
                    mayAnswer.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return mayStay;
        }

        @Override
        protected void reaped() {
            reaped = true;
        }

        @Override
        protected void close() {
            closed.incrementAndGet();
        }

        boolean isClosed() {
            return closed.get() > 0;
        }
    }

    Kept add(AgroalPool<Kept> to) {
        Kept kept = new Kept();
        assertThat(to.add(kept)).isTrue();
        return kept;
    }

    /** Begins a check that does not end before {@code mayAnswer} is counted down. */
    void beginCheckOf(Kept kept) throws InterruptedException {
        kept.mayAnswer = new CountDownLatch(1);
        kept.checking = new CountDownLatch(1);
        pool.check();
        assertThat(kept.checking.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
