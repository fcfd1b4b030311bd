package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the next attempt to open a session may be made, with a clock of its own. */
class OpeningBackoffTest {

    private final AtomicLong clock = new AtomicLong(TimeUnit.DAYS.toNanos(1));
    private final OpeningBackoff backoff = new OpeningBackoff(clock::get);

    private long pauseMillis() {
        return TimeUnit.NANOSECONDS.toMillis(backoff.remainingNanos(false, true));
    }

    @Test
    void nothingIsHeldUpWhileAllIsWell() {
        assertThat(backoff.isFailing()).isFalse();
        assertThat(backoff.remainingNanos(true, true)).isZero();
        assertThat(backoff.remainingNanos(false, false)).isZero();
        assertThat(backoff.succeeded()).isNull();
    }

    @Test
    void pausesGrowUpToAQuarterOfASecond() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            backoff.failed(true);
            pauses.add(pauseMillis());
        }
        assertThat(pauses).containsExactly(20L, 40L, 80L, 160L, 250L, 250L, 250L);
    }

    @Test
    void onlyTheFirstFailureIsTheFirst() {
        assertThat(backoff.failed(true)).isTrue();
        assertThat(backoff.failed(true)).isFalse();
        backoff.succeeded();
        assertThat(backoff.failed(true)).isTrue();
    }

    @Test
    void whereNobodyWaitsThePauseIsLonger() {
        backoff.failed(true);
        assertThat(backoff.remainingNanos(false, false))
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(20) + OpeningBackoff.PAUSE_ALONE_NANOS);
    }

    @Test
    void anAttemptThatHangsHoldsUpTheNextForASecond() {
        backoff.failed(true);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(pauseMillis()).isZero();
        backoff.begun();
        assertThat(backoff.remainingNanos(true, true)).isEqualTo(OpeningBackoff.NEXT_ATTEMPT_NANOS);
        clock.addAndGet(OpeningBackoff.NEXT_ATTEMPT_NANOS);
        assertThat(backoff.remainingNanos(true, true)).isZero();
    }

    @Test
    void attemptsThatKeepTheirThreadsMakeThePauseLonger() {
        for (int i = 0; i < OpeningBackoff.HARMLESS; i++) {
            backoff.hangs();
            backoff.failed(true);
        }
        assertThat(pauseMillis()).isEqualTo(250);
        for (int i = 0; i < 30; i++) {
            backoff.hangs();
        }
        assertThat(pauseMillis()).isEqualTo(3_000);
        backoff.begun();
        assertThat(backoff.remainingNanos(true, true)).isEqualTo(TimeUnit.SECONDS.toNanos(3));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(pauseMillis()).isEqualTo(2_000);
        for (int i = 0; i < 30; i++) {
            backoff.cameBack();
        }
        assertThat(backoff.remainingNanos(false, true)).isNegative();
    }

    @Test
    void aRefusedLoginHasAPauseOfItsOwn() {
        backoff.failed(false);
        assertThat(backoff.isFailing()).isTrue();
        assertThat(pauseMillis()).isZero();
    }

    @Test
    void theEndOfAnOutageTellsHowLongItLasted() {
        backoff.failed(true);
        clock.addAndGet(Duration.ofSeconds(3).toNanos());
        backoff.failed(true);
        assertThat(backoff.succeeded())
                .isEqualTo(new OpeningBackoff.Outage(2, Duration.ofSeconds(3)));
        assertThat(backoff.isFailing()).isFalse();
    }

    @Test
    void aClockThatOverflowsIsNoTrouble() {
        clock.set(Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(5));
        backoff.failed(true);
        assertThat(pauseMillis()).isEqualTo(20);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(19)); // beyond the largest number
        assertThat(pauseMillis()).isEqualTo(1);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(pauseMillis()).isZero();
    }
}
