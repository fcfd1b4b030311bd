package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The database's own list of sessions shows whose they are: the application's and the pool's.
 *
 * <p>MariaDB takes connection attributes and shows none of them, not even its own client's: for it and for
 * MySQL's driver it is looked at what reaches the server.
 */
class SessionNameTest {

    @AfterEach
    void forgetTheName() {
        ApplicationNames.forget();
    }

    private static String shownByPostgres(String... settings) throws Exception {
        try (var app = TestApplication.start(TestDatabase.POSTGRESQL.pool(settings));
                Connection c = app.dataSource().getConnection()) {
            assertThat((Throwable) c.getWarnings()).as("nothing was cut by the database").isNull();
            return Sql.one(
                    c,
                    "select application_name from pg_stat_activity where pid = pg_backend_pid()");
        }
    }

    /** Names and values with the byte before each, which is its length. */
    private static String sentAtLogin(TestDatabase database, String... settings) throws Exception {
        try (SilentProxy proxy = new SilentProxy(database.port())) {
            Map<String, String> pool = database.pool(settings);
            pool.put("cabstand.pool.test.url", database.url(proxy.port()));
            try (var app = TestApplication.start(pool)) {
                app.dataSource().getConnection().close();
            }
            return proxy.heard();
        }
    }

    private static String attribute(String name, String value) {
        return (char) name.length() + name + (char) value.length() + value;
    }

    @Test
    void applicationAndPoolAreShownByPostgres() throws Exception {
        ApplicationNames.use("shop");
        assertThat(shownByPostgres()).isEqualTo("shop/test");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void applicationAndPoolReachMariaDb(TestDatabase database) throws Exception {
        ApplicationNames.use("shop");
        assertThat(sentAtLogin(database)).contains(attribute("program_name", "shop/test"));
    }

    @Test
    void anApplicationWithoutANameIsShownAsOurs() throws Exception {
        assertThat(shownByPostgres()).isEqualTo("cabstand/test");
    }

    @Test
    void aNameOfAnyCharactersIsShownByPostgres() throws Exception {
        ApplicationNames.use("Größe 1;'\"%s\n");
        assertThat(shownByPostgres()).isEqualTo("Gr__e_1____s_/test");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aNameAddsNoAttributes(TestDatabase database) throws Exception {
        ApplicationNames.use("shop,tenant:other");
        assertThat(sentAtLogin(database))
                .contains(attribute("program_name", "shop_tenant_other/test"))
                .doesNotContain(attribute("tenant", "other"));
    }

    @Test
    void aLongNameLeavesThePoolsWhole() throws Exception {
        ApplicationNames.use("x".repeat(200));
        assertThat(shownByPostgres()).hasSize(63).endsWith("x/test");
    }

    @Test
    void aNameOfTheUsersOwnWins() throws Exception {
        ApplicationNames.use("shop");
        assertThat(shownByPostgres("properties.ApplicationName", "reports")).isEqualTo("reports");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void attributesOfTheUsersOwnWin(TestDatabase database) throws Exception {
        ApplicationNames.use("shop");
        assertThat(sentAtLogin(database, "properties.connectionAttributes", "program_name:reports"))
                .contains(attribute("program_name", "reports"))
                .doesNotContain("shop");
    }
}
