package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the driver and its URL had set at the connect still holds after {@code reset=full}. */
class UrlAfterFullResetTest extends FullResetFixture {

    private static final String TEXT = "ä€漢😀";

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
                "MYSQL | ?alwaysSendSetIsolation=false",
                "MYSQL | ?sessionVariables=tx_read_only=1"
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
}
