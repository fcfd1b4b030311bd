package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.cabstand.console.internal.History.Sample;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    private void add(int seconds, int active, int waiting) {
        for (int i = 0; i < seconds; i++) {
            history.add(new Sample(active, 0, waiting, 10));
        }
    }

    @Test
    void itRemembersFiveMinutesAndNoMore() {
        assertThat(history.highest(5)).isEmpty();

        add(10_000, 1, 0);
        assertThat(history.highest(1)).hasSize(300);
        assertThat(history.highest(5)).hasSizeBetween(59, 60);
    }

    @Test
    void aSpanShowsItsHighestNumbers() {
        add(4, 1, 0);
        add(1, 9, 3);
        add(5, 2, 7);

        assertThat(history.highest(5))
                .containsExactly(new Sample(9, 0, 3, 10), new Sample(2, 0, 7, 10));
    }

    @Test
    void aSpanThatHasBegunIsShownAndDoesNotMoveTheOthers() {
        add(5, 3, 0);
        assertThat(history.highest(5)).containsExactly(new Sample(3, 0, 0, 10));

        add(1, 4, 0);
        assertThat(history.highest(5))
                .containsExactly(new Sample(3, 0, 0, 10), new Sample(4, 0, 0, 10));
    }
}
