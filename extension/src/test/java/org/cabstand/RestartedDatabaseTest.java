package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real servers whose sessions are killed, or which are restarted, under traffic: one failure is enough. */
class RestartedDatabaseTest {

    private static final int THREADS = 10;

    /** More than there are threads: the others are idle, and must not fail later, one by one. */
    private static final int CONNECTIONS = 20;

    private static Map<String, String> pool(String url, String... more) {
        Map<String, String> properties = new ConcurrentHashMap<>();
        properties.put("cabstand.pool.test.url", url);
        properties.put("cabstand.pool.test.max-size", "" + CONNECTIONS);
        for (int i = 0; i < more.length; i += 2) {
            properties.put("cabstand.pool.test." + more[i], more[i + 1]);
        }
        return properties;
    }

    @ParameterizedTest
    @EnumSource
    void noRequestFailsThatBeganAfterTheFirstFailureOfKilledSessions(RestartableServer server)
            throws Exception {
        String url = server.start();
        try (var app =
                        TestApplication.start(
                                pool(
                                        url,
                                        "min-size",
                                        "" + CONNECTIONS,
                                        "validate-after-idle",
                                        "1h"));
                Connection control = server.control()) {
            try (Traffic traffic =
                    new Traffic(THREADS, app.dataSource(), c -> Sql.run(c, "select 1"))) {
                for (int i = 1; i <= 3; i++) {
                    await().until(() -> app.state().idle() + app.state().active() == CONNECTIONS);
                    int before = traffic.failures().size();
                    long killedAt = System.nanoTime();
                    server.killAll(control);
                    long deadAt = System.nanoTime();
                    traffic.serve(2_000);
                    List<Traffic.Failure> failures =
                            traffic.failures().subList(before, traffic.failures().size());
                    assertThat(failures).isNotEmpty();
                    // a session that was proven before it was dead, too, may fail once
                    long known =
                            failures.stream()
                                    .mapToLong(Traffic.Failure::ended)
                                    .filter(ended -> ended - deadAt > 0)
                                    .findFirst()
                                    .orElse(deadAt);
                    assertThat(traffic.begunAfter(known)).isEmpty();
                    System.out.println(
                            "%s: %d sessions killed, %d requests failed, the last one after %d ms"
                                    .formatted(
                                            server,
                                            CONNECTIONS,
                                            failures.size(),
                                            traffic.healedAfter(killedAt).toMillis()));
                }
            }
        } finally {
            server.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyRequestsInFlightLoseTheirConnectionWhenTheServerRestarts(RestartableServer server)
            throws Exception {
        String url = server.start();
        try (var app = TestApplication.start(pool(url));
                Traffic traffic =
                        new Traffic(THREADS, app.dataSource(), c -> Sql.run(c, "select 1"))) {
            traffic.serve(500);
            long downAt = System.nanoTime();
            server.stopAtOnce();
            server.startAgain();
            long upAt = System.nanoTime();
            traffic.serve(1_000);
            assertThat(traffic.lost()).hasSizeLessThanOrEqualTo(THREADS);
            assertThat(traffic.begunAfter(upAt)).as("since the server is back").isEmpty();
            System.out.println(
                    "%s: down for %d ms, %d requests lost their connection, %d found no database, %d ms until all was well"
                            .formatted(
                                    server,
                                    TimeUnit.NANOSECONDS.toMillis(upAt - downAt),
                                    traffic.lost().size(),
                                    traffic.failures().size() - traffic.lost().size(),
                                    traffic.healedAfter(downAt).toMillis()));
        } finally {
            server.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noRequestFailsWhenAllWereIdle(RestartableServer server) throws Exception {
        String url = server.start();
        try (var app =
                TestApplication.start(
                        pool(
                                url,
                                "validate-after-idle",
                                "100ms",
                                "validation-interval",
                                "off",
                                "initial-size",
                                "" + CONNECTIONS))) {
            await().until(() -> app.state().idle() == CONNECTIONS);
            server.stopAtOnce();
            server.startAgain();
            // new connections are not proven again within their first second
            TimeUnit.MILLISECONDS.sleep(1_000);
            try (Traffic traffic =
                    new Traffic(THREADS, app.dataSource(), c -> Sql.run(c, "select 1"))) {
                traffic.serve(200);
                assertThat(traffic.failures()).isEmpty();
            }
        } finally {
            server.end();
        }
    }

    @Test
    void connectionsThatWereHeldWhileOthersFailedAreProvenBeforeTheNextUse() throws Exception {
        try (PostgresServer server = PostgresServer.create();
                var app = TestApplication.start(pool(server.url(), "validate-after-idle", "1h"));
                Connection control = server.connect()) {
            List<Connection> held = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                held.add(app.dataSource().getConnection());
            }
            RestartableServer.POSTGRESQL.killAll(control);
            SQLException first = null;
            try {
                Sql.run(held.get(0), "select 1");
            } catch (SQLException e) {
                first = e;
            }
            assertThat((Throwable) first).isNotNull();
            for (Connection connection : held) {
                connection.close();
            }
            for (int i = 0; i < THREADS; i++) {
                try (Connection connection = app.dataSource().getConnection()) {
                    assertThat(Sql.one(connection, "select 1")).isEqualTo("1");
                }
            }
        }
    }
}
