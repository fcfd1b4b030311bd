package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.cabstand.internal.database.Database;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a database reads as a value is not in the masked text: random texts of what begins and ends literals, names and
 * comments are given to real databases, in the modes in which they read them differently.
 */
class MaskedStatementTest {

    private static final String SECRET = "hunter2";

    private static final List<String> PIECES =
            List.of(
                    "'", "'", "'", "''", "\"", "\"\"", "`", "[", "]", "$$", "$a$", "\\", "\\\\",
                    "--", "-- ", "#", "//", "/*", "*/", "/*!", "q'[", "]'", "q'", "N'", "E'", "X",
                    "\n", " ", ", ", "+", "||", "(", ")", "1", "a", "/", "*", "$", "@", ";", "{",
                    "}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:h2:mem:mask | |",
                "jdbc:h2:mem:maskmysql;MODE=MySQL | |",
                "jdbc:h2:mem:masksqlserver;MODE=MSSQLServer | |",
                "jdbc:h2:mem:maskoracle;MODE=Oracle | |",
                "jdbc:sqlite::memory: | |",
                "jdbc:hsqldb:mem:mask | | from (values (0))",
                "jdbc:derby:memory:mask;create=true | | from sysibm.sysdummy1",
                "POSTGRESQL | |",
                "POSTGRESQL | set standard_conforming_strings = off |",
                "MARIADB | |",
                "MARIADB | set sql_mode = 'NO_BACKSLASH_ESCAPES' |",
                "MARIADB | set sql_mode = 'ANSI_QUOTES' |",
                "MARIADB | set sql_mode = 'ORACLE' |",
                "MARIADB | set sql_mode = 'MSSQL' |",
                "MYSQL | |",
            })
    void noValueOfADatabaseIsShown(String where, String mode, String from) throws SQLException {
        String url = where.startsWith("jdbc:") ? where : TestDatabase.valueOf(where).url();
        boolean needsUser = where.startsWith("M");
        try (Connection connection =
                        needsUser
                                ? DriverManager.getConnection(url, "app", "secret")
                                : DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            if (mode != null) {
                statement.execute(mode);
            }
            int texts = url.startsWith("jdbc:derby:") ? 500 : 5_000;
            assertThat(read(Database.of(url), statement, from == null ? "" : " " + from, texts))
                    .as("texts that were read as SQL")
                    .isGreaterThan(5);
        }
    }

    /** How many texts with the secret in a value the database could read. */
    private static int read(Database database, Statement statement, String from, int texts)
            throws SQLException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < texts; i++) {
            String sql = "select " + expression(random) + from;
            if (isReadAsValue(statement, sql)) {
                found++;
                assertThat(database.masked(sql))
                        .as("seed %d, text %d: %s", seed, i, sql)
                        .doesNotContain(SECRET);
            }
        }
        return found;
    }

    private static String expression(Random random) {
        StringBuilder sql = new StringBuilder(random.nextBoolean() ? "'" : "");
        int length = 1 + random.nextInt(8);
        int secret = random.nextInt(length);
        for (int p = 0; p < length; p++) {
            sql.append(PIECES.get(random.nextInt(PIECES.size())));
            if (p == secret) {
                sql.append(SECRET);
            }
        }
        return sql.append(random.nextBoolean() ? "'" : "").toString();
    }

    private static boolean isReadAsValue(Statement statement, String sql) {
        try (ResultSet results = statement.executeQuery(sql)) {
            if (results.next()) {
                for (int c = 1; c <= results.getMetaData().getColumnCount(); c++) {
                    String value = results.getString(c);
                    if (value != null && value.contains(SECRET)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (SQLException | RuntimeException e) {
            return false; // no SQL
        }
    }
}
