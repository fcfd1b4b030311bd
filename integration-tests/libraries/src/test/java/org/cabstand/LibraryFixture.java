package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.cabstand.TestApplication.Work;
import org.cabstand.TransactionFixture.Transactions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * An application on PostgreSQL with a transaction manager, a table of rides, and pools of one to three connections, with
 * auto-commit {@code on} and {@code off}: {@code on1} to {@code off3}.
 */
abstract class LibraryFixture {

    static final String INSERT = "insert into ride values (?)";
    private static final List<String> POOLS = List.of("on1", "on2", "on3", "off1", "off2", "off3");
    static TestApplication app;
    static CapturedLog log;

    @BeforeAll
    static void start() throws Exception {
        log = new CapturedLog();
        Map<String, String> properties = new HashMap<>();
        for (String mode : new String[] {"on", "off"}) {
            for (int size = 1; size <= 3; size++) {
                put(
                        properties,
                        mode + size,
                        TestDatabase.POSTGRESQL,
                        "max-size",
                        String.valueOf(size),
                        "acquisition-timeout",
                        "2s",
                        "auto-commit",
                        String.valueOf(mode.equals("on")));
            }
        }
        app = TestApplication.startWithJta(properties, Transactions.class, Suspending.class);
    }

    static void put(
            Map<String, String> properties, String pool, TestDatabase database, String... more) {
        database.pool(more)
                .forEach(
                        (key, value) ->
                                properties.put(key.replace(".test.", "." + pool + "."), value));
    }

    @AfterAll
    static void stop() {
        app.close();
        log.close();
    }

    @BeforeEach
    void create() throws SQLException {
        try (Connection connection = control()) {
            Sql.run(
                    connection,
                    "drop table if exists ride; create table ride (id int primary key)");
        }
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        await().pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(POOLS).noneMatch(LibraryFixture::isInUse));
        try (Connection connection = control()) {
            assertThat(
                            Sql.one(
                                    connection,
                                    "select string_agg(query, '; ') from pg_stat_activity"
                                            + " where state like 'idle in transaction%'"))
                    .as("open transactions")
                    .isNull();
        }
        assertThat(log.warnings()).isEmpty();
    }

    private static boolean isInUse(String pool) {
        return TestApplication.state(dataSource(pool)).active() != 0;
    }

    static Connection control() throws SQLException {
        return DatabaseServers.postgres().getPostgresDatabase().getConnection();
    }

    static DataSource dataSource(String pool) {
        return app.dataSource(pool);
    }

    /** That of the request. */
    static Connection connection(String pool) {
        return app.get(Connection.class, Pool.Literal.of(pool));
    }

    /** In a JTA transaction. */
    static void transaction(Work work) throws Exception {
        app.get(Transactions.class).required(work);
    }

    static String rides() throws SQLException {
        try (Connection connection = control()) {
            return Sql.one(
                    connection,
                    "select coalesce(string_agg(id::text, ' ' order by id), '') from ride");
        }
    }
}
