package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The query timeout of a statement ends with its borrower, also on H2, where all of a session's statements share it. */
class QueryTimeoutTest extends WayBackFixture {

    private static int ofNewStatement(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            return statement.getQueryTimeout();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "H2, true", "H2, false",
        "POSTGRESQL, true", "POSTGRESQL, false",
        "MARIADB, true", "MARIADB, false",
        "MYSQL, true", "MYSQL, false",
        "SQLITE, true", "SQLITE, false"
    })
    void theNextBorrowerHasNone(TestDatabase database, String autoCommit) throws Exception {
        start(database.pool("auto-commit", autoCommit));
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = app.connection().unwrap(Connection.class);
                    assertThat(ofNewStatement(app.connection())).isZero();
                });
        app.request(
                () -> {
                    try (Statement statement = app.connection().createStatement()) {
                        statement.setQueryTimeout(7);
                        statement.execute("select 1");
                    }
                });
        app.request(() -> assertThat(ofNewStatement(app.connection())).isZero());
        app.request(
                () -> {
                    PreparedStatement one = app.connection().prepareStatement("select 1");
                    one.setQueryTimeout(7);
                    PreparedStatement two = app.connection().prepareStatement("select 2");
                    two.setQueryTimeout(8);
                    one.close();
                    two.close();
                });
        try (Connection next = app.dataSource().getConnection()) {
            assertThat(ofNewStatement(next)).isZero();
            assertThat(next.unwrap(Connection.class)).isSameAs(session[0]);
        }
        assertThat(log.warnings()).allMatch(m -> m.startsWith("CAB0201"));
    }

    @ParameterizedTest
    @EnumSource
    void thatOfAValidationIsNotTheBorrowers(TestDatabase database) throws Exception {
        start(database.pool("validation-query", "select 1", "validate-after-idle", "0s"));
        for (int i = 0; i < 2; i++) {
            app.request(() -> assertThat(ofNewStatement(app.connection())).isZero());
        }
    }

    @ParameterizedTest
    @CsvSource({";QUERY_TIMEOUT=60000, select 1", "'', set query_timeout 60000"})
    void thatOfTheUrlOrInitialSqlHolds(String parameter, String initialSql) throws Exception {
        var pool = TestDatabase.H2.pool("initial-sql", initialSql);
        pool.computeIfPresent("cabstand.pool.test.url", (key, url) -> url + parameter);
        start(pool);
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(ofNewStatement(app.connection())).isEqualTo(60);
                        try (Statement statement = app.connection().createStatement()) {
                            statement.setQueryTimeout(0);
                        }
                    });
        }
    }
}
