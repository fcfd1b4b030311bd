package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instead of a connection for each thread, one for each request. */
class SqliteIT {

    private static final int WRITERS = 8;
    private static final int WRITES = 25;

    private final RunningCases cases = RunningCases.shared();

    @ParameterizedTest
    @ValueSource(strings = {"file", "memory"})
    void writersAtTheSameTimeLoseNoUpdate(String where) {
        long before = Long.parseLong(cases.text("GET", "sqlite/" + where));

        CompletableFuture.allOf(
                        IntStream.range(0, WRITERS)
                                .mapToObj(i -> CompletableFuture.runAsync(() -> write(where)))
                                .toArray(CompletableFuture[]::new))
                .join();

        assertThat(Long.parseLong(cases.text("GET", "sqlite/" + where)))
                .isEqualTo(before + WRITERS * WRITES);
    }

    private void write(String where) {
        for (int i = 0; i < WRITES; i++) {
            cases.text("POST", "sqlite/" + where);
        }
    }
}
