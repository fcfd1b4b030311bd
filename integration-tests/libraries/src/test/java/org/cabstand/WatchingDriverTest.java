package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.cabstand.TransactionFixture.Transactions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Drivers that watch another driver below the pool: P6Spy's and OpenTelemetry's. The database is still known. */
class WatchingDriverTest {

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    @BeforeEach
    void start() throws SQLException {
        Map<String, String> properties = new HashMap<>();
        for (String watcher : new String[] {"p6spy", "otel"}) {
            properties.put(
                    "cabstand.pool." + watcher + ".url",
                    TestDatabase.POSTGRESQL.url().replace("jdbc:", "jdbc:" + watcher + ":"));
            properties.put("cabstand.pool." + watcher + ".max-size", "1");
        }
        app = TestApplication.startWithJta(properties, Transactions.class);
        TransactionFixture.create(app.dataSource("p6spy"));
    }

    @AfterEach
    void stop() {
        app.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"p6spy", "otel"})
    void nextBorrowerFindsNothingOfTheFirst(String watcher) throws Exception {
        try (Connection connection = app.dataSource(watcher).getConnection()) {
            assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
            assertThat(Sql.one(connection, "select current_setting('application_name')"))
                    .endsWith("/" + watcher);
            Sql.run(connection, "begin");
            Sql.run(connection, "insert into ride values (1)");
            connection.setSchema("pg_catalog");
        }
        try (Connection connection = app.dataSource(watcher).getConnection()) {
            assertThat(connection.getSchema()).isEqualTo("public");
            assertThat(TransactionFixture.count(connection)).isZero();
        }
        assertThat(log.warnings())
                .as("the work that was rolled back")
                .singleElement()
                .asString()
                .startsWith("CAB0201");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p6spy", "otel"})
    void oneThatTheDatabaseHasEndedIsReplaced(String watcher) throws Exception {
        String session;
        try (Connection connection = app.dataSource(watcher).getConnection()) {
            session = Sql.one(connection, "select pg_backend_pid()");
            TransactionFixture.kill(session);
            assertThatThrownBy(() -> Sql.run(connection, "select 1"))
                    .isInstanceOf(SQLException.class);
        }
        try (Connection connection = app.dataSource(watcher).getConnection()) {
            assertThat(Sql.one(connection, "select pg_backend_pid()")).isNotEqualTo(session);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"p6spy", "otel"})
    void takesPartInTransactions(String watcher) throws Exception {
        assertThatThrownBy(
                        () ->
                                app.get(Transactions.class)
                                        .required(
                                                () -> {
                                                    try (Connection connection =
                                                            app.dataSource(watcher)
                                                                    .getConnection()) {
                                                        Sql.run(
                                                                connection,
                                                                "insert into ride values (1)");
                                                    }
                                                    throw new IllegalStateException("no");
                                                }))
                .hasMessage("no");
        assertThat(TransactionFixture.rides(app.dataSource(watcher))).isZero();
    }
}
