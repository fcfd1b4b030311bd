package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.TransactionManager;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.database.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A statement that takes longer than {@code slow-sql} is reported, however it was executed. */
class SlowSqlTest {

    private final CapturedLog log = new CapturedLog();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        log.close();
    }

    private List<String> reports() {
        return log.warnings().stream().filter(m -> m.startsWith("CAB0266")).toList();
    }

    private static FakeDatabase slowOn(String name, String... methods) {
        FakeDatabase database = new FakeDatabase(name);
        for (String method : methods) {
            database.on(
                    method,
                    (session, args) -> {
                        TimeUnit.MILLISECONDS.sleep(30);
                        return null;
                    });
        }
        return database;
    }

    private interface Execution {
        void run(Connection connection) throws SQLException;
    }

    /** By the text that each must be reported with. */
    private static Map<String, Execution> waysToExecute() {
        Map<String, Execution> ways = new TreeMap<>();
        ways.put("one ?", c -> statement(c).execute("one 1"));
        ways.put("two", c -> statement(c).execute("two", Statement.RETURN_GENERATED_KEYS));
        ways.put("three", c -> statement(c).execute("three", new int[] {1}));
        ways.put("four", c -> statement(c).execute("four", new String[] {"a"}));
        ways.put("five", c -> statement(c).executeUpdate("five"));
        ways.put("six", c -> statement(c).executeUpdate("six", Statement.RETURN_GENERATED_KEYS));
        ways.put("seven", c -> statement(c).executeUpdate("seven", new int[] {1}));
        ways.put("eight", c -> statement(c).executeUpdate("eight", new String[] {"a"}));
        ways.put("nine", c -> statement(c).executeLargeUpdate("nine"));
        ways.put("ten", c -> statement(c).executeLargeUpdate("ten", 1));
        ways.put("eleven", c -> statement(c).executeLargeUpdate("eleven", new int[] {1}));
        ways.put("twelve", c -> statement(c).executeLargeUpdate("twelve", new String[] {"a"}));
        ways.put(
                "batch ?",
                c -> {
                    Statement batch = statement(c);
                    batch.addBatch("batch 1");
                    batch.addBatch("batch 2");
                    batch.executeBatch();
                });
        ways.put(
                "large ?",
                c -> {
                    Statement batch = statement(c);
                    batch.addBatch("large 1");
                    batch.executeLargeBatch();
                });
        ways.put("p one", c -> c.prepareStatement("p one").execute());
        ways.put("p two", c -> c.prepareStatement("p two").executeUpdate());
        ways.put("p three", c -> c.prepareStatement("p three").executeLargeUpdate());
        ways.put(
                "p batch",
                c -> {
                    PreparedStatement batch = c.prepareStatement("p batch");
                    batch.addBatch();
                    batch.executeBatch();
                });
        ways.put("c one", c -> c.prepareCall("c one").execute());
        ways.put("c two", c -> c.prepareCall("c two").executeUpdate());
        ways.put(
                "c query",
                c -> {
                    CallableStatement call = c.prepareCall("c query");
                    call.executeQuery();
                    call.close();
                });
        ways.put(
                "p query",
                c -> {
                    PreparedStatement query = c.prepareStatement("p query");
                    query.executeQuery();
                    query.close();
                });
        ways.put(
                "query",
                c -> {
                    Statement query = statement(c);
                    query.executeQuery("query");
                    query.close();
                });
        return ways;
    }

    @SuppressWarnings("resource") // the pool closes it
    private static Statement statement(Connection connection) throws SQLException {
        return connection.createStatement();
    }

    private static FakeDatabase slowStatements(String name) {
        FakeDatabase database =
                slowOn(
                        name,
                        "execute",
                        "executeUpdate",
                        "executeLargeUpdate",
                        "executeQuery",
                        "executeBatch",
                        "executeLargeBatch");
        database.on("prepareCall", (session, args) -> session.proxy(CallableStatement.class));
        database.on(
                "executeBatch",
                (session, args) -> {
                    TimeUnit.MILLISECONDS.sleep(30);
                    return new int[] {1, Statement.SUCCESS_NO_INFO, 2};
                });
        database.on(
                "executeLargeBatch",
                (session, args) -> {
                    TimeUnit.MILLISECONDS.sleep(30);
                    return new long[] {4};
                });
        return database;
    }

    @Test
    void everyWayToExecuteIsSeen() throws Exception {
        FakeDatabase database = slowStatements("slow-ways");
        try (var app = TestApplication.start(database.pool("slow-sql", "20ms"))) {
            for (Execution way : waysToExecute().values()) {
                app.request(() -> way.run(app.connection()));
            }
            assertThat(reports())
                    .extracting(m -> m.replaceFirst(".*is the limit: ", ""))
                    .containsExactlyInAnyOrderElementsOf(waysToExecute().keySet());
            assertThat(reports())
                    .filteredOn(m -> m.endsWith(": batch ?"))
                    .singleElement()
                    .asString()
                    .contains(", 3 row(s), ", "by thread '")
                    .contains("at " + getClass().getName());
        }
    }

    @Test
    void whatIsQuickIsNotReportedAndOffIsTheDefault() throws Exception {
        FakeDatabase database = slowStatements("slow-off");
        for (String limit : List.of("20s", "off")) {
            try (var app = TestApplication.start(database.pool("slow-sql", limit));
                    Connection connection = app.dataSource().getConnection()) {
                waysToExecute().get("one ?").run(connection);
            }
        }
        try (var app = TestApplication.start(database.pool());
                Connection connection = app.dataSource().getConnection()) {
            waysToExecute().get("one ?").run(connection);
        }
        assertThat(reports()).isEmpty();
    }

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
