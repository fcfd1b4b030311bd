package org.cabstand.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.cabstand.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One outage is one report, however long it goes on; what follows is counted. */
class OutageLogTest {

    /** Ends periods when it is told to. */
    private static final class Timer extends ScheduledThreadPoolExecutor {

        private final Queue<Runnable> due = new ArrayDeque<>();
        private final List<Long> seconds = new ArrayList<>();

        Timer() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            due.add(task);
            seconds.add(unit.toSeconds(delay));
            return null;
        }

        void endPeriod() {
            due.remove().run();
        }
    }

    private final Timer timer = new Timer();
    private final OutageLog log = new OutageLog("test", timer);
    private final CapturedLog captured = new CapturedLog();

    @AfterEach
    void stop() {
        captured.close();
        timer.shutdownNow();
    }

    @Test
    void aTroubleThatGoesOnIsNotReportedAgain() {
        assertThat(log.begin()).isTrue();
        for (int period = 0; period < 5; period++) {
            assertThat(log.begin()).isFalse();
            timer.endPeriod();
        }
        timer.endPeriod();
        assertThat(timer.due).as("it is over").isEmpty();
        assertThat(timer.seconds).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
        assertThat(captured.at(Level.INFO)).as("nothing more has happened").isEmpty();
        assertThat(log.begin()).isTrue();
    }

    @Test
    void furtherOccurrencesAreCountedInASummary() {
        assertThat(log.begin()).isTrue();
        log.add(3, "CAB0001: earlier");
        log.add(4, "CAB0002: later");
        timer.endPeriod();
        assertThat(captured.at(Level.INFO))
                .containsExactly(
                        "CAB0245: pool 'test': the same happened 7 more time(s) within 5s, most"
                                + " recently: CAB0002: later");
    }

    @Test
    void nothingIsCountedBeforeTheTroubleHasBegun() {
        log.add(3, "CAB0001: earlier");
        assertThat(log.begin()).isTrue();
        timer.endPeriod();
        assertThat(captured.at(Level.INFO)).isEmpty();
    }

    @Test
    void anOccurrenceIsTheFirstOrCounted() {
        assertThat(log.count("first")).isTrue();
        assertThat(log.count("second")).isFalse();
        timer.endPeriod();
        assertThat(captured.at(Level.INFO)).singleElement().asString().contains("1 more", "second");
    }

    @Test
    void theEndSaysWhatWasNotSaidYet() {
        assertThat(log.count("first")).isTrue();
        log.add(2, "last");
        log.end();
        assertThat(captured.at(Level.INFO)).singleElement().asString().contains("2 more", "last");
        assertThat(log.begin()).as("nobody sums up any more").isTrue();
    }
}
