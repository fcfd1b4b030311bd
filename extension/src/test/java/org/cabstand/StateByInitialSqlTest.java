package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state that a session begins with may come from SQL or from the URL, where its driver does not see it. */
class StateByInitialSqlTest extends WayBackFixture {

    @ParameterizedTest
    @CsvSource({
        "MARIADB, standard, ",
        "MARIADB, full, ",
        "MYSQL, standard, ",
        "MYSQL, full, ",
        "MYSQL, standard, databaseTerm=SCHEMA"
    })
    void theDatabaseThatSqlChose(TestDatabase database, String reset, String parameter)
            throws Exception {
        Map<String, String> pool =
                database.pool("initial-sql", "use other", "reset", reset, "max-size", "1");
        if (parameter != null) {
            pool.computeIfPresent("cabstand.pool.test.url", (key, url) -> url + "?" + parameter);
        }
        start(pool);
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        Connection c = app.connection();
                        assertThat(Sql.one(c, "select database()")).isEqualTo("other");
                        if (parameter == null) {
                            assertThat(c.getCatalog()).isEqualTo("other");
                            c.setCatalog("contract");
                        } else {
                            assertThat(c.getSchema()).isEqualTo("other");
                            c.setSchema("contract");
                        }
                        assertThat(Sql.one(c, "select database()")).isEqualTo("contract");
                    });
        }
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MARIADB | standard | ",
                "MARIADB | full | ",
                "MARIADB | standard | ?sessionVariables=tx_read_only=1",
                "MARIADB | full | ?sessionVariables=tx_read_only=1",
                "MYSQL | standard | ",
                "MYSQL | full | ",
                "MYSQL | standard | ?sessionVariables=tx_read_only=1",
                "MYSQL | full | ?sessionVariables=tx_read_only=1",
                "POSTGRESQL | standard | ",
                "POSTGRESQL | full | ",
                "POSTGRESQL | standard | &readOnlyMode=always",
                "POSTGRESQL | standard | &readOnlyMode=always&options=-c%20default_transaction_read_only=on"
            })
    void aReadOnlySessionStaysOne(TestDatabase database, String reset, String parameters)
            throws Exception {
        boolean isPostgres = database == TestDatabase.POSTGRESQL;
        Map<String, String> pool = database.pool("reset", reset, "max-size", "1");
        if (parameters == null || !parameters.contains("read_only=")) {
            pool.put(
                    "cabstand.pool.test.initial-sql",
                    isPostgres
                            ? "set session characteristics as transaction read only"
                            : "set session transaction read only");
        }
        if (parameters != null) {
            pool.computeIfPresent("cabstand.pool.test.url", (key, url) -> url + parameters);
        }
        String query =
                isPostgres
                        ? "select setting::bool::int from pg_settings"
                                + " where name = 'default_transaction_read_only'"
                        : "select @@tx_read_only";
        start(pool);
        Connection[] session = new Connection[2];
        for (int i = 0; i < 2; i++) {
            int n = i;
            app.request(
                    () -> {
                        Connection c = app.connection();
                        assertThat(Sql.one(c, query)).isEqualTo("1");
                        c.setReadOnly(true);
                        session[n] = c.unwrap(Connection.class);
                    });
        }
        assertThat(session[1]).isSameAs(session[0]);
        assertThat(log.warnings()).isEmpty();
    }

    /** Before version 18 the driver would otherwise execute statements that it had prepared for another schema. */
    @Test
    void theWayBackToAPathOfSchemasIsOneThatPostgresqlsDriverSees() throws Exception {
        Map<String, String> pool =
                TestDatabase.POSTGRESQL.pool(
                        "initial-sql",
                        "set search_path to \"$user\", \"it's\", \"a,\"\"B\", Public");
        pool.put("cabstand.pool.test.max-size", "1");
        start(pool);
        String[] state = new String[2];
        app.request(
                () -> {
                    state[0] = Sql.one(app.connection(), "select pg_backend_pid()");
                    state[1] = Sql.one(app.connection(), "show search_path");
                    app.connection().setSchema("pg_catalog");
                });
        try (Connection direct = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            assertThat(
                            Sql.one(
                                    direct,
                                    "select query from pg_stat_activity where pid = " + state[0]))
                    .startsWith("SET search_path");
        }
        app.request(
                () -> {
                    assertThat(Sql.one(app.connection(), "select pg_backend_pid()"))
                            .isEqualTo(state[0]);
                    assertThat(Sql.one(app.connection(), "show search_path")).isEqualTo(state[1]);
                });
    }
}
