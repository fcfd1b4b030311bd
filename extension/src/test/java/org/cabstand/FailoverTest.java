package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two real PostgreSQL servers, of which one follows the other by streaming replication. */
class FailoverTest {

    private static final int THREADS = 8;

    private static Map<String, String> pool(PostgresServer first, PostgresServer second) {
        return Map.of(
                "cabstand.pool.test.url",
                "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?user=postgres&targetServerType=primary&hostRecheckSeconds=0"
                        .formatted(first.port(), second.port()),
                "cabstand.pool.test.max-size",
                "" + THREADS,
                "cabstand.pool.test.login-timeout",
                "1s");
    }

    private static void replicate(Connection primary) throws Exception {
        Sql.run(primary, "alter system set synchronous_standby_names = '*'");
        Sql.run(primary, "select pg_reload_conf()");
        await().until(
                        () ->
                                "sync"
                                        .equals(
                                                Sql.one(
                                                        primary,
                                                        "select sync_state from pg_stat_replication")));
    }

    @Test
    void theStandbyTakesOverUnderLoadAndNoCommittedRowIsLost() throws Exception {
        Queue<Long> committed = new ConcurrentLinkedQueue<>();
        AtomicLong ids = new AtomicLong();
        try (PostgresServer primary = PostgresServer.create();
                PostgresServer standby = primary.standby()) {
            try (Connection control = primary.connect()) {
                Sql.run(control, "create table orders (id bigint primary key)");
                replicate(control);
            }
            try (var app = TestApplication.start(pool(primary, standby));
                    Traffic traffic =
                            new Traffic(
                                    THREADS,
                                    app.dataSource(),
                                    connection -> {
                                        long id = ids.incrementAndGet();
                                        Sql.run(
                                                connection,
                                                "insert into orders values (" + id + ")");
                                        committed.add(id);
                                    })) {
                traffic.serve(500);
                long killedAt = System.nanoTime();
                primary.kill();
                try (Connection control = standby.connect()) {
                    // alone now: it must not wait for a standby of its own
                    Sql.run(control, "alter system set synchronous_standby_names = ''");
                    Sql.run(control, "select pg_promote()");
                }
                long promotedAt = System.nanoTime();
                traffic.serve(500);
                System.out.printf(
                        "failover: promoted after %d ms, all well after %d ms, %d requests lost their connection, %d found no primary, %d served%n",
                        TimeUnit.NANOSECONDS.toMillis(promotedAt - killedAt),
                        traffic.healedAfter(killedAt).toMillis(),
                        traffic.lost().size(),
                        traffic.failures().size() - traffic.lost().size(),
                        traffic.served());
                assertThat(traffic.lost()).hasSizeLessThanOrEqualTo(THREADS);
                assertThat(traffic.begunAfter(promotedAt + TimeUnit.SECONDS.toNanos(1))).isEmpty();
            }
            try (Connection control = standby.connect()) {
                for (long id : committed) {
                    assertThat(Sql.one(control, "select id from orders where id = " + id))
                            .isEqualTo("" + id);
                }
            }
        }
    }

    /** The old primary lives on and answers: nothing tells but a write that fails. */
    @Test
    void noConnectionStaysOnAPrimaryThatWasDemoted() throws Exception {
        try (PostgresServer old = PostgresServer.create();
                PostgresServer standby = old.standby()) {
            try (Connection control = old.connect()) {
                Sql.run(control, "create table orders (id bigserial)");
                replicate(control);
            }
            try (var app = TestApplication.start(pool(old, standby));
                    Traffic traffic =
                            new Traffic(
                                    THREADS,
                                    app.dataSource(),
                                    connection ->
                                            Sql.run(
                                                    connection,
                                                    "insert into orders default values"))) {
                traffic.serve(300);
                try (Connection control = standby.connect();
                        Connection demoting = old.connect()) {
                    Sql.run(control, "alter system set synchronous_standby_names = ''");
                    Sql.run(demoting, "alter system set synchronous_standby_names = ''");
                    Sql.run(control, "select pg_promote()");
                    Sql.run(demoting, "alter system set default_transaction_read_only = on");
                    Sql.run(demoting, "select pg_reload_conf()");
                    long demotedAt = System.nanoTime();
                    await().atMost(Duration.ofSeconds(20))
                            .until(
                                    () ->
                                            "0"
                                                    .equals(
                                                            Sql.one(
                                                                    demoting,
                                                                    "select count(*) from pg_stat_activity"
                                                                            + " where application_name = 'cabstand/test'")));
                    System.out.printf(
                            "demotion: no connection left after %d ms, %d requests failed%n",
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - demotedAt),
                            traffic.failures().size());
                    long left = System.nanoTime();
                    traffic.serve(300);
                    assertThat(traffic.begunAfter(left)).isEmpty();
                }
            }
        }
    }
}
