package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.database.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A statement that takes longer than {@code slow-sql} is reported, with what is known of it. */
class SlowSqlTest extends SlowSqlFixture {

    @Test
    void whatFailsIsReportedWithoutItsMessage() throws Exception {
        FakeDatabase database =
                new FakeDatabase("slow-fails")
                        .on(
                                "execute",
                                (session, args) -> {
                                    TimeUnit.MILLISECONDS.sleep(30);
                                    throw new SQLException("no hunter2 here", "57014");
                                })
                        .on(
                                "executeUpdate",
                                (session, args) -> {
                                    TimeUnit.MILLISECONDS.sleep(30);
                                    throw new IllegalStateException("no hunter2 here");
                                });
        try (var app = TestApplication.start(database.pool("slow-sql", "20ms"));
                Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("find 'hunter2'"))
                    .hasMessage("no hunter2 here");
            assertThatThrownBy(() -> statement.executeUpdate("change 'hunter2'"))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(reports())
                    .noneMatch(m -> m.contains("hunter2"))
                    .satisfiesExactly(
                            m -> assertThat(m).contains(", failed with 57014,", ": find ?"),
                            m ->
                                    assertThat(m)
                                            .contains(
                                                    "failed with java.lang.IllegalStateException"));
        }
    }

    @Test
    void theWaitForTheConnectionIsTold() throws Exception {
        FakeDatabase database = slowOn("slow-waited", "execute");
        try (var app = TestApplication.start(database.pool("slow-sql", "20ms", "max-size", "1"))) {
            Connection held = app.dataSource().getConnection();
            Future<?> waiter =
                    threads.submit(
                            () -> {
                                try (Connection connection = app.dataSource().getConnection()) {
                                    Sql.run(connection, "slow");
                                }
                                return null;
                            });
            await().until(() -> app.state().waiting() == 1);
            TimeUnit.MILLISECONDS.sleep(50); // it is this wait that is told
            held.close();
            waiter.get(10, TimeUnit.SECONDS);
            assertThat(reports())
                    .singleElement()
                    .asString()
                    .containsPattern(", after 0\\.\\d+ s of waiting for the connection, by thread");
        }
    }

    private static String slowQuery(TestDatabase database) {
        return switch (database) {
            case POSTGRESQL -> "select 'hunter2', pg_sleep(0.1)";
            case MARIADB, MYSQL -> "select 'hunter2', sleep(0.1)";
            default ->
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < %d) select count(*), 'hunter2' from n"
                            .formatted(database == TestDatabase.H2 ? 400_000 : 2_000_000);
        };
    }

    @ParameterizedTest
    @EnumSource
    void onEveryDriverInAndOutOfJta(TestDatabase database) throws Exception {
        String sql = slowQuery(database);
        String shown = Database.of(database.url()).masked(sql);
        try (var app = TestApplication.startWithJta(database.pool("slow-sql", "50ms"))) {
            app.request(() -> assertThat(Sql.one(app.connection(), sql)).isNotNull());
            TransactionManager manager = app.get(TransactionManager.class);
            manager.begin();
            try (Connection connection = app.dataSource().getConnection();
                    PreparedStatement query = connection.prepareStatement(sql + " ");
                    ResultSet results = query.executeQuery()) {
                while (results.next()) {
                    assertThat(results.getString(1)).isNotNull();
                }
            }
            manager.commit();
            assertThat(reports()).as("one text, one report").hasSize(1);
            assertThat(reports().get(0))
                    .endsWith(": " + shown)
                    .contains(", 1 row(s), ", "at org.cabstand.Sql.one(Sql.java:")
                    .doesNotContain("hunter2");
        }
        assertThat(reports()).as("the second is told at the end").hasSize(2);
        assertThat(reports().get(1)).contains("onEveryDriverInAndOutOfJta(").endsWith(shown);
    }

    @Test
    void rowsThatAreReadSlowlyCount() throws Exception {
        FakeDatabase database = new FakeDatabase("slow-rows");
        database.on("executeQuery", (session, args) -> session.proxy(ResultSet.class));
        int[] left = {5};
        database.on(
                "next",
                (session, args) -> {
                    TimeUnit.MILLISECONDS.sleep(10);
                    return left[0]-- > 0;
                });
        try (var app = TestApplication.start(database.pool("slow-sql", "40ms"));
                Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("rows")) {
            while (results.next()) {
                assertThat(reports()).isEmpty();
            }
            assertThat(reports())
                    .singleElement()
                    .asString()
                    .contains(", 5 row(s),", "at " + getClass().getName());
        }
    }

    @Test
    void rowsThatAreChangedThroughResultsAreStatements() throws Exception {
        FakeDatabase database =
                slowOn("slow-updatable", "updateRow", "insertRow", "deleteRow", "refreshRow");
        database.on("executeQuery", (session, args) -> session.proxy(ResultSet.class));
        try (var app = TestApplication.start(database.pool("slow-sql", "20ms"));
                Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("rows")) {
            results.updateRow();
            results.insertRow();
            results.deleteRow();
            results.refreshRow();
            assertThat(reports())
                    .extracting(m -> m.replaceFirst(".*is the limit: ", ""))
                    .containsExactly(
                            "updateRow of rows",
                            "insertRow of rows",
                            "deleteRow of rows",
                            "refreshRow of rows");
        }
    }

    @Test
    void whatIsLeftOpenIsReportedAtTheReturnWithThePlaceWhereItWasSlow() throws Exception {
        FakeDatabase database = slowOn("slow-open", "executeQuery");
        database.on(
                "executeQuery",
                (session, args) -> {
                    TimeUnit.MILLISECONDS.sleep(30);
                    return session.proxy(ResultSet.class);
                });
        try (var app = TestApplication.start(database.pool("slow-sql", "20ms"))) {
            app.request(
                    () ->
                            assertThat(statement(app.connection()).executeQuery("left open"))
                                    .isNotNull());
            assertThat(reports())
                    .singleElement()
                    .asString()
                    .contains("at " + getClass().getName())
                    .endsWith(": left open");
        }
    }

    @Test
    void operatorsSeeWhatRunsAndWhatWasSlow() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        FakeDatabase database =
                new FakeDatabase("slow-operators")
                        .on(
                                "execute",
                                (session, args) -> {
                                    running.countDown();
                                    done.await();
                                    return null;
                                });
        try (var app = TestApplication.start(database.pool("slow-sql", "1ms"))) {
            PoolOperations operations = app.get(PoolOperations.class);
            try (Connection connection = app.dataSource().getConnection()) {
                Future<?> other =
                        threads.submit(
                                () -> {
                                    Sql.run(connection, "find 'hunter2'");
                                    return null;
                                });
                running.await();
                assertThat(operations.state().holders())
                        .singleElement()
                        .extracting(Holder::statement)
                        .isEqualTo("find ?");
                TimeUnit.MILLISECONDS.sleep(5); // it is slow by that
                done.countDown();
                other.get(10, TimeUnit.SECONDS);
                assertThat(operations.state().holders())
                        .singleElement()
                        .extracting(Holder::statement)
                        .isNull();
            }
            assertThat(operations.slowStatements())
                    .singleElement()
                    .satisfies(
                            slow -> {
                                assertThat(slow.text()).isEqualTo("find ?");
                                assertThat(slow.count()).isOne();
                                assertThat(slow.place()).contains("SlowSqlTest");
                                assertThat(slow.longest()).isEqualTo(slow.total());
                            });
        }
    }
}
