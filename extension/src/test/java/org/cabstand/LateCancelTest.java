package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancellation that comes too late does not strike the statement of the session's next user. */
class LateCancelTest {

    private static final int TIMES = 150;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void use(TestApplication app) throws SQLException {
        try (Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Returns the connection while its statement is being cancelled. */
    private Future<?> useAndCancel(TestApplication app, CountDownLatch cancelling)
            throws Exception {
        try (Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            Future<?> cancel =
                    threads.submit(
                            () -> {
                                statement.cancel();
                                return null;
                            });
            cancelling.await();
            return cancel;
        }
    }

    /** Takes some milliseconds, and is 1 unless it is interrupted. */
    private static String work(TestDatabase database) {
        return switch (database) {
            case POSTGRESQL -> "select count(*) from (select pg_sleep(0.003)) s";
            case MARIADB, MYSQL -> "select 1 - sleep(0.003)";
            case H2 -> "select count(*) / 20000 from system_range(1, 20000)";
            case SQLITE ->
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)"
                            + " select count(*) / 20000 from n";
        };
    }

    private static int result(Statement statement, TestDatabase database) throws SQLException {
        try (ResultSet result = statement.executeQuery(work(database))) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    private void cancelSometime(Connection connection, TestDatabase database, long after)
            throws SQLException {
        Statement statement = connection.createStatement();
        threads.execute(
                () -> {
                    LockSupport.parkNanos(after);
                    try {
                        statement.cancel();
                    } catch (SQLException e) {
                        // much too late: the connection is closed
                    }
                });
        try {
            result(statement, database);
        } catch (SQLException e) {
            // in time
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextUserIsNotHit(TestDatabase database) throws Exception {
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            for (int i = 0; i < TIMES; i++) {
                try (Connection connection = app.dataSource().getConnection()) {
                    cancelSometime(connection, database, TimeUnit.MICROSECONDS.toNanos(20L * i));
                }
                try (Connection next = app.dataSource().getConnection();
                        Statement statement = next.createStatement()) {
                    assertThat(result(statement, database)).as("the %dth", i).isOne();
                }
            }
        }
    }

    @Test
    void aSessionWhoseCancellationHangsIsNotUsedAgain() throws Exception {
        CountDownLatch cancelling = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        List<Object> users = new CopyOnWriteArrayList<>();
        FakeDatabase database =
                new FakeDatabase("cancel-hangs")
                        .on(
                                "cancel",
                                (session, args) -> {
                                    cancelling.countDown();
                                    done.await();
                                    return null;
                                })
                        .on(
                                "execute",
                                (session, args) -> {
                                    users.add(session);
                                    return true;
                                });
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            Future<?> cancel = useAndCancel(app, cancelling);
            use(app);
            assertThat(users).hasSize(2).doesNotHaveDuplicates();
            done.countDown();
            cancel.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSessionIsUsedAgainWhenItsCancellationHasEnded() throws Exception {
        CountDownLatch cancelling = new CountDownLatch(1);
        List<Object> users = new CopyOnWriteArrayList<>();
        FakeDatabase database =
                new FakeDatabase("cancel-ends")
                        .on(
                                "cancel",
                                (session, args) -> {
                                    cancelling.countDown();
                                    TimeUnit.MILLISECONDS.sleep(50);
                                    throw new SQLException("nothing to cancel");
                                })
                        .on(
                                "execute",
                                (session, args) -> {
                                    users.add(session);
                                    return true;
                                });
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            Future<?> cancel = useAndCancel(app, cancelling);
            assertThatThrownBy(() -> cancel.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("nothing to cancel");
            use(app);
            assertThat(users).hasSize(2).containsOnly(users.get(0));
        }
    }
}
