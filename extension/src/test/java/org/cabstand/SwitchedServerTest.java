package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that the driver makes of two sessions, one of them for reading: {@code jdbc:mysql:replication:}. */
class SwitchedServerTest extends WayBackFixture {

    private static final String ID = "select connection_id()";

    /** Source and replica are the same server here. */
    private void start(TestDatabase database, String reset, String autoCommit) throws SQLException {
        Map<String, String> pool = database.pool("reset", reset, "auto-commit", autoCommit);
        pool.computeIfPresent(
                "cabstand.pool.test.url",
                (key, url) -> {
                    String host = "127.0.0.1:" + database.port();
                    return url.replace("://" + host, ":replication://" + host + "," + host);
                });
        try (Connection direct = FullResetFixture.direct(database)) {
            Sql.run(direct, "drop table if exists ride");
            Sql.run(direct, "create table ride (id int)");
        }
        start(pool);
    }

    private static String committed(TestDatabase database) throws SQLException {
        try (Connection direct = FullResetFixture.direct(database)) {
            return Sql.one(direct, "select count(*) from ride");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MARIADB, standard, true, false",
        "MARIADB, standard, true, true",
        "MARIADB, standard, false, false",
        "MARIADB, full, true, true",
        "MYSQL, standard, true, false",
        "MYSQL, standard, true, true",
        "MYSQL, standard, false, false",
        "MYSQL, full, true, true"
    })
    void workLeftOnTheOtherServerIsRolledBack(
            TestDatabase database, String reset, String autoCommit, boolean bySql)
            throws Exception {
        start(database, reset, autoCommit);
        app.request(
                () -> {
                    Connection c = app.connection();
                    String source = Sql.one(c, ID);
                    if (bySql) {
                        Sql.run(c, "begin");
                    } else {
                        c.setAutoCommit(false);
                    }
                    Sql.run(c, "insert into ride values (1)");
                    c.setReadOnly(true);
                    assertThat(Sql.one(c, ID)).isNotEqualTo(source);
                });
        assertThat(committed(database)).isEqualTo("0");
        app.request(
                () -> {
                    Connection c = app.connection();
                    assertThat(c.isReadOnly()).isFalse();
                    Sql.run(c, "insert into ride values (2)");
                    if (!c.getAutoCommit()) {
                        c.commit();
                    }
                });
        assertThat(committed(database)).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"MARIADB", "MYSQL"})
    void aFullResetLeavesNothingOnTheOtherServer(TestDatabase database) throws Exception {
        start(database, "full", "true");
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        Connection c = app.connection();
                        c.setReadOnly(true);
                        assertThat(Sql.one(c, "select @tenant")).isNull();
                        Sql.run(c, "set @tenant = 'acme'");
                    });
        }
    }
}
