package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.cabstand.internal.monitor.Eviction;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording of JDK Flight Recorder says why connections were closed. */
class RecordedEvictionsTest extends FlightRecorderFixture {

    @ParameterizedTest
    @EnumSource
    void everyReasonIsInTheDocumentation(Eviction reason) throws Exception {
        assertThat(Files.readString(Path.of("../docs/watching.md"))).contains("`" + reason + "`");
    }

    private void assertEvicted(String reason) throws Exception {
        assertThat(recorded(EVICTION))
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.getString("pool")).isEqualTo("test");
                            assertThat(event.getString("reason")).isEqualTo(reason);
                            assertThat(event.getDuration("age"))
                                    .isBetween(Duration.ofNanos(1), Duration.ofSeconds(30));
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fatal error", "validation failed", "return failed", "aborted"})
    void anEvictionTellsItsReason(String reason) throws Exception {
        FakeDatabase database = new FakeDatabase("jfr-" + reason.replace(' ', '-'));
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "1", "validate-after-idle", "0s"))) {
            Connection connection = app.dataSource().getConnection();
            switch (reason) {
                case "fatal error" -> {
                    database.on("execute", RecordedEvictionsTest::breaks);
                    assertThatThrownBy(() -> Sql.run(connection, "x")).hasMessage("broken");
                    connection.close();
                }
                case "validation failed" -> {
                    Sql.run(connection, "x");
                    connection.close();
                    database.on("isValid", (session, args) -> false);
                    app.dataSource().getConnection().close(); // a new one
                }
                case "return failed" -> {
                    connection.setAutoCommit(false);
                    database.on("rollback", RecordedEvictionsTest::fails);
                    connection.close();
                }
                default -> connection.abort(Runnable::run);
            }
            await().until(() -> database.logins().size() - database.sessions() == 1);
            assertEvicted(reason);
        }
    }

    private static Object breaks(FakeDatabase.Session session, Object[] args) throws SQLException {
        throw new SQLException("broken", "08006");
    }

    private static Object fails(FakeDatabase.Session session, Object[] args) throws SQLException {
        throw new SQLException("cannot", "HY000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-lifetime", "idle-timeout"})
    void whatIsReplacedInTimeIsAnEvictionToo(String key) throws Exception {
        FakeDatabase database = new FakeDatabase("jfr-" + key);
        try (var app = TestApplication.start(database.pool(key, "1s"))) {
            Connection connection = app.dataSource().getConnection();
            Sql.run(connection, "x");
            connection.close();
            await().until(() -> database.sessions() == 0);
            assertEvicted(key);
        }
    }

    @Test
    void whatIsTooManyIsEvictedWhenTheLimitIsLowered() throws Exception {
        FakeDatabase database = new FakeDatabase("jfr-resize");
        try (var app = TestApplication.start(database.pool("max-size", "2"))) {
            try (Connection first = app.dataSource().getConnection();
                    Connection second = app.dataSource().getConnection()) {
                assertThat(first).isNotSameAs(second);
            }
            app.set("cabstand.pool.test.max-size", "1");
            app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
            await().until(() -> database.sessions() == 1);
            assertEvicted("max-size lowered");
        }
    }
}
