package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.Test;

/**
 * Everything at once: kills, changed sizes, lifetimes, reaping, validation, health probes, timeouts, aborted
 * connections. The database never has more sessions than max-size, and when all is quiet the pool counts
 * as many as the database does.
 *
 * <p>{@code -Dcabstand.soak.seed=…} repeats the faults of a run, {@code -Dcabstand.soak.seconds=…} makes it
 * longer than its 20 seconds, half of which each test gets.
 */
class SoakTest {

    private static final int THREADS = 12;
    private static final int LARGEST = 8;

    private final long seed = Long.getLong("cabstand.soak.seed", System.nanoTime());
    private final int seconds = Math.max(2, Integer.getInteger("cabstand.soak.seconds", 20) / 2);
    private final Random random = new Random(seed);

    /** The limit that holds, or the higher one of two while it is lowered. */
    private volatile int allowed = LARGEST;

    private static Map<String, String> nervous(Map<String, String> pool) {
        Map<String, String> properties = new ConcurrentHashMap<>(pool);
        Map.of(
                        "max-size", "" + LARGEST,
                        "acquisition-timeout", "300ms",
                        "login-timeout", "1s",
                        "max-lifetime", "400ms",
                        "idle-timeout", "150ms",
                        "validate-after-idle", "20ms",
                        "validation-interval", "50ms",
                        "health.timeout", "200ms",
                        "drain-timeout", "10s")
                .forEach((key, value) -> properties.put("cabstand.pool.test." + key, value));
        return properties;
    }

    /** A fault or a change, at the chosen moment. */
    private interface Fault {
        void happen() throws Exception;
    }

    /** Lets faults happen under traffic, then all be quiet. */
    private void soak(TestApplication app, List<Fault> faults, Traffic.Work work) throws Exception {
        System.out.printf("soak: %d s, seed %d%n", seconds, seed);
        ConnectionPool pool = app.dataSource().unwrap(ConnectionPool.class);
        List<Fault> all = new ArrayList<>(faults);
        all.add(() -> resize(app, pool, 1 + random.nextInt(LARGEST)));
        all.add(() -> pool.probe().ask());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (Traffic traffic = new Traffic(THREADS, app.dataSource(), work)) {
            while (System.nanoTime() < end) {
                all.get(random.nextInt(all.size())).happen();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
            }
            traffic.serve(1);
            System.out.printf(
                    "soak: %d requests served, %d failed%n",
                    traffic.served(), traffic.failures().size());
            for (Traffic.Failure failure : traffic.failures()) {
                assertThat((Throwable) failure.error()).isInstanceOf(SQLException.class);
                if (!failure.borrowed()) {
                    // the promise is 300 ms and a tenth; the rest is for a slow machine
                    assertThat(Duration.ofNanos(failure.ended() - failure.began()))
                            .isLessThan(Duration.ofMillis(1_500));
                }
            }
        }
        assertThat(app.state().active()).isZero();
        assertThat(app.state().waiting()).isZero();
    }

    private void resize(TestApplication app, ConnectionPool pool, int size) {
        allowed = Math.max(allowed, size);
        app.set("cabstand.pool.test.min-size", "" + random.nextInt(size + 1));
        app.set("cabstand.pool.test.max-size", "" + size);
        pool.lookAtConfig();
    }

    /** Once what was too many has gone, the new limit holds. */
    private void settle(TestApplication app, long sessions) throws InterruptedException {
        int max = app.state().max();
        if (sessions <= max) {
            TimeUnit.MILLISECONDS.sleep(20); // what was being opened is among the sessions then
            if (max == app.state().max()) {
                allowed = Math.max(max, configured(app));
            }
        }
    }

    private static int configured(TestApplication app) {
        return Integer.parseInt(app.property("cabstand.pool.test.max-size"));
    }

    @Test
    void theFakeDatabaseNeverHasOneSessionTooMany() throws Exception {
        FakeDatabase database = new FakeDatabase("soak");
        Set<FakeDatabase.Session> sessions = ConcurrentHashMap.newKeySet();
        Set<FakeDatabase.Session> killed = ConcurrentHashMap.newKeySet();
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        database.onConnect(
                        properties -> {
                            int limit = allowed;
                            int open = database.sessions();
                            if (open > limit && open > allowed) {
                                violations.add(open + " of " + limit);
                            }
                            int dice = ThreadLocalRandom.current().nextInt(10);
                            if (dice == 0) {
                                throw new SQLException("refused", "08001");
                            }
                            TimeUnit.MILLISECONDS.sleep(dice == 1 ? 400 : dice);
                        })
                .on(
                        "beginRequest",
                        (session, args) -> {
                            sessions.add(session);
                            return null;
                        })
                .on(
                        "execute",
                        (session, args) -> {
                            if (killed.contains(session)) {
                                throw new SQLException("killed", "08006");
                            }
                            return null;
                        })
                .on("isValid", (session, args) -> !killed.contains(session))
                .on(
                        "close",
                        (session, args) -> {
                            TimeUnit.MILLISECONDS.sleep(
                                    ThreadLocalRandom.current().nextInt(20) == 0 ? 50 : 0);
                            return null;
                        });
        try (var app = TestApplication.start(nervous(database.pool()))) {
            soak(
                    app,
                    List.of(
                            () -> settle(app, database.sessions()),
                            () -> settle(app, database.sessions()),
                            () -> sessions.stream().findAny().ifPresent(killed::add),
                            () -> killed.addAll(sessions),
                            sessions::clear),
                    SoakTest::request);
            assertThat(violations).isEmpty();
            await().untilAsserted(
                            () -> assertThat(app.state().idle()).isEqualTo(database.sessions()));
            assertThat(database.sessions()).isLessThanOrEqualTo(app.state().max());
        }
        assertThat(database.sessions()).isZero();
    }

    private static void request(Connection connection) throws Exception {
        int dice = ThreadLocalRandom.current().nextInt(100);
        connection.setAutoCommit(dice % 2 == 0);
        Sql.run(connection, "select 1");
        if (dice == 0) {
            connection.abort(Runnable::run);
        } else if (dice < 5) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void postgresNeverHasOneSessionTooMany() throws Exception {
        String sessions =
                "select count(*) from pg_stat_activity where application_name = 'cabstand/test'";
        String kill =
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'cabstand/test'";
        Queue<String> violations = new ConcurrentLinkedQueue<>();
        try (Connection control = DatabaseServers.postgres().getPostgresDatabase().getConnection();
                var app = TestApplication.start(nervous(TestDatabase.POSTGRESQL.pool()))) {
            Fault count =
                    () -> {
                        int limit = allowed;
                        long open = Long.parseLong(Sql.one(control, sessions));
                        // one that has said goodbye is listed until its process has ended, later
                        // on a loaded machine; one that was opened too much stays
                        for (int i = 0; i < 200 && open > Math.max(limit, allowed); i++) {
                            TimeUnit.MILLISECONDS.sleep(5);
                            open = Long.parseLong(Sql.one(control, sessions));
                        }
                        if (open > Math.max(limit, allowed)) {
                            violations.add(open + " of " + limit);
                        }
                        settle(app, open);
                    };
            soak(
                    app,
                    List.of(
                            count,
                            count,
                            count,
                            () -> Sql.run(control, kill),
                            () -> Sql.run(control, kill + " order by random() limit 1")),
                    SoakTest::request);
            assertThat(violations).isEmpty();
            await().untilAsserted(
                            () ->
                                    assertThat(app.state().idle())
                                            .isEqualTo(
                                                    Integer.parseInt(Sql.one(control, sessions))));
        }
    }
}
