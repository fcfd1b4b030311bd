package org.cabstand.internal.agroal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of Agroal that we rely on. A test that fails after an upgrade names what has changed;
 * {@link AgroalPool} is the only class to change then.
 */
class AgroalContractTest extends AgroalFixture {

    /** {@code getConnection()} gives a connection that is at rest, and blocks for none. */
    @Test
    void whatWasAddedIsTakenOnce() {
        pool.start(0, 2, Kept::mayStay);
        assertThat(pool.take()).isNull();
        Kept kept = add(pool);
        assertThat(pool.take()).isSameAs(kept);
        assertThat(pool.take()).isNull();
    }

    /** {@code isHealthy(true)} takes a new connection in on the calling thread, and leaves it at rest. */
    @Test
    void addingIsDoneWhenItReturns() {
        pool.start(0, 3, Kept::mayStay);
        Set<Kept> added = Set.of(add(pool), add(pool), add(pool));
        assertThat(available).hasValue(6); // pooled, and validated
        assertThat(Set.of(pool.take(), pool.take(), pool.take())).isEqualTo(added);
    }

    /** A pool of {@code max-size} is taken in as a whole: adding asks for no room. */
    @Test
    void aFullPoolNeverBlocks() {
        pool.start(0, 1, Kept::mayStay);
        Kept kept = add(pool);
        assertThat(pool.take()).isSameAs(kept);
        long before = System.nanoTime();
        assertThat(pool.take()).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }

    /** Closing what was lent gives it back, and is told by {@code onConnectionReturn}. */
    @Test
    void whatIsGivenBackIsSignalledAndTakenAgain() throws Exception {
        pool.start(0, 1, Kept::mayStay);
        Kept kept = add(pool);
        pool.take();
        int before = available.get();
        pool.giveBack(kept);
        assertThat(available).hasValue(before + 1);
        assertThat(pool.take()).isSameAs(kept);
        assertThat(kept.closed).hasValue(0);
    }

    /** A warning that the exception sorter calls fatal has Agroal remove a connection at its return. */
    @Test
    void whatIsEvictedHasNoPlaceAnyMore() throws Exception {
        pool.start(0, 1, Kept::mayStay);
        Kept kept = add(pool);
        pool.take();
        pool.evict(kept);
        assertThat(kept.isClosed()).isTrue();
        assertThat(pool.take()).isNull();
        Kept next = add(pool);
        assertThat(pool.take()).isSameAs(next);
    }

    /** {@code reapTimeout}: what nobody has used is closed, told by {@code onConnectionReap} before it is closed. */
    @Test
    void whatIsIdleForTooLongIsReapedDownToMinSize() {
        AgroalPool<Kept> reaping = pool(Duration.ofMillis(50));
        reaping.start(1, 3, Kept::mayStay);
        try {
            List<Kept> all = List.of(add(reaping), add(reaping), add(reaping));
            await().until(() -> all.stream().filter(Kept::isClosed).count() == 2);
            assertThat(all).allMatch(kept -> kept.reaped == kept.isClosed());
            assertThat(reaping.take()).matches(kept -> !kept.isClosed());
            assertThat(reaping.take()).isNull();
        } finally {
            reaping.close();
        }
    }

    /** The clock of {@code reapTimeout} starts anew with each return. */
    @Test
    void whatIsUsedIsNotReaped() throws Exception {
        AgroalPool<Kept> reaping = pool(Duration.ofMillis(200));
        reaping.start(0, 1, Kept::mayStay);
        try {
            Kept kept = add(reaping);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (System.nanoTime() < end) {
                if (reaping.take() != null) {
                    reaping.giveBack(kept);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(kept.isClosed()).isFalse();
            await().until(kept::isClosed);
            assertThat(reaping.take()).isNull();
        } finally {
            reaping.close();
        }
    }

    /** {@code flush(INVALID)} asks for each one at rest, and closes those that may not stay. */
    @Test
    void aCheckClosesWhatMayNotStay() {
        pool.start(0, 2, Kept::mayStay);
        Kept stays = add(pool);
        Kept goes = add(pool);
        goes.mayStay = false;
        pool.check();
        await().until(goes::isClosed);
        assertThat(goes.reaped).isFalse();
        assertThat(pool.take()).isSameAs(stays);
        assertThat(pool.take()).isNull();
    }

    /** Connections in use are not validated. */
    @Test
    void aCheckLeavesAloneWhatIsInUse() throws Exception {
        pool.start(0, 1, Kept::mayStay);
        Kept kept = add(pool);
        pool.take();
        kept.mayStay = false;
        pool.check();
        Kept other = add(pool);
        other.mayStay = false;
        pool.check();
        await().until(other::isClosed);
        assertThat(kept.isClosed()).isFalse();
    }

    /** While it is asked, a connection is away: nobody waits for it. */
    @Test
    void whatIsCheckedIsNotTaken() throws Exception {
        pool.start(0, 1, Kept::mayStay);
        Kept kept = add(pool);
        beginCheckOf(kept);
        assertThat(pool.take()).isNull();
        int before = available.get();
        kept.mayAnswer.countDown();
        await().until(() -> available.get() == before + 1);
        assertThat(pool.take()).isSameAs(kept);
    }

    /** {@code beforeConnectionFlush} tells that a check begins: until then it stands for all that are asked for. */
    @Test
    void checksDoNotPileUp() throws Exception {
        pool.start(0, 1, Kept::mayStay);
        Kept kept = add(pool);
        kept.asked.set(0);
        beginCheckOf(kept);
        for (int i = 0; i < 100; i++) {
            pool.check();
        }
        kept.mayAnswer.countDown();
        await().until(() -> kept.asked.get() == 2);
        kept.mayStay = false;
        pool.check();
        await().until(kept::isClosed);
        assertThat(kept.asked).hasValue(3);
    }

    /** A check of an empty pool, of which nothing tells, is not the last one. */
    @Test
    void anEmptyPoolIsCheckedAgain() {
        pool.start(0, 1, Kept::mayStay);
        pool.check();
        Kept kept = add(pool);
        kept.mayStay = false;
        pool.check();
        await().until(kept::isClosed);
    }

    /** A new connection is taken in while others are checked. */
    @Test
    void addingDoesNotWaitForACheck() throws Exception {
        pool.start(0, 2, Kept::mayStay);
        Kept kept = add(pool);
        beginCheckOf(kept);
        Kept other = add(pool);
        assertThat(pool.take()).isSameAs(other);
        kept.mayAnswer.countDown();
    }

    /** {@code setMinSize} and {@code setMaxSize} hold at once, in either direction. */
    @Test
    void sizesMayChange() {
        AgroalPool<Kept> reaping = pool(Duration.ofMillis(50));
        reaping.start(2, 2, Kept::mayStay);
        try {
            List<Kept> all = List.of(add(reaping), add(reaping));
            reaping.resize(5, 9);
            reaping.resize(0, 2);
            await().until(() -> all.stream().allMatch(Kept::isClosed));
        } finally {
            reaping.close();
        }
    }

    /** {@code close()} closes what is at rest and what is in use, and lets nothing in any more. */
    @Test
    void closingClosesEverything() {
        pool.start(0, 2, Kept::mayStay);
        Kept atRest = add(pool);
        Kept inUse = add(pool);
        pool.take();
        pool.close();
        assertThat(atRest.isClosed()).isTrue();
        assertThat(inUse.isClosed()).isTrue();
        assertThat(pool.take()).isNull();
        assertThat(pool.add(new Kept())).isFalse();
    }

    /** The class for Agroal is made while a pool starts: pools that start together keep apart. */
    @Test
    void eachPoolHasItsOwnConnections() {
        AgroalPool<Kept> other = pool(null);
        pool.start(0, 1, Kept::mayStay);
        other.start(0, 1, Kept::mayStay);
        try {
            Kept kept = add(pool);
            assertThat(other.take()).isNull();
            assertThat(pool.take()).isSameAs(kept);
        } finally {
            other.close();
        }
    }
}
