package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operators at work while everybody borrows: the database never sees more sessions than it may. */
@Timeout(120)
class OperationsUnderLoadTest {

    private static final int MOST = 6;
    private static final int OPERATORS = 3;
    private static final int STEPS = 60;

    /** Each does this and that, at random, and leaves the pool open. */
    private static void operate(PoolOperations pool, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(5)) {
                case 0 -> pool.evictAll();
                case 1 -> pool.evictIdle();
                case 2 -> pool.suspend();
                case 3 -> {
                    int max = 1 + random.nextInt(MOST);
                    pool.changeLimits(random.nextInt(max + 1), max, Duration.ofSeconds(30));
                }
                default -> pool.state();
            }
            pool.resume();
        }
    }

    private static void operate(PoolOperations pool) throws InterruptedException {
        List<Thread> operators = new ArrayList<>();
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < OPERATORS; i++) {
            long seed = i;
            Thread operator = new Thread(() -> operate(pool, seed), "operator-" + i);
            operator.setUncaughtExceptionHandler((thread, e) -> failed.incrementAndGet());
            operators.add(operator);
            operator.start();
        }
        for (Thread operator : operators) {
            operator.join();
        }
        assertThat(failed).hasValue(0);
    }

    /** The database that counts each session from before its login to after its end. */
    @Test
    void neverMoreThanMaxSize() throws Exception {
        FakeDatabase database = new FakeDatabase("operated");
        Map<String, String> settings =
                database.pool("max-size", "" + MOST, "acquisition-timeout", "30s");
        try (var app = TestApplication.start(settings)) {
            PoolOperations pool = app.get(PoolOperations.class);
            try (Traffic traffic =
                    new Traffic(10, app.dataSource(), connection -> Sql.run(connection, "x"))) {
                operate(pool);
                pool.changeLimits(0, 2, Duration.ofSeconds(30));
                traffic.serve(50);
                await().until(() -> database.sessions() <= 2);
                database.forgetMostSessions();
                pool.evictAll();
                traffic.serve(50);
                assertThat(traffic.failures()).isEmpty();
                assertThat(database.mostSessions()).as("since it is 2").isLessThanOrEqualTo(2);
            }
            await().until(() -> app.state().active() == 0 && app.state().waiting() == 0);
        }
        assertThat(database.sessions()).isZero();
    }

    /** A real one, whose work must be whole: each request adds one, in a transaction of its own. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void nobodysWorkIsLostOrCut(TestDatabase database) throws Exception {
        Map<String, String> settings =
                database.pool("max-size", "" + MOST, "acquisition-timeout", "30s");
        try (var app = TestApplication.start(settings)) {
            try (Connection connection = app.dataSource().getConnection()) {
                Sql.run(connection, "drop table if exists operated");
                Sql.run(connection, "create table operated (id int)");
            }
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger mostSessions = new AtomicInteger();
            Thread counter = new Thread(() -> count(database, over, mostSessions), "counter");
            counter.start();
            Traffic traffic = new Traffic(10, app.dataSource(), OperationsUnderLoadTest::addOne);
            try (traffic) {
                operate(app.get(PoolOperations.class));
                traffic.serve(20);
            } finally {
                over.set(true);
                counter.join();
            }
            assertThat(traffic.failures()).isEmpty();
            if (database == TestDatabase.POSTGRESQL) {
                assertThat(mostSessions.get()).isBetween(1, MOST);
            }
            try (Connection connection = app.dataSource().getConnection()) {
                assertThat(Sql.one(connection, "select count(*) from operated"))
                        .isEqualTo("" + traffic.served());
            }
        }
    }

    private static void addOne(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "insert into operated values (1)");
        connection.commit();
    }

    /** As PostgreSQL lists them; it takes those that it is about to end for sessions too. */
    private static void count(TestDatabase database, AtomicBoolean over, AtomicInteger most) {
        if (database != TestDatabase.POSTGRESQL) {
            return;
        }
        try (Connection control =
                DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            while (!over.get()) {
                int now =
                        Integer.parseInt(
                                Sql.one(
                                        control,
                                        "select count(*) from pg_stat_activity where application_name"
                                                + " = 'cabstand/test' and state is not null"));
                most.accumulateAndGet(now, Math::max);
            }
        } catch (SQLException e) {
            most.set(Integer.MAX_VALUE);
        }
    }
}
