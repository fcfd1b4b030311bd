package org.cabstand.test.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.cabstand.test.internal.Sql.Definitions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "commit",
                " COMMIT;",
                "-- end\ncommit",
                "/* a */ /* b */ rollback",
                "rollback work",
                "begin",
                "BEGIN TRANSACTION",
                "begin immediate",
                "start transaction",
                "end",
                "abort",
                "set autocommit = 1",
                "create table x (id integer)",
                "truncate table x",
                "drop table x"
            })
    void whatCommits(String sql) {
        assertThat(Sql.commits(sql, Definitions.COMMIT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "rollback to savepoint a",
                "rollback to a",
                "begin atomic update x set a = 1; end",
                "begin proc(1, 2, 3); other(4); end",
                "start slave",
                "set time_zone = '+00:00'",
                "insert into x values ('commit')",
                "comments",
                ""
            })
    void whatDoesNot(String sql) {
        assertThat(Sql.commits(sql, Definitions.COMMIT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create temporary table x (id integer)", "drop temporary table x"})
    void temporaryTablesOfMariaDb(String sql) {
        assertThat(Sql.commits(sql, Definitions.COMMIT_UNLESS_TEMPORARY)).isFalse();
        assertThat(Sql.commits(sql, Definitions.COMMIT)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1", "(select 1) union (select 2)", "-- why\nvalues (1)"})
    void whatReads(String sql) {
        assertThat(Sql.reads(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a as (delete from x returning *) select * from a", "call f()"})
    void whatMayWrite(String sql) {
        assertThat(Sql.reads(sql)).isFalse();
    }
}
