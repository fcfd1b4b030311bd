package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Locale;
import java.util.UUID;
import org.cabstand.it.app.SqlResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards that one application can have pools on several databases, each with what its own driver needs,
 * and that the return of a connection means the same on all of them.
 *
 * <p>All pools have one connection, so that the next request gets the very one that was used.
 */
@ArquillianTest
class DatabasesIT {

    private static final Database POSTGRES =
            Database.create("databases").execute("create table work (id text)");

    /** A database and a driver for it, and how it names what differs. */
    enum On {
        POSTGRES("show work_mem", "set work_mem = '7MB'"),
        MARIADB("select @tenant", "set @tenant = 'acme'"),
        /** MySQL's driver, on MariaDB. */
        MYSQL("select @tenant", "set @tenant = 'acme'");

        private final String variable;
        private final String setVariable;

        On(String variable, String setVariable) {
            this.variable = variable;
            this.setVariable = setVariable;
        }

        String pool() {
            return name().toLowerCase(Locale.ROOT);
        }

        String poolWithFullReset() {
            return pool() + "-full";
        }
    }

    private final WarClient app = WarClient.of("databases");

    private final String id = UUID.randomUUID().toString();

    @Deployment(testable = false)
    static WebArchive war() {
        TestWar war =
                TestWar.named("databases")
                        .withDriversOfMariaDbAndMySql()
                        .with(SqlResource.class)
                        .config("cabstand.defaults.max-size", "1");
        for (On on : On.values()) {
            pool(war, on, on.pool());
            pool(war, on, on.poolWithFullReset()).pool(on.poolWithFullReset(), "reset", "full");
        }
        return war.build();
    }

    private static TestWar pool(TestWar war, On on, String pool) {
        if (on == On.POSTGRES) {
            return war.pool(pool, "url", POSTGRES.url()).pool(pool, "username", "postgres");
        }
        return war.pool(pool, "url", MariaDb.url(on.pool()))
                .pool(pool, "username", MariaDb.USER)
                .pool(pool, "password", MariaDb.PASSWORD);
    }

    /** One request on a connection that is back when this returns. */
    private String run(String pool, String options, String... statements) {
        StringBuilder path = new StringBuilder("api/sql/" + pool + "?" + options);
        for (String sql : statements) {
            path.append("&sql=").append(URLEncoder.encode(sql, StandardCharsets.UTF_8));
        }
        String answer = app.text(path.toString());
        awaitReturn(pool);
        return answer;
    }

    private void awaitReturn(String pool) {
        await().untilAsserted(() -> assertThat(app.pool(pool).active()).isZero());
    }

    private String insert() {
        return "insert into work values ('" + id + "')";
    }

    private String count() {
        return "select count(*) from work where id = '" + id + "'";
    }

    @ParameterizedTest
    @EnumSource
    void whatWasNotCommittedIsRolledBack(On on) {
        assertThat(run(on.pool(), "auto-commit=false", insert(), count())).isEqualTo("1");
        assertThat(run(on.pool(), "", count())).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void whatSqlBeganIsRolledBack(On on) {
        assertThat(run(on.pool(), "", "begin", insert(), count())).isEqualTo("1");
        assertThat(run(on.pool(), "", count())).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasCommittedStays(On on) {
        run(on.pool(), "", insert());
        assertThat(run(on.pool(), "", count())).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource
    void stateDoesNotReachTheNextRequest(On on) {
        String path = "api/sql/" + on.pool() + "/isolation";
        int before = Integer.parseInt(app.text(path));
        int other =
                before == Connection.TRANSACTION_SERIALIZABLE
                        ? Connection.TRANSACTION_READ_COMMITTED
                        : Connection.TRANSACTION_SERIALIZABLE;
        app.text(path + "?then=" + other);
        awaitReturn(on.pool());
        assertThat(app.text(path)).isEqualTo("" + before);
    }

    @ParameterizedTest
    @EnumSource
    void aFullResetClearsVariables(On on) {
        String initial = run(on.poolWithFullReset(), "", on.variable);
        assertThat(run(on.poolWithFullReset(), "", on.setVariable, on.variable))
                .isNotEqualTo(initial);
        assertThat(run(on.poolWithFullReset(), "", on.variable)).isEqualTo(initial);

        // without it the same session keeps them: the pools do differ
        run(on.pool(), "", on.setVariable);
        assertThat(run(on.pool(), "", on.variable)).isNotEqualTo(initial);
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionClosedEarlyIsBorrowedAgain(On on) {
        long before = app.pool(on.pool()).acquired();
        assertThat(run(on.pool(), "close=true", insert(), count(), count())).isEqualTo("1");
        assertThat(app.pool(on.pool()).acquired()).isGreaterThanOrEqualTo(before + 3);
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseShowsWhoseTheSessionIs(On on) {
        assertThat(
                        run(
                                on.pool(),
                                "",
                                on == On.POSTGRES
                                        ? "select application_name from pg_stat_activity"
                                                + " where pid = pg_backend_pid()"
                                        : "select attr_value"
                                                + " from performance_schema.session_connect_attrs"
                                                + " where processlist_id = connection_id()"
                                                + " and attr_name = 'program_name'"))
                .isEqualTo(
                        (Server.can("databases.name-of-application") ? "databases/" : "cabstand/")
                                + on.pool());
    }
}
