package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tenants by PostgreSQL's row-level security: each connection of a request, in and outside of transactions,
 * is the tenant's, and none is still the last one's.
 */
class RowLevelSecurityTest {

    /** Who the request is for. */
    @RequestScoped
    static class Tenant {

        private String id;

        String id() {
            return id;
        }

        void is(String tenant) {
            id = tenant;
        }
    }

    /** As in the documentation of {@link ConnectionCustomizer}. */
    @ApplicationScoped
    static class TenantCustomizer implements ConnectionCustomizer {

        @Inject Tenant tenant;

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            try (PreparedStatement set =
                    connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
                set.setString(1, tenant.id());
                set.execute();
            }
        }
    }

    private TestApplication app;
    private TransactionManager manager;

    @BeforeEach
    void start() throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            Sql.run(admin, "drop table if exists tenant_ride");
            Sql.run(admin, "drop role if exists tenant_user");
            Sql.run(admin, "create role tenant_user login");
            Sql.run(admin, "create table tenant_ride (tenant text, id int)");
            Sql.run(admin, "alter table tenant_ride enable row level security");
            Sql.run(
                    admin,
                    "create policy own on tenant_ride"
                            + " using (tenant = current_setting('app.tenant'))");
            Sql.run(admin, "grant select, insert on tenant_ride to tenant_user");
        }
        app =
                TestApplication.startWithJta(
                        TestDatabase.POSTGRESQL.pool(
                                "url",
                                DatabaseServers.postgres().getJdbcUrl("tenant_user", "postgres"),
                                "max-size",
                                "2"),
                        Tenant.class,
                        TenantCustomizer.class);
        manager = app.get(TransactionManager.class);
    }

    @AfterEach
    void stop() throws SQLException {
        app.close();
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            Sql.run(admin, "drop table tenant_ride");
            Sql.run(admin, "drop role tenant_user");
        }
    }

    @Test
    void everyConnectionOfARequestIsItsTenants() throws Exception {
        for (String tenant : new String[] {"acme", "umbrella", "acme"}) {
            app.request(
                    () -> {
                        app.get(Tenant.class).is(tenant);
                        insert(tenant, 1);
                        app.connection().close();
                        manager.begin();
                        insert(tenant, 2);
                        manager.rollback();
                        manager.begin();
                        insert(tenant, 3);
                        assertThatThrownBy(() -> insert("other", 4))
                                .hasMessageContaining("row-level security");
                        manager.rollback();
                        manager.begin();
                        insert(tenant, 5);
                        manager.commit();
                        assertThat(
                                        Sql.one(
                                                app.connection(),
                                                "select string_agg(distinct tenant, ',')"
                                                        + " from tenant_ride"))
                                .isEqualTo(tenant);
                    });
        }
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            assertThat(Sql.one(admin, "select count(*) from tenant_ride")).isEqualTo("6");
        }
    }

    private void insert(String tenant, int id) throws SQLException {
        Sql.run(app.connection(), "insert into tenant_ride values ('" + tenant + "', " + id + ")");
    }
}
