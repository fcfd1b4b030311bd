package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code reset=full} clears that {@code reset=standard} leaves, and where it is refused. */
class ClearedByFullResetTest extends ReturnFixture {

    @Test
    void aFullResetClearsWhatSqlHasSetAndKeepsWhatIsConfigured() throws Exception {
        start(
                TestDatabase.POSTGRESQL,
                "max-size",
                "1",
                "reset",
                "full",
                "isolation",
                "serializable",
                "initial-sql",
                "set work_mem = '5MB'");
        app.request(
                () -> {
                    Sql.run(app.connection(), "set search_path to other");
                    Sql.run(app.connection(), "set work_mem = '7MB'");
                    Sql.run(app.connection(), "create temp table scratch (id int)");
                    Sql.run(app.connection(), "select pg_advisory_lock(42)");
                    Sql.run(app.connection(), "listen rides");
                    Sql.run(app.connection(), "prepare mine as select 1");
                    Sql.run(app.connection(), "drop role if exists clerk");
                    Sql.run(app.connection(), "create role clerk");
                    Sql.run(app.connection(), "set role clerk");
                    assertThat(Sql.one(app.connection(), "select current_user")).isEqualTo("clerk");
                });
        app.request(
                () -> {
                    Connection c = app.connection();
                    assertThat(Sql.one(c, "show search_path")).isEqualTo("\"$user\", public");
                    assertThat(Sql.one(c, "show work_mem")).isEqualTo("5MB");
                    assertThat(Sql.one(c, "select to_regclass('scratch')::text")).isNull();
                    assertThat(
                                    Sql.one(
                                            c,
                                            "select count(*) from pg_locks where locktype = 'advisory'"))
                            .isEqualTo("0");
                    assertThat(Sql.one(c, "select current_user")).isEqualTo("postgres");
                    assertThat(Sql.one(c, "select pg_listening_channels()")).isNull();
                    assertThat(
                                    Sql.one(
                                            c,
                                            "select name from pg_prepared_statements where name = 'mine'"))
                            .isNull();
                    assertThat(c.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    assertThat(Sql.one(c, "show application_name")).isEqualTo("cabstand/test");
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aFullResetClearsMariaDbsSessionToo(TestDatabase database) throws Exception {
        start(
                database,
                "max-size",
                "2",
                "reset",
                "full",
                "isolation",
                "serializable",
                "initial-sql",
                "set session sort_buffer_size = 262144");
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    Connection c = app.connection();
                    session[0] = session(c);
                    Sql.run(c, "set @tenant = 'acme'");
                    Sql.run(c, "set session sort_buffer_size = 524288");
                    Sql.run(c, "create temporary table scratch (id int)");
                    Sql.run(c, "do get_lock('cab', 1)");
                    Sql.run(c, "prepare mine from 'select 1'");
                    Sql.run(c, "lock tables ride write");
                });
        app.request(
                () -> {
                    Connection c = app.connection();
                    assertThat(session(c)).isSameAs(session[0]);
                    assertThat(Sql.one(c, "select @tenant")).isNull();
                    assertThat(Sql.one(c, "select @@session.sort_buffer_size")).isEqualTo("262144");
                    assertThatThrownBy(() -> Sql.run(c, "select * from scratch"))
                            .isInstanceOf(SQLException.class);
                    assertThat(Sql.one(c, "select is_free_lock('cab')")).isEqualTo("1");
                    assertThatThrownBy(() -> Sql.run(c, "execute mine"))
                            .isInstanceOf(SQLException.class);
                    assertThat(rides()).as("another session is not locked out").isZero();
                    assertThat(c.getTransactionIsolation())
                            .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                    Sql.run(c, "insert into ride values (1)");
                });
        assertThat(rides()).isEqualTo(1);
    }

    /** The driver keeps some at the server, and the reset throws them away. */
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, prepareThreshold, 1",
        "MARIADB, useServerPrepStmts, true",
        "MYSQL, useServerPrepStmts, true"
    })
    void statementsThatTheDriverPreparedCanBePreparedAgainAfterAFullReset(
            TestDatabase database, String property, String value) throws Exception {
        start(database, "max-size", "1", "reset", "full", "properties." + property, value);
        for (int i = 0; i < 3; i++) {
            app.request(
                    () -> {
                        for (int n = 0; n < 3; n++) {
                            try (PreparedStatement insert =
                                    app.connection()
                                            .prepareStatement("insert into ride values (?)")) {
                                insert.setInt(1, n);
                                insert.executeUpdate();
                            }
                        }
                    });
        }
        assertThat(rides()).isEqualTo(9);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aFullResetThatBreaksTheDriversCacheIsAFault() throws Exception {
        Map<String, String> pool =
                TestDatabase.MYSQL.pool("reset", "full", "properties.useServerPrepStmts", "true");
        TestApplication.start(pool).close();
        pool.compute("cabstand.pool.test.url", (key, url) -> url + "?cachePrepStmts=true");
        assertThatThrownBy(() -> app = TestApplication.start(pool))
                .hasMessageContaining("CAB0017: 'cabstand.pool.test.reset' is 'full'")
                .hasMessageContaining("useServerPrepStmts and cachePrepStmts");
    }

    @Test
    void aFullResetThatIsNotKnownIsAFault() {
        assertThatThrownBy(() -> start(TestDatabase.H2, "reset", "full"))
                .hasMessageContaining("CAB0017")
                .hasMessageContaining("'cabstand.pool.test.reset'");
    }
}
