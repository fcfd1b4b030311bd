package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** After {@code reset=full} a session is what it was when it was opened: neither more nor less. */
class FullResetTest {

    private static final String TEXT = "ä€漢😀";

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    private void start(TestDatabase database, String parameters, String... settings) {
        Map<String, String> pool = database.pool(settings);
        pool.put("cabstand.pool.test.max-size", "1");
        pool.put("cabstand.pool.test.reset", "full");
        pool.computeIfPresent("cabstand.pool.test.url", (key, url) -> url + parameters);
        app = TestApplication.start(pool);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    private static String sessionId(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Sql.one(
                connection,
                product.equals("PostgreSQL")
                        ? "select pg_backend_pid()"
                        : "select connection_id()");
    }

    private static Map<String, String> variables(Connection connection, String query)
            throws SQLException {
        Map<String, String> variables = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(query)) {
            while (results.next()) {
                variables.put(results.getString(1), String.valueOf(results.getString(2)));
            }
        }
        variables.keySet().removeIf(name -> name.matches("timestamp|rand_seed."));
        return variables;
    }

    /** Without a pool. */
    private static Connection direct(TestDatabase database) throws SQLException {
        return direct(database, "");
    }

    private static Connection direct(TestDatabase database, String parameters) throws SQLException {
        Properties login = new Properties();
        if (database != TestDatabase.POSTGRESQL) {
            login.setProperty("user", "app");
            login.setProperty("password", "secret");
        }
        return DriverManager.getConnection(database.url() + parameters, login);
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "POSTGRESQL"})
    void textIsStoredRightByEveryBorrower(TestDatabase database) throws Exception {
        start(database, "");
        app.request(
                () -> {
                    Sql.run(app.connection(), "drop table if exists passenger");
                    Sql.run(
                            app.connection(),
                            "create table passenger (id int, name varchar(40))"
                                    + (database == TestDatabase.POSTGRESQL
                                            ? ""
                                            : " character set utf8mb4"));
                });
        for (int id = 1; id <= 3; id++) {
            int n = id;
            app.request(
                    () -> {
                        if (database != TestDatabase.POSTGRESQL) {
                            assertThat(
                                            Sql.one(
                                                    app.connection(),
                                                    "select @@global.character_set_server"))
                                    .isEqualTo("latin1");
                        }
                        try (PreparedStatement insert =
                                app.connection()
                                        .prepareStatement("insert into passenger values (?, ?)")) {
                            insert.setInt(1, n);
                            insert.setString(2, TEXT);
                            insert.executeUpdate();
                        }
                        assertThat(
                                        Sql.one(
                                                app.connection(),
                                                "select name from passenger where id = " + n))
                                .isEqualTo(TEXT);
                    });
        }
        try (Connection direct = direct(database);
                Statement statement = direct.createStatement();
                ResultSet results = statement.executeQuery("select name from passenger")) {
            while (results.next()) {
                assertThat(results.getString(1)).isEqualTo(TEXT);
            }
        }
        assertThat(log.warnings()).isEmpty();
    }

    /** All variables, whatever the driver made of its URL, in the same session again and again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MARIADB | ?",
                "MARIADB | ?sessionVariables=sql_mode='ANSI',wait_timeout=1234,@x='it''s'",
                "MARIADB | ?transactionIsolation=SERIALIZABLE&initSql=set @z=1",
                "MARIADB | ?connectionCollation=utf8mb4_bin&timezone=+03:00",
                "MYSQL | ?",
                "MYSQL | ?sessionVariables=sql_mode='ANSI',wait_timeout=1234",
                "MYSQL | ?connectionTimeZone=%2B03:00&forceConnectionTimeZoneToSession=true",
                "MYSQL | ?connectionCollation=utf8mb4_bin&characterSetResults=utf8mb4",
                "MYSQL | ?useLocalSessionState=true",
                "MYSQL | ?alwaysSendSetIsolation=false"
            })
    void whatTheUrlSetsHolds(TestDatabase database, String parameters) throws Exception {
        start(database, parameters, "isolation", "serializable");
        String query = "show session variables";
        String own = "select variable_name, variable_value from information_schema.user_variables";
        String[] session = new String[1];
        Map<String, String> before = new TreeMap<>();
        app.request(
                () -> {
                    session[0] = sessionId(app.connection());
                    before.putAll(variables(app.connection(), query));
                    before.putAll(variables(app.connection(), own));
                    Sql.run(app.connection(), "set @mine = 1, @x = 'other'");
                    Sql.run(app.connection(), "set session sql_mode = '', time_zone = '+09:00'");
                    if (database == TestDatabase.MYSQL) { // MariaDB's driver ends such a session
                        Sql.run(app.connection(), "set names latin1");
                    }
                });
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(sessionId(app.connection())).isEqualTo(session[0]);
                        Map<String, String> after = variables(app.connection(), query);
                        after.putAll(variables(app.connection(), own));
                        assertThat(after).isEqualTo(before);
                    });
        }
        // and the first borrower's session was the driver's
        try (Connection direct = direct(database, parameters)) {
            Map<String, String> fresh = variables(direct, query);
            fresh.keySet().removeIf(name -> name.matches("(tx|transaction)_isolation|.*thread_id"));
            assertThat(before).containsAllEntriesOf(fresh);
        }
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'&options=-c%20work_mem=5MB%20-c%20app.tenant=x&currentSchema=other'",
        "'&readOnly=true&readOnlyMode=always'",
        "'&ApplicationName=mine&assumeMinServerVersion=16'"
    })
    void whatTheUrlOfPostgresqlSetsHolds(String parameters) throws Exception {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            Sql.run(admin, "drop role if exists dispatcher");
            Sql.run(admin, "drop role if exists station");
            Sql.run(admin, "create role station");
            Sql.run(admin, "create role dispatcher login in role station");
            Sql.run(admin, "alter role dispatcher set role = station");
            Sql.run(admin, "alter role dispatcher set work_mem = '6MB'");
        }
        Map<String, String> pool =
                TestDatabase.POSTGRESQL.pool(
                        "reset",
                        "full",
                        "max-size",
                        "1",
                        "initial-sql",
                        "set statement_timeout = '77s'");
        pool.put(
                "cabstand.pool.test.url",
                DatabaseServers.postgres().getJdbcUrl("dispatcher", "postgres") + parameters);
        app = TestApplication.start(pool);
        String query =
                "select name, setting from pg_settings union all"
                        + " select 'user', current_user::text union all"
                        + " select 'tenant', current_setting('app.tenant', true)";
        String[] session = new String[1];
        Map<String, String> before = new TreeMap<>();
        app.request(
                () -> {
                    session[0] = sessionId(app.connection());
                    before.putAll(variables(app.connection(), query));
                    Sql.run(app.connection(), "set work_mem = '9MB'");
                    Sql.run(app.connection(), "reset role");
                });
        assertThat(before).containsEntry("user", "station");
        app.request(
                () -> {
                    assertThat(sessionId(app.connection())).isEqualTo(session[0]);
                    assertThat(variables(app.connection(), query)).isEqualTo(before);
                });
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void databaseAndRoleThatSqlChangedAreAsBefore(TestDatabase database) throws Exception {
        start(database, "");
        String[] session = new String[1];
        app.request(
                () -> {
                    session[0] = sessionId(app.connection());
                    Sql.run(app.connection(), "create role if not exists clerk");
                    Sql.run(app.connection(), "use other");
                    Sql.run(app.connection(), "set role clerk");
                });
        app.request(
                () -> {
                    assertThat(sessionId(app.connection())).isEqualTo(session[0]);
                    assertThat(Sql.one(app.connection(), "select database()"))
                            .isEqualTo("contract");
                    assertThat(app.connection().getCatalog()).isEqualTo("contract");
                    assertThat(Sql.one(app.connection(), "select current_role()")).isNull();
                });
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void theRoleThatASessionBeginsWithHolds(TestDatabase database) throws Exception {
        start(database, "", "initial-sql", "set role clerk");
        try (Connection admin = direct(database)) {
            Sql.run(admin, "create role if not exists clerk");
        }
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(Sql.one(app.connection(), "select current_role()"))
                                .isEqualTo("clerk");
                        Sql.run(app.connection(), "set role none");
                    });
        }
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void notificationsThatNobodyReadAreGone() throws Exception {
        start(TestDatabase.POSTGRESQL, "");
        String[] session = new String[1];
        app.request(
                () -> {
                    session[0] = sessionId(app.connection());
                    Sql.run(app.connection(), "listen rides");
                    Sql.run(app.connection(), "notify rides, 'mine'");
                    Sql.run(app.connection(), "select 1");
                });
        app.request(
                () -> {
                    assertThat(sessionId(app.connection())).isEqualTo(session[0]);
                    PGNotification[] received =
                            app.connection().unwrap(PGConnection.class).getNotifications();
                    assertThat(received).isNullOrEmpty();
                });
        assertThat(log.warnings()).isEmpty();
    }

    /** A trigger sets, for a role that may not, what {@code DISCARD ALL} undoes. */
    @Test
    void whatCannotBeSetAgainIsNamedAndNoSessionIsUsedTwice() throws Exception {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            Sql.run(admin, "drop database if exists watched");
            Sql.run(admin, "drop role if exists watchman");
            Sql.run(admin, "create role watchman login");
            Sql.run(admin, "create database watched");
        }
        try (Connection admin =
                DatabaseServers.postgres().getDatabase("postgres", "watched").getConnection()) {
            Sql.run(
                    admin,
                    "create function at_login() returns event_trigger security definer"
                            + " language plpgsql as $$ begin"
                            + " perform set_config('log_min_duration_statement', '999', false);"
                            + " end $$");
            Sql.run(admin, "create event trigger at_login on login execute function at_login()");
        }
        Map<String, String> pool = TestDatabase.POSTGRESQL.pool("reset", "full", "max-size", "1");
        pool.put(
                "cabstand.pool.test.url",
                DatabaseServers.postgres().getJdbcUrl("watchman", "watched"));
        app = TestApplication.start(pool);
        String[] session = new String[1];
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(sessionId(app.connection())).isNotEqualTo(session[0]);
                        session[0] = sessionId(app.connection());
                        assertThat(Sql.one(app.connection(), "show log_min_duration_statement"))
                                .isEqualTo("999ms");
                    });
        }
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0230: pool 'test'")
                .contains("log_min_duration_statement")
                .contains("'cabstand.pool.test.reset'");
    }

    /** Only what a driver or a server sets is learned: another value is right for each session. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void initialSqlIsRunAgainAndNotRemembered(TestDatabase database) throws Exception {
        start(database, "", "initial-sql", "set @id = uuid()");
        String[] id = new String[2];
        for (int i = 0; i < 2; i++) {
            int n = i;
            app.request(() -> id[n] = Sql.one(app.connection(), "select @id"));
        }
        assertThat(id[0]).isNotNull().isNotEqualTo(id[1]);
        assertThat(id[1]).isNotNull();
        assertThat(log.warnings()).isEmpty();
    }
}
