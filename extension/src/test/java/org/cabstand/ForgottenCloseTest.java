package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who does not give back what it borrowed is named by its place, whatever its thread does since. */
class ForgottenCloseTest {

    private final ExecutorService server = Executors.newSingleThreadExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final CapturedLog log = new CapturedLog();
    private final List<Connection> forgotten = new ArrayList<>();
    private TestApplication app;

    private void start(TestDatabase database, String... settings) {
        app = TestApplication.start(database.pool(settings));
    }

    @AfterEach
    void stop() throws SQLException, InterruptedException {
        end.countDown();
        server.shutdownNow();
        assertThat(server.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        for (Connection connection : forgotten) {
            connection.close();
        }
        log.close();
        app.close();
    }

    private void onTheServersThread(Callable<?> request) throws Exception {
        server.submit(request).get(20, TimeUnit.SECONDS);
    }

    /** A use that nobody ends. */
    private Void forget() throws SQLException {
        forgotten.add(app.dataSource().getConnection());
        Sql.run(forgotten.get(0), "select 1");
        return null;
    }

    /** Another request. */
    private Void other(CountDownLatch begun) throws InterruptedException {
        begun.countDown();
        end.await();
        return null;
    }

    private String exhausted() {
        DataSource pool = app.dataSource();
        return catchThrowableOfType(PoolExhaustedException.class, pool::getConnection).getMessage();
    }

    private String leak() {
        await().atMost(Duration.ofSeconds(10)).until(() -> !log.warnings().isEmpty());
        return log.warnings().get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void theBorrowIsNamedAndNotTheRequestThatRunsOnThatThreadNow(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1", "acquisition-timeout", "200ms", "leak-timeout", "300ms");
        onTheServersThread(this::forget);
        CountDownLatch begun = new CountDownLatch(1);
        server.submit(() -> other(begun));
        begun.await();

        assertThat(List.of(exhausted(), leak()))
                .allSatisfy(
                        report ->
                                assertThat(report)
                                        .contains(
                                                ", borrowed at org.cabstand.ForgottenCloseTest.forget(ForgottenCloseTest.java:")
                                        .contains("the connection was not returned")
                                        .doesNotContain("other"));
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void aThreadThatHasNothingToDoIsSaidToBeIdle(TestDatabase database) throws Exception {
        start(database, "max-size", "1", "acquisition-timeout", "200ms", "leak-timeout", "300ms");
        onTheServersThread(this::forget);

        assertThat(List.of(exhausted(), leak()))
                .allSatisfy(
                        report ->
                                assertThat(report)
                                        .containsSubsequence(
                                                "borrowed at",
                                                ".forget(",
                                                "that thread is idle now: the connection was not returned"));
    }

    @Test
    void withoutLeakTimeoutAnIdleThreadIsRecognizedAndTheKeyThatTellsMoreIsNamed()
            throws Exception {
        start(TestDatabase.H2, "max-size", "1", "acquisition-timeout", "100ms");
        onTheServersThread(this::forget);

        assertThat(exhausted())
                .contains("that thread is idle now: the connection was not returned")
                .contains("'cabstand.pool.test.leak-timeout' shows where it was borrowed")
                .doesNotContain("now at")
                .doesNotContain("java.util.concurrent");
    }

    @Test
    void aThreadThatHasEndedIsSaidToHave() throws Exception {
        start(TestDatabase.H2, "max-size", "1", "acquisition-timeout", "100ms");
        onTheServersThread(this::forget);
        server.shutdown();
        assertThat(server.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

        assertThat(exhausted()).contains("that thread has ended: the connection was not returned");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void whatTheDriverDoesStandsBackBehindTheApplicationsFrame(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1", "acquisition-timeout", "300ms");
        CountDownLatch borrowed = new CountDownLatch(1);
        var query =
                server.submit(
                        () -> {
                            try (Connection connection = app.dataSource().getConnection()) {
                                borrowed.countDown();
                                slowQuery(connection, database);
                            }
                            return null;
                        });
        borrowed.await();

        assertThat(exhausted())
                .contains(", now at org.cabstand.Sql.run(Sql.java:")
                .doesNotContain("not returned");
        query.get(20, TimeUnit.SECONDS);
    }

    private static void slowQuery(Connection connection, TestDatabase database)
            throws SQLException {
        Sql.run(
                connection,
                database == TestDatabase.POSTGRESQL ? "select pg_sleep(2)" : "select sleep(2)");
    }

    @Test
    void whoIsStillAtWorkIsNamedWithWhereItIsNow() throws Exception {
        start(
                TestDatabase.H2,
                "max-size",
                "1",
                "acquisition-timeout",
                "100ms",
                "leak-timeout",
                "200ms");
        CountDownLatch begun = new CountDownLatch(1);
        server.submit(() -> longWork(begun));
        begun.await();

        assertThat(List.of(exhausted(), leak()))
                .allSatisfy(
                        report ->
                                assertThat(report)
                                        .containsSubsequence(
                                                ", borrowed at org.cabstand.ForgottenCloseTest.longWork(",
                                                ", now at org.cabstand.ForgottenCloseTest.other(")
                                        .doesNotContain("not returned"));
    }

    private Void longWork(CountDownLatch begun) throws SQLException, InterruptedException {
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "select 1");
            return other(begun);
        }
    }

    @Test
    void whoWasHandedAConnectionAndUsesItIsItsHolder() throws Exception {
        start(TestDatabase.H2, "max-size", "1", "acquisition-timeout", "100ms");
        Connection connection = app.dataSource().getConnection();
        forgotten.add(connection);
        onTheServersThread(
                () -> {
                    Thread.currentThread().setName("handed-over");
                    Sql.run(connection, "select 1");
                    return null;
                });

        assertThat(exhausted())
                .contains("Held longest by thread 'handed-over'")
                .contains("idle now");
    }

    @Test
    void aLeakThatComesBackIsNamedByThePlaceOfItsBorrow() throws Exception {
        start(TestDatabase.H2, "leak-timeout", "50ms");
        onTheServersThread(this::forget);
        leak();
        forgotten.get(0).close();

        assertThat(log.at(java.util.logging.Level.INFO))
                .anySatisfy(
                        report ->
                                assertThat(report)
                                        .startsWith("CAB0208: pool 'test'")
                                        .contains("borrowed at")
                                        .contains(".forget("));
    }
}
