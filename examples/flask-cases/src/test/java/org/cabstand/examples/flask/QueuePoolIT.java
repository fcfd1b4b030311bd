package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code pool_size=2, max_overflow=1, pool_timeout=2}. */
class QueuePoolIT {

    private static final int SIZE = 2;
    private static final int SIZE_WITH_OVERFLOW = 3;

    private final RunningCases cases = RunningCases.shared();

    @Test
    void whoWaitsGetsTheConnectionThatComesBack() throws SQLException {
        List<CompletableFuture<HttpResponse<String>>> all;
        try (Connection blocker = blockTheTable()) {
            all = occupyAllConnections();
            all.add(count());
            await().until(() -> cases.pool("queue-pool").getInt("waiting") == 1);
            blocker.rollback();
        }
        assertThat(all).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(cases.databases().sessions("queue-pool"))
                .isBetween((long) SIZE, (long) SIZE_WITH_OVERFLOW);
    }

    @Test
    void whoWaitsForTooLongIsToldWhy() throws SQLException {
        List<CompletableFuture<HttpResponse<String>>> all;
        try (Connection blocker = blockTheTable()) {
            all = occupyAllConnections();

            HttpResponse<String> refused = count().join();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .startsWith(
                            "CAB0101: pool 'queue-pool' is exhausted: no connection within 2s, 3 of"
                                    + " 3 in use, 0 waiting.");
            blocker.rollback();
        }
        assertThat(all).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void theOverflowIsClosedWhenItIsNoLongerNeeded() throws SQLException {
        List<CompletableFuture<HttpResponse<String>>> all;
        try (Connection blocker = blockTheTable()) {
            all = occupyAllConnections();
            assertThat(cases.databases().sessions("queue-pool")).isEqualTo(SIZE_WITH_OVERFLOW);
            blocker.rollback();
        }
        assertThat(all).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(cases.databases().sessions("queue-pool")).isEqualTo(SIZE));
    }

    /** Makes the view slow: its query waits until this connection rolls back. */
    private Connection blockTheTable() throws SQLException {
        Connection blocker = cases.databases().postgres();
        blocker.setAutoCommit(false);
        try (Statement lock = blocker.createStatement()) {
            lock.execute("lock table users in access exclusive mode");
        }
        return blocker;
    }

    private List<CompletableFuture<HttpResponse<String>>> occupyAllConnections() {
        List<CompletableFuture<HttpResponse<String>>> requests =
                new ArrayList<>(Stream.generate(this::count).limit(SIZE_WITH_OVERFLOW).toList());
        await().until(() -> cases.checkedOut("queue-pool") == SIZE_WITH_OVERFLOW);
        return requests;
    }

    private CompletableFuture<HttpResponse<String>> count() {
        return cases.send("GET", "queue-pool/count");
    }
}
