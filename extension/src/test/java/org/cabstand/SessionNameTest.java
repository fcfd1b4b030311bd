package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The database's own list of sessions shows whose they are: the application's and the pool's. */
class SessionNameTest {

    @AfterEach
    void forgetTheName() {
        ApplicationNames.forget();
    }

    private static String shown(TestDatabase database, String... settings) throws Exception {
        try (var app = TestApplication.start(database.pool(settings));
                Connection c = app.dataSource().getConnection()) {
            assertThat((Throwable) c.getWarnings()).as("nothing was cut by the database").isNull();
            return Sql.one(
                    c,
                    database == TestDatabase.POSTGRESQL
                            ? "select application_name from pg_stat_activity"
                                    + " where pid = pg_backend_pid()"
                            : "select group_concat(attr_value)"
                                    + " from performance_schema.session_connect_attrs"
                                    + " where processlist_id = connection_id()"
                                    + " and attr_name in ('program_name', 'tenant')");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void applicationAndPoolAreShown(TestDatabase database) throws Exception {
        ApplicationNames.use("shop");
        assertThat(shown(database)).isEqualTo("shop/test");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void anApplicationWithoutANameIsShownAsOurs(TestDatabase database) throws Exception {
        assertThat(shown(database)).isEqualTo("cabstand/test");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void aNameAddsNothingButItself(TestDatabase database) throws Exception {
        ApplicationNames.use("Größe 1,tenant:x;'\"%s\n&a=b");
        assertThat(shown(database)).isEqualTo("Gr__e_1_tenant_x____s__a_b/test");
    }

    @ParameterizedTest
    @CsvSource({"POSTGRESQL, 63", "MARIADB, 128", "MYSQL, 128"})
    void aLongNameLeavesThePoolsWhole(TestDatabase database, int longest) throws Exception {
        ApplicationNames.use("x".repeat(200));
        assertThat(shown(database)).hasSize(longest).endsWith("x/test");
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, ApplicationName, reports",
        "MARIADB, connectionAttributes, program_name:reports",
        "MYSQL, connectionAttributes, program_name:reports"
    })
    void aNameOfTheUsersOwnWins(TestDatabase database, String property, String value)
            throws Exception {
        ApplicationNames.use("shop");
        assertThat(shown(database, "properties." + property, value)).isEqualTo("reports");
    }
}
