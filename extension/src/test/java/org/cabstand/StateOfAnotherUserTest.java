package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions of two users in one pool, as after a rotation: each goes back to the state that it began with. */
class StateOfAnotherUserTest {

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    @ApplicationScoped
    static class Users implements CredentialsProvider {

        private static volatile String user;

        @Override
        public Credentials credentials(String pool) {
            return new Credentials(user, "secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"standard, true", "standard, false", "full, true"})
    void thePathOfSchemasOfTheRole(String reset, String autoCommit) throws Exception {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            Sql.run(admin, "create schema if not exists other");
            for (String role : new String[] {"ann", "bob"}) {
                Sql.run(admin, "drop role if exists " + role);
                Sql.run(admin, "create role " + role + " login");
            }
            Sql.run(admin, "alter role bob set search_path = other");
            Sql.run(admin, "alter role bob set default_transaction_isolation = serializable");
        }
        Map<String, String> pool =
                TestDatabase.POSTGRESQL.pool(
                        "max-size", "1", "reset", reset, "auto-commit", autoCommit);
        pool.computeIfPresent(
                "cabstand.pool.test.url", (key, url) -> url.replaceAll("[?&]user=[^&]*", ""));
        Users.user = "ann";
        app = TestApplication.start(pool, Users.class);
        app.request(
                () -> {
                    assertThat(Sql.one(app.connection(), "select current_user")).isEqualTo("ann");
                    app.connection().setSchema("pg_catalog");
                });
        Users.user = "bob";
        app.request(
                () -> {
                    assertThat(Sql.one(app.connection(), "show search_path"))
                            .isEqualTo("\"$user\", public");
                    app.connection().abort(Runnable::run);
                });
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        Connection c = app.connection();
                        assertThat(c.getTransactionIsolation())
                                .isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                        c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                        assertThat(Sql.one(c, "select current_user")).isEqualTo("bob");
                        assertThat(Sql.one(c, "show search_path")).isEqualTo("other");
                        c.setSchema("pg_catalog");
                    });
        }
        assertThat(log.warnings()).isEmpty();
    }
}
