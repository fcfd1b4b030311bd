package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** After {@code reset=full} a session is what it was when it was opened: neither more nor less. */
class FullResetTest extends FullResetFixture {

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
