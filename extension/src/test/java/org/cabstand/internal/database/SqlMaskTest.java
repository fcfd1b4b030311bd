package org.cabstand.internal.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** No literal of a statement is ever shown, however a database reads its quotes. */
class SqlMaskTest {

    private static final String SECRET = "hunter2";

    private static String masked(String syntax, String sql) {
        return SqlMask.mask(SqlSyntax.valueOf(syntax), sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "POSTGRESQL | select * from t where a = 'x' and b = 42 | select * from t where a = ? and b = ?",
                "POSTGRESQL | select 'it''s', -1.5e10, .5, 0x1F, 1_000 | select ?, -?, …",
                "POSTGRESQL | select $1, $2 from t1 | select $1, $2 from t1",
                "POSTGRESQL | select $$it's$$, $q$ $$ $q$, a$b$c from t | select ?, …, a$b$c from t",
                "POSTGRESQL | select \"na'me\", arr['x'], j #> '{a}' from t | select \"na'me\", arr[?], j #> ? from t",
                "POSTGRESQL | select 1 -- it's|select ?",
                "POSTGRESQL | select /* it's */ 1 /*+ hint */ | select ?",
                "POSTGRESQL | select E'a\\\\', 'b' | select E?, …",
                "POSTGRESQL | select E'it\\'s hunter2', 'b' | select E?…",
                "POSTGRESQL | select /* a /* b */ 'hunter2' */ 1 | select…",
                "POSTGRESQL | set app.key to hunter2 | set app.key to…",
                "POSTGRESQL | select 1; set app.key = hunter2 | select ?; set app.key =…",
                "MYSQL | select \"x\", `na'me`, 'y' from t # it's | select ?, `na'me`, ? from t",
                "MYSQL | select 1--'hunter2' | select ?--?",
                "MYSQL | select 1 -- it's | select ?",
                "MYSQL | select 'a\\' hunter2 ' | select ?…",
                "MYSQL | select /*! 'a*/b' hunter2 */ | select…",
                "SQLITE | select [na'me], \"x\", `y'z`, 'a' | select [na'me], ?, `y'z`, ?",
                "SQLITE | pragma key = hunter2 | pragma…",
                "H2 | select $$it's$$, 1 // it's | select ?, …",
                "H2 | select \"na'me\" from t where x in (1, 2, 3) | select \"na'me\" from t where x in (?, …)",
                "ORACLE | select q'[it's]', q'!it's!', nq'(a)' from dual | select q?, q?, nq? from dual",
                "ORACLE | create user bob identified by hunter2 | create user bob identified…",
                "SQLSERVER | select [it's], $12.50 from #t where n = N'x' | select [it's], $? from #t where n = N?",
                "SQLSERVER | exec sp_addlogin bob, hunter2 | exec…",
                "STANDARD | select \"a\" from t where b = 'x' | select \"a\" from t where b = ?",
                "STANDARD | select q'[it's hunter2]' from t | select q…",
                "UNKNOWN | select a from t where b = 'x' | select a from t where b = ?",
                "UNKNOWN | select [it's hunter2] | select…",
                "UNKNOWN | select $$hunter2$$ | select…",
                "UNKNOWN | select 1 # it's hunter2 | select ?…",
                "UNKNOWN | select 'no end | select ?…"
            })
    void literalsAndCommentsAreNotShown(String syntax, String sql, String expected) {
        assertThat(masked(syntax, sql)).isEqualTo(expected).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void listsAndRowsOfDifferentLengthsAreOneText(SqlSyntax syntax) {
        String name = syntax.name();
        assertThat(masked(name, "insert into t values (1, 'a'), (2, 'b'), (3, 'c')"))
                .isEqualTo(masked(name, "insert into t values (?,?),  (?, ?)"))
                .isEqualTo("insert into t values (?, …), …");
    }

    @Test
    void aLongTextIsCut() {
        String sql = "select " + "a_rather_long_name, ".repeat(10_000) + "'" + SECRET + "'";
        assertThat(masked("POSTGRESQL", sql)).hasSizeLessThan(2_100).endsWith("…");
        String cutInALiteral = "select '" + "x".repeat(20_000) + "', 1";
        assertThat(masked("POSTGRESQL", cutInALiteral)).isEqualTo("select ?…");
    }
}
