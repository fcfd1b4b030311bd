package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** State that drivers do not take back by themselves, or cannot: the next one does not get it. */
class WayBackTest {

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    private void start(Map<String, String> pool) {
        pool.put("cabstand.pool.test.max-size", "1");
        app = TestApplication.start(pool);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    private static Map<String, String> withoutDatabase(TestDatabase database, String... settings) {
        Map<String, String> pool = database.pool(settings);
        pool.computeIfPresent(
                "cabstand.pool.test.url", (key, url) -> url.replace("/contract", "/"));
        return pool;
    }

    // no database is a state like any other

    @ParameterizedTest
    @CsvSource({
        "MARIADB, standard, true",
        "MARIADB, standard, false",
        "MARIADB, full, true",
        "MYSQL, standard, true",
        "MYSQL, standard, false",
        "MYSQL, full, true"
    })
    void aCatalogWhereThereWasNone(TestDatabase database, String reset, String autoCommit)
            throws Exception {
        start(withoutDatabase(database, "reset", reset, "auto-commit", autoCommit));
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        assertThat(Sql.one(app.connection(), "select database()")).isNull();
                        assertThat(app.connection().getCatalog()).isNullOrEmpty();
                        app.connection().setCatalog("other");
                        assertThat(Sql.one(app.connection(), "select database()"))
                                .isEqualTo("other");
                    });
        }
        assertThat(log.warnings()).isEmpty();
        assertThat(log.everything()).as("stack traces").noneMatch(m -> m.contains("SQLException"));
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aDatabaseThatSqlChoseWhereThereWasNone(TestDatabase database) throws Exception {
        start(withoutDatabase(database, "reset", "full"));
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        assertThat(Sql.one(app.connection(), "select database()")).isNull();
                        Sql.run(app.connection(), "use other");
                    });
        }
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MARIADB, full", "MARIADB, standard", "MYSQL, full", "MYSQL, standard"})
    void noSessionIsReplacedWithoutNeed(TestDatabase database, String reset) throws Exception {
        start(withoutDatabase(database, "reset", reset));
        String[] session = new String[2];
        for (int i = 0; i < 2; i++) {
            int n = i;
            app.request(
                    () -> {
                        session[n] = Sql.one(app.connection(), "select connection_id()");
                        app.connection().setClientInfo("Trip", "7");
                    });
        }
        assertThat(session[1]).isEqualTo(session[0]);
    }

    // client info

    @ParameterizedTest
    @EnumSource
    void clientInfo(TestDatabase database) throws Exception {
        start(database.pool());
        Properties before = new Properties();
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = app.connection().unwrap(Connection.class);
                    before.putAll(clientInfo(app.connection()));
                    try {
                        app.connection().setClientInfo("ApplicationName", "someone");
                        app.connection().setClientInfo("Trip", "7");
                        Properties more = new Properties();
                        more.setProperty("ClientUser", "someone");
                        app.connection().setClientInfo(more);
                    } catch (SQLClientInfoException e) {
                        assertThat(database).isEqualTo(TestDatabase.H2); // which takes none
                    }
                });
        app.request(
                () -> {
                    assertThat(clientInfo(app.connection())).isEqualTo(before);
                    assertThat(app.connection().unwrap(Connection.class)).isSameAs(session[0]);
                });
        assertThat(log.warnings()).isEmpty();
    }

    /** A copy. */
    private static Properties clientInfo(Connection connection) throws SQLException {
        Properties copy = new Properties();
        if (connection.getClientInfo() != null) {
            copy.putAll(connection.getClientInfo());
        }
        return copy;
    }

    // past the handle

    @ParameterizedTest
    @CsvSource({
        "H2, true", "H2, false",
        "POSTGRESQL, true", "POSTGRESQL, false",
        "MARIADB, true", "MARIADB, false",
        "MYSQL, true", "MYSQL, false",
        "SQLITE, true", "SQLITE, false"
    })
    void whatIsSetOnTheDriversConnection(TestDatabase database, String autoCommit)
            throws Exception {
        start(database.pool("auto-commit", autoCommit));
        try (Connection connection = app.dataSource().getConnection()) {
            if (database.hasSchemas()) {
                Sql.run(connection, "create schema if not exists other");
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
        String[] before = new String[1];
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    before[0] = state(database, app.connection());
                    session[0] = app.connection().unwrap(Connection.class);
                    change(database, session[0]);
                    assertThat(state(database, session[0])).isNotEqualTo(before[0]);
                });
        app.request(
                () -> {
                    assertThat(state(database, app.connection())).isEqualTo(before[0]);
                    assertThat(app.connection().unwrap(Connection.class)).isSameAs(session[0]);
                });
        assertThat(log.warnings()).isEmpty();
    }

    private static String state(TestDatabase database, Connection c) throws SQLException {
        return "%s %s %s %s %s %s %s %s"
                .formatted(
                        c.getAutoCommit(),
                        database.schema(c),
                        c.getTransactionIsolation(),
                        c.getHoldability(),
                        c.isReadOnly(),
                        database.canChange(SessionAttribute.NETWORK_TIMEOUT)
                                ? c.getNetworkTimeout()
                                : "",
                        clientInfo(c),
                        database.canChange(SessionAttribute.TYPE_MAP) ? c.getTypeMap() : "");
    }

    private static void change(TestDatabase database, Connection c) throws SQLException {
        c.setAutoCommit(true);
        database.useOtherSchema(c);
        c.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
        if (database.canChange(SessionAttribute.HOLDABILITY)) {
            c.setHoldability(
                    c.getHoldability() == ResultSet.HOLD_CURSORS_OVER_COMMIT
                            ? ResultSet.CLOSE_CURSORS_AT_COMMIT
                            : ResultSet.HOLD_CURSORS_OVER_COMMIT);
        }
        if (database.canChange(SessionAttribute.READ_ONLY)) {
            c.setReadOnly(true);
        }
        if (database.canChange(SessionAttribute.NETWORK_TIMEOUT)) {
            c.setNetworkTimeout(Runnable::run, 12_345);
        }
        if (database.canChange(SessionAttribute.TYPE_MAP)) {
            c.setTypeMap(Map.of("a", String.class));
        }
        if (database != TestDatabase.H2) {
            c.setClientInfo("ApplicationName", "someone");
        }
        c.setAutoCommit(false);
    }
}
