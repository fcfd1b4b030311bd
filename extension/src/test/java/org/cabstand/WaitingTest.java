package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets the connection that comes back. */
class WaitingTest {

    private static final int PATIENCE_IS_OVER_MS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static TestApplication pool(String database, int size) {
        return TestApplication.start(
                TestApplication.h2(
                        database,
                        "max-size",
                        Integer.toString(size),
                        "acquisition-timeout",
                        "20s"));
    }

    private Future<Connection> borrowElsewhere(TestApplication app) throws InterruptedException {
        int waiting = app.state().waiting();
        Future<Connection> borrower = threads.submit(() -> app.dataSource().getConnection());
        await().until(() -> app.state().waiting() == waiting + 1);
        TimeUnit.MILLISECONDS.sleep(PATIENCE_IS_OVER_MS);
        return borrower;
    }

    @Test
    void nobodyPassesOneWhoHasWaitedForLong() throws Exception {
        try (var app = pool("patience", 1)) {
            Connection connection = app.dataSource().getConnection();
            for (int i = 0; i < 20; i++) {
                Future<Connection> waiting = borrowElsewhere(app);
                connection.close();
                // runs already, while the other one has to be woken up
                Future<Connection> newcomer =
                        threads.submit(() -> app.dataSource().getConnection());
                connection = waiting.get(10, TimeUnit.SECONDS);
                TimeUnit.MILLISECONDS.sleep(PATIENCE_IS_OVER_MS);
                assertThat(newcomer).isNotDone();
                connection.close();
                connection = newcomer.get(10, TimeUnit.SECONDS);
            }
            connection.close();
            assertThat(app.state().active()).isZero();
        }
    }

    @Test
    void thoseWhoWaitAreServedInTheirOrder() throws Exception {
        try (var app = pool("order", 1)) {
            Connection connection = app.dataSource().getConnection();
            List<Future<Connection>> waiting = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                waiting.add(borrowElsewhere(app));
            }
            for (int i = 0; i < 5; i++) {
                connection.close();
                connection = waiting.get(i).get(10, TimeUnit.SECONDS);
                assertThat(waiting.subList(i + 1, 5)).noneMatch(Future::isDone);
            }
            connection.close();
        }
    }

    @Test
    void whoBorrowsAgainAtOnceIsLastInTheLine() throws Exception {
        try (var app = pool("again", 1)) {
            List<String> served = Collections.synchronizedList(new ArrayList<>());
            Connection connection = app.dataSource().getConnection();
            List<Future<?>> borrowers = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                borrowers.add(
                        threads.submit(
                                () -> {
                                    borrowTwice(app, name, served);
                                    return null;
                                }));
                await().until(() -> app.state().waiting() == borrowers.size());
            }
            TimeUnit.MILLISECONDS.sleep(PATIENCE_IS_OVER_MS);
            connection.close();
            for (Future<?> borrower : borrowers) {
                borrower.get(10, TimeUnit.SECONDS);
            }
            assertThat(served).containsExactly("a", "b", "c", "a", "b", "c");
        }
    }

    @Test
    void whoWaitedForAMomentOnlyDoesNotPassThoseBehindWhenItBorrowsAgain() throws Exception {
        try (var app = pool("moment", 1)) {
            for (int i = 0; i < 20; i++) {
                List<String> served = Collections.synchronizedList(new ArrayList<>());
                Connection connection = app.dataSource().getConnection();
                Sql.one(connection, "select 1");
                Future<?> first = threads.submit(() -> workTwice(app, "first", served));
                awaitAtOnce(app, 1);
                Future<?> second = threads.submit(() -> work(app, "second", served));
                awaitAtOnce(app, 2);
                connection.close();
                first.get(10, TimeUnit.SECONDS);
                second.get(10, TimeUnit.SECONDS);
                assertThat(served).hasSize(3).last().isEqualTo("first");
            }
        }
    }

    /** Polling with pauses would take longer than the patience of who waits. */
    private static void awaitAtOnce(TestApplication app, int waiting) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (app.state().waiting() < waiting) {
            assertThat(end - System.nanoTime()).isPositive();
            Thread.onSpinWait();
        }
    }

    private static Void workTwice(TestApplication app, String name, List<String> served)
            throws SQLException, InterruptedException {
        work(app, name, served);
        return work(app, name, served);
    }

    private static Void work(TestApplication app, String name, List<String> served)
            throws SQLException, InterruptedException {
        try (Connection c = app.dataSource().getConnection()) {
            served.add(name);
            Sql.one(c, "select 1");
            TimeUnit.MILLISECONDS.sleep(PATIENCE_IS_OVER_MS);
        }
        return null;
    }

    private static void borrowTwice(TestApplication app, String name, List<String> served)
            throws SQLException, InterruptedException {
        for (int i = 0; i < 2; i++) {
            try (Connection c = app.dataSource().getConnection()) {
                assertThat(c.isClosed()).isFalse();
                served.add(name);
                TimeUnit.MILLISECONDS.sleep(PATIENCE_IS_OVER_MS);
            }
        }
    }

    @Test
    void aConnectionHandedToOneWhoIsInterruptedIsNotLost() throws Exception {
        try (var app = pool("handed", 1)) {
            for (int i = 0; i < 100; i++) {
                Connection connection = app.dataSource().getConnection();
                Thread waiting = new Thread(() -> borrowAndClose(app));
                waiting.start();
                await().pollInterval(1, TimeUnit.MILLISECONDS)
                        .until(() -> app.state().waiting() == 1);
                TimeUnit.MILLISECONDS.sleep(10);
                Thread returning = new Thread(() -> close(connection));
                returning.start();
                waiting.interrupt();
                returning.join();
                waiting.join();
                assertThat(app.state()).extracting("active", "waiting").containsExactly(0, 0);
            }
        }
    }

    private static void borrowAndClose(TestApplication app) {
        try (Connection c = app.dataSource().getConnection()) {
            assertThat(c.isClosed()).isFalse();
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("CAB0109");
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void moreThanTheCacheHoldsAreAllFoundAgain() throws Exception {
        int size = 150;
        FakeDatabase database = new FakeDatabase("large");
        try (var app =
                TestApplication.start(database.pool("max-size", "150", "idle-timeout", "off"))) {
            for (int round = 0; round < 5; round++) {
                List<Connection> all = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    all.add(app.dataSource().getConnection());
                }
                Collections.shuffle(all, new Random(round));
                List<Future<?>> returning = new ArrayList<>();
                for (int part = 0; part < 5; part++) {
                    List<Connection> some = all.subList(part * size / 5, (part + 1) * size / 5);
                    returning.add(threads.submit(() -> some.forEach(WaitingTest::close)));
                }
                for (Future<?> one : returning) {
                    one.get(10, TimeUnit.SECONDS);
                }
                assertThat(app.state()).extracting("active", "idle").containsExactly(0, size);
            }
            assertThat(database.logins()).as("none was lost and replaced").hasSize(size);
        }
    }

    @Test
    void whatTheCacheGivesBackToAgroalCountsAsIdleAllTheTime() throws Exception {
        int size = 50;
        FakeDatabase database = new FakeDatabase("settling");
        try (var app = TestApplication.start(database.pool("max-size", "50"))) {
            for (int i = 0; i < 3; i++) {
                List<Connection> all = new ArrayList<>();
                while (all.size() < size) {
                    all.add(app.dataSource().getConnection());
                }
                all.forEach(WaitingTest::close);
                // once a second the cache is cleared
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_100);
                while (end - System.nanoTime() > 0) {
                    assertThat(app.state()).extracting("active", "idle").containsExactly(0, size);
                }
            }
        }
    }

    @Test
    void manyOnFewAreAllServedAndNoneIsForgotten() throws Exception {
        AtomicInteger served = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (var app = pool("many", 3)) {
            Callable<Void> borrower =
                    () -> {
                        for (int i = 0; i < 2_000; i++) {
                            try (Connection c = app.dataSource().getConnection()) {
                                most.accumulateAndGet(together.incrementAndGet(), Math::max);
                                if (i % 50 == 0) {
                                    Sql.one(c, "select 1");
                                    TimeUnit.MILLISECONDS.sleep(2);
                                }
                                together.decrementAndGet();
                            }
                            served.incrementAndGet();
                        }
                        return null;
                    };
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(borrower));
            }
            for (Future<Void> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(served.get()).isEqualTo(16 * 2_000);
            assertThat(most.get()).isEqualTo(3);
            assertThat(app.state()).extracting("active", "waiting").containsExactly(0, 0);
        }
    }
}
