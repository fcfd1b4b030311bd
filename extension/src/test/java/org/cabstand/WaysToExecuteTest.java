package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** However a statement is executed, {@code slow-sql} sees it. */
class WaysToExecuteTest extends SlowSqlFixture {

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
}
