package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The handles of one JTA transaction share its session, but not what each of them has set. */
class SharedTransactionTest {

    /** Gives each session a schema of its own, by SQL. */
    @ApplicationScoped
    static class PathCustomizer implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            Sql.run(connection, "set search_path to information_schema, public");
        }
    }

    private TestApplication app;
    private TransactionManager manager;

    private void start(TestDatabase database, String... settings) {
        app = TestApplication.startWithJta(database.pool(settings));
        manager = app.get(TransactionManager.class);
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private Connection borrow() throws SQLException {
        return app.dataSource().getConnection();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void theSchemaIsEachHandlesOwn(TestDatabase database) throws Exception {
        for (String setting : new String[] {"auto", "xa"}) {
            start(database, "max-size", "1", "transactions", setting);
            createTables(database);
            app.request(
                    () -> {
                        manager.begin();
                        try (Connection one = borrow();
                                Connection two = borrow()) {
                            database.useOtherSchema(one);
                            Sql.run(one, "insert into tenants values ('one')");
                            Sql.run(two, "insert into tenants values ('two')");
                            try (PreparedStatement insert =
                                    one.prepareStatement("insert into tenants values (?)")) {
                                Sql.run(two, "insert into tenants values ('two')");
                                insert.setString(1, "one");
                                insert.execute();
                            }
                            Sql.run(app.connection(), "insert into tenants values ('two')");
                            database.useOtherSchema(app.connection());
                            Sql.run(two, "insert into tenants values ('two')");
                            Sql.run(app.connection(), "insert into tenants values ('one')");
                        }
                        try (Connection three = borrow()) {
                            Sql.run(three, "insert into tenants values ('two')");
                        }
                        manager.commit();
                    });
            try (Connection connection = borrow()) {
                assertThat(Sql.one(connection, TENANTS)).as(setting).isEqualTo("5 two");
                database.useOtherSchema(connection);
                assertThat(Sql.one(connection, TENANTS)).as(setting).isEqualTo("3 one");
            }
            app.close();
        }
        app = null;
    }

    private static final String TENANTS =
            "select concat(count(*), ' ', min(tenant)) from tenants having min(tenant)"
                    + " = max(tenant)";

    private void createTables(TestDatabase database) throws SQLException {
        try (Connection connection = borrow()) {
            if (!database.canChange(SessionAttribute.CATALOG)) {
                Sql.run(connection, "create schema if not exists other");
            }
            for (int i = 0; i < 2; i++) {
                Sql.run(connection, "drop table if exists tenants");
                Sql.run(connection, "create table tenants (tenant varchar(9))");
                database.useOtherSchema(connection);
            }
        }
    }

    @Test
    void whatACustomizerHasSetIsWhatTheOthersComeBackTo() throws Exception {
        app =
                TestApplication.startWithJta(
                        TestDatabase.POSTGRESQL.pool("max-size", "1"), PathCustomizer.class);
        manager = app.get(TransactionManager.class);
        manager.begin();
        try (Connection one = borrow();
                Connection two = borrow()) {
            Sql.run(one, "select 1");
            one.setSchema("pg_catalog");
            assertThat(Sql.one(two, "show search_path")).isEqualTo("information_schema, public");
            assertThat(one.getSchema()).isEqualTo("pg_catalog");
        }
        manager.rollback();
    }

    /** One handle's setting is undone with another handle's savepoint. */
    @Test
    void theSchemaIsEachHandlesOwnAfterARollbackToASavepoint() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        manager.begin();
        try (Connection one = borrow();
                Connection two = borrow()) {
            one.setSchema("pg_catalog");
            assertThat(Sql.one(one, "select current_schema()")).isEqualTo("pg_catalog");
            Savepoint savepoint = two.setSavepoint();
            assertThat(one.getSchema()).isEqualTo("pg_catalog");
            two.rollback(savepoint);
            assertThat(two.getSchema()).isEqualTo("public");
            assertThat(one.getSchema()).isEqualTo("pg_catalog");
            two.rollback(savepoint);
            assertThat(one.getSchema()).isEqualTo("pg_catalog");
            assertThat(two.getSchema()).isEqualTo("public");
        }
        manager.rollback();
    }

    /** While only a rollback is possible nothing can be set; afterwards it is. */
    @Test
    void theSchemaIsEachHandlesOwnAfterAFailedStatementToo() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        manager.begin();
        try (Connection one = borrow();
                Connection two = borrow()) {
            Savepoint savepoint = two.setSavepoint();
            one.setSchema("pg_catalog");
            assertThatThrownBy(() -> Sql.run(one, "select no_such_column"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> Sql.run(two, "select 1")).isInstanceOf(SQLException.class);
            two.rollback(savepoint);
            assertThat(two.getSchema()).isEqualTo("public");
            assertThat(one.getSchema()).isEqualTo("pg_catalog");
        }
        manager.rollback();
    }

    @Test
    void eachOtherSettingIsEachHandlesOwn() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    try (Connection one = borrow();
                            Connection two = borrow()) {
                        one.setReadOnly(true);
                        one.setNetworkTimeout(Runnable::run, 7000);
                        one.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
                        one.setClientInfo("ApplicationName", "one");
                        one.setTypeMap(java.util.Map.of("x", String.class));
                        int holdability = two.getHoldability();
                        assertThat(two.isReadOnly()).isFalse();
                        assertThat(two.getNetworkTimeout()).isZero();
                        assertThat(two.getTypeMap()).isEmpty();
                        assertThat(two.getClientInfo("ApplicationName")).isNotEqualTo("one");
                        assertThat(one.isReadOnly()).isTrue();
                        assertThat(one.getNetworkTimeout()).isEqualTo(7000);
                        assertThat(one.getTypeMap()).hasSize(1);
                        assertThat(one.getClientInfo("ApplicationName")).isEqualTo("one");
                        two.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                        assertThat(one.getHoldability())
                                .isEqualTo(ResultSet.CLOSE_CURSORS_AT_COMMIT);
                        assertThat(holdability).isNotZero();
                        Sql.run(two, "create temporary table written (id int) on commit drop");
                        Sql.run(two, "insert into written values (1)");
                        assertThat(app.connection().getNetworkTimeout()).isZero();
                    }
                    assertThat(app.connection().getNetworkTimeout()).isZero();
                    manager.commit();
                });
    }

    /** A session without a database cannot come back to that: who expects it must not go on. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void whatCannotBeUndoneForAnotherIsRefused(TestDatabase database) throws Exception {
        start(database, "url", database.url().replace("/contract", "/"), "max-size", "1");
        manager.begin();
        try (Connection one = borrow();
                Connection two = borrow()) {
            one.setCatalog("other");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> Sql.run(two, "select 1"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageStartingWith("CAB0146");
            }
            assertThat(one.getCatalog()).isEqualTo("other");
        }
        manager.rollback();
    }
}
