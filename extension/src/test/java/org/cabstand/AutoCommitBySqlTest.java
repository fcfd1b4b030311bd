package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Auto-commit that SQL has switched, and transactions that SQL has begun, where drivers do not see that. */
class AutoCommitBySqlTest extends ReturnFixture {

    private void start(TestDatabase database, boolean localState, String... settings)
            throws SQLException {
        Map<String, String> pool = database.pool(settings);
        pool.put("cabstand.pool.test.max-size", "2");
        if (localState) { // the driver then sends nothing that would change nothing
            pool.put("cabstand.pool.test.properties.useLocalSessionState", "true");
        }
        try (Connection direct = direct(database)) {
            Sql.run(direct, "drop table if exists ride");
            Sql.run(direct, "create table ride (id int primary key)");
        }
        app = TestApplication.start(pool);
    }

    /** Without a pool. */
    private static Connection direct(TestDatabase database) throws SQLException {
        Properties login = new Properties();
        if (database == TestDatabase.MARIADB || database == TestDatabase.MYSQL) {
            login.setProperty("user", "app");
            login.setProperty("password", "secret");
        }
        return DriverManager.getConnection(database.url(), login);
    }

    private static String committed(TestDatabase database) throws SQLException {
        try (Connection direct = direct(database)) {
            return Sql.one(direct, "select count(*) from ride");
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, false", "MARIADB, false", "MARIADB, true", "MYSQL, false", "MYSQL, true"})
    void whatSqlSwitchedOnIsOffForTheNextOne(TestDatabase database, boolean localState)
            throws Exception {
        start(database, localState, "auto-commit", "false");
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = session(app.connection());
                    Sql.run(app.connection(), database.autoCommitOff().replaceAll("0|false", "1"));
                });
        app.request(
                () -> {
                    assertThat(session(app.connection())).isSameAs(session[0]);
                    Sql.run(app.connection(), "insert into ride values (1)");
                    app.connection().rollback();
                });
        assertThat(committed(database)).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"H2, false", "MARIADB, false", "MARIADB, true", "MYSQL, false", "MYSQL, true"})
    void whatSqlSwitchedOffIsOnForTheNextOne(TestDatabase database, boolean localState)
            throws Exception {
        start(database, localState);
        Connection[] session = new Connection[1];
        app.request(
                () -> {
                    session[0] = session(app.connection());
                    Sql.run(app.connection(), database.autoCommitOff());
                });
        app.request(
                () -> {
                    assertThat(session(app.connection())).isSameAs(session[0]);
                    Sql.run(app.connection(), "insert into ride values (1)");
                });
        assertThat(committed(database)).isEqualTo("1");
    }

    /** A rollback that begins the next transaction at once must not leave that one to the next borrower. */
    @ParameterizedTest
    @CsvSource({
        "MARIADB, set completion_type = 1",
        "MYSQL, set completion_type = 1",
        "POSTGRESQL, commit and chain",
        "MARIADB, commit and chain",
        "MYSQL, commit and chain"
    })
    void aChainOfTransactionsIsCut(TestDatabase database, String chain) throws Exception {
        start(database, false);
        app.request(
                () -> {
                    Sql.run(app.connection(), "begin");
                    Sql.run(app.connection(), chain);
                    Sql.run(app.connection(), "insert into ride values (1)");
                });
        app.request(() -> Sql.run(app.connection(), "insert into ride values (2)"));
        assertThat(committed(database)).isEqualTo("1");
        assertThat(log.warnings()).singleElement().asString().startsWith("CAB0201");
    }

    private static void kill(TestDatabase database, Connection connection) throws SQLException {
        String id =
                Sql.one(
                        connection,
                        switch (database) {
                            case H2 -> "select session_id()";
                            case POSTGRESQL -> "select pg_backend_pid()";
                            default -> "select connection_id()";
                        });
        try (Connection direct = direct(database)) {
            Sql.run(
                    direct,
                    switch (database) {
                        case H2 -> "call abort_session(" + id + ")";
                        case POSTGRESQL -> "select pg_terminate_backend(" + id + ", 5000)";
                        default -> "kill " + id;
                    });
        }
    }

    /** What the application does after the loss must not be committed without what it did before. */
    @ParameterizedTest
    @CsvSource({
        "H2, begin",
        "H2, set autocommit false",
        "POSTGRESQL, begin",
        "MARIADB, begin",
        "MARIADB, set autocommit = 0",
        "MYSQL, begin",
        "MYSQL, set autocommit = 0"
    })
    void aTransactionOfSqlThatIsLostIsNotContinuedOnAnotherSession(
            TestDatabase database, String begin) throws Exception {
        start(database, false);
        app.request(
                () -> {
                    Connection c = app.connection();
                    Sql.run(c, begin);
                    Sql.run(c, "insert into ride values (1)");
                    assertThatThrownBy(() -> Sql.run(c, "insert into ride values (1)"))
                            .as("tells nothing of the transaction")
                            .isInstanceOf(SQLException.class);
                    if (database == TestDatabase.POSTGRESQL) {
                        Sql.run(c, "rollback");
                        Sql.run(c, begin);
                        Sql.run(c, "insert into ride values (1)");
                    }
                    kill(database, c);
                    for (int i = 2; i < 4; i++) {
                        String insert = "insert into ride values (" + i + ")";
                        assertThatThrownBy(() -> Sql.run(c, insert))
                                .isInstanceOf(SQLException.class);
                    }
                    c.rollback();
                    Sql.run(c, "insert into ride values (4)");
                });
        assertThat(committed(database)).isEqualTo("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL", "MARIADB", "MYSQL"})
    void afterATransactionOfSqlHasEndedALostSessionIsReplacedAtOnce(TestDatabase database)
            throws Exception {
        start(database, false);
        app.request(
                () -> {
                    Connection c = app.connection();
                    Sql.run(c, "begin");
                    Sql.run(c, "insert into ride values (1)");
                    Sql.run(c, "commit");
                    kill(database, c);
                    assertThatThrownBy(() -> Sql.run(c, "insert into ride values (2)"))
                            .isInstanceOf(SQLException.class);
                    Sql.run(c, "insert into ride values (3)");
                });
        assertThat(committed(database)).isEqualTo("2");
    }
}
