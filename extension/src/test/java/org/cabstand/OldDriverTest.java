package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver of JDBC 4.0 works as far as it can; the databases behind it are real. */
class OldDriverTest {

    private static Map<String, String> pool(TestDatabase database, String... more) {
        Map<String, String> pool = database.pool(more);
        pool.put("cabstand.pool.test.driver", OldDriver.class.getName());
        pool.put("cabstand.pool.test.max-size", "1");
        return pool;
    }

    @ParameterizedTest
    @EnumSource
    void itBorrowsCommitsAndComesBack(TestDatabase database) throws Exception {
        try (var app = TestApplication.start(pool(database, "validate-after-idle", "0s"))) {
            app.request(
                    () -> {
                        Sql.run(app.connection(), "drop table if exists old_ride");
                        Sql.run(app.connection(), "create table old_ride (id int)");
                        app.connection().setAutoCommit(false);
                        try (PreparedStatement insert =
                                app.connection()
                                        .prepareStatement("insert into old_ride values (?)")) {
                            insert.setInt(1, 1);
                            insert.executeUpdate();
                        }
                        app.connection().commit();
                        Sql.run(app.connection(), "insert into old_ride values (2)");
                    });
            app.request(
                    () -> {
                        Connection c = app.connection();
                        assertThat(c.getAutoCommit()).isTrue();
                        assertThat(Sql.one(c, "select count(*) from old_ride")).isEqualTo("1");
                        c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    });
            app.request(() -> Sql.run(app.connection(), "drop table old_ride"));
            assertThat(app.state().idle()).isOne();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsValidatedByAQueryAndAborted(TestDatabase database) throws Exception {
        try (var app =
                TestApplication.start(
                        pool(
                                database,
                                "validation-query",
                                "select 1",
                                "validate-after-idle",
                                "0s"))) {
            app.request(() -> Sql.one(app.connection(), "select 1"));
            app.request(
                    () -> {
                        Sql.one(app.connection(), "select 1");
                        app.connection().abort(Runnable::run);
                    });
            app.request(() -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void theLimitOfTheLoginDoesNotBoundItsStatements(TestDatabase database) throws Exception {
        try (var app = TestApplication.start(pool(database, "login-timeout", "1s"))) {
            String sleep =
                    database == TestDatabase.POSTGRESQL
                            ? "select 1 from pg_sleep(1.5)"
                            : "select 1 + sleep(1.5)";
            app.request(() -> assertThat(Sql.one(app.connection(), sleep)).startsWith("1"));
        }
    }

    @Test
    void aNetworkTimeoutThatItCannotKeepIsNamed() {
        try (var app =
                TestApplication.start(pool(TestDatabase.POSTGRESQL, "network-timeout", "3s"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection().close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("CAB0024")
                    .hasMessageContaining("'cabstand.pool.test.network-timeout'");
        }
    }

    @Test
    void oneWithoutIsValidIsTakenForValidWhileItIsOpen() throws Exception {
        FakeDatabase database =
                new FakeDatabase("older")
                        .on(
                                "isValid",
                                (session, args) -> {
                                    throw new AbstractMethodError("isValid");
                                });
        try (var app = TestApplication.start(database.pool("validate-after-idle", "0s"))) {
            for (int i = 0; i < 3; i++) {
                app.request(() -> app.connection().createStatement().execute("x"));
            }
            assertThat(database.logins()).hasSize(1);
        }
    }
}
