package org.cabstand.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of docs/capacity.md is computed, not guessed. */
class CapacityTest {

    private static final double REQUESTS_PER_SECOND = 500;
    private static final double HELD_MILLISECONDS = 8;

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 8, 10, 12})
    void theTableFollowsErlangsFormula(int size) throws IOException {
        double average = REQUESTS_PER_SECOND * HELD_MILLISECONDS / 1_000;
        double waiting = waiting(size, average);
        double perConnection = HELD_MILLISECONDS / (size - average);
        String row =
                String.format(
                        Locale.ROOT,
                        "| %d | %.0f %% | %.1f %% | %.2f ms | %.1f ms |",
                        size,
                        100 * average / size,
                        100 * waiting,
                        waiting * perConnection,
                        Math.max(0, perConnection * Math.log(waiting / 0.01)));
        assertThat(Files.readString(Path.of("..", "docs", "capacity.md"))).contains(row);
    }

    @ParameterizedTest
    @ValueSource(ints = {4})
    void theExampleWithManySmallInstancesToo(int size) throws IOException {
        String text = String.format(Locale.ROOT, "%.1f %%", 100 * waiting(size, 0.8));
        assertThat(Files.readString(Path.of("..", "docs", "capacity.md")))
                .contains("makes P(wait) " + text);
    }

    private static double waiting(int size, double average) {
        double term = 1; // average to the k, by k factorial
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += term;
            term *= average / (k + 1);
        }
        double full = term * size / (size - average);
        return full / (sum + full);
    }
}
