package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request has set on its connection follows it into transactions and out of them. */
class StateAcrossTransactionsTest extends TransactionFixture {

    @Test
    void stateFollowsIntoTheTransactionAndOutOfIt() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "create schema if not exists tenant_a");
            Sql.run(connection, "create schema if not exists tenant_b");
        }
        app.request(
                () -> {
                    app.connection().setSchema("tenant_a");
                    app.connection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    transactions.required(
                            () -> {
                                assertThat(app.connection().getSchema()).isEqualTo("tenant_a");
                                assertThat(Sql.one(app.connection(), "show transaction_isolation"))
                                        .isEqualTo("serializable");
                                app.connection().setSchema("tenant_b");
                                suspending.requiresNew(
                                        () ->
                                                assertThat(app.connection().getSchema())
                                                        .isEqualTo("tenant_b"));
                            });
                    assertThat(app.connection().getSchema()).isEqualTo("tenant_b");
                });
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(app.connection().getSchema()).isEqualTo("public");
                        assertThat(app.connection().getTransactionIsolation())
                                .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                    });
        }
    }

    @Test
    void stateChangedInsideReachesTheConnectionThatWaitedOutside() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        insertOutside(1);
        app.request(
                () -> {
                    String outside = session();
                    try (PreparedStatement open = app.connection().prepareStatement("select 1")) {
                        transactions.required(
                                () -> {
                                    assertThat(session()).isNotEqualTo(outside);
                                    app.connection().setSchema("pg_catalog");
                                });
                        assertThat(open.execute()).isTrue();
                        assertThat(session()).isEqualTo(outside);
                        assertThat(app.connection().getSchema()).isEqualTo("pg_catalog");
                    }
                });
    }

    /** Notes each session that it was given. */
    @ApplicationScoped
    static class Customizer implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            try (PreparedStatement statement =
                    connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
                statement.setString(1, "t" + pool);
                statement.execute();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = org.cabstand.internal.config.Transactions.class,
            names = {"AUTO", "XA"})
    void customizerIsCalledForTheTransactionsConnection(
            org.cabstand.internal.config.Transactions setting) throws Exception {
        for (String autoCommit : new String[] {"true", "false"}) {
            start(
                    TestDatabase.POSTGRESQL.pool(
                            "transactions",
                            setting.name().toLowerCase(java.util.Locale.ROOT),
                            "auto-commit",
                            autoCommit),
                    Customizer.class);
            app.request(
                    () ->
                            transactions.required(
                                    () ->
                                            assertThat(Sql.one(app.connection(), "show app.tenant"))
                                                    .isEqualTo("ttest")));
            assertNothingInUse();
            app.close();
        }
        app = null;
    }
}
