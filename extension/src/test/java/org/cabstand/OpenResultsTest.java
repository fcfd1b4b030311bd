package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.TransactionManager;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed statements and results count as closed, whether application or driver closed them, in any order. */
class OpenResultsTest {

    private static final List<String> OTHERS =
            List.of("jdbc:hsqldb:mem:open-results", "jdbc:derby:memory:open-results;create=true");

    private TestApplication app;
    private TransactionManager manager;

    /** One connection: an open statement or result is in the way of a transaction. */
    private void start(Map<String, String> properties) {
        app = TestApplication.startWithJta(properties);
        manager = app.get(TransactionManager.class);
    }

    private static Map<String, String> pool(String database) {
        return database.startsWith("jdbc:")
                ? Map.of("cabstand.pool.test.url", database, "cabstand.pool.test.max-size", "1")
                : TestDatabase.valueOf(database).pool("max-size", "1");
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    private static String select(String database) {
        return OTHERS.contains(database) ? "values (1), (2)" : "select 1 union all select 2";
    }

    /** A transaction takes the only connection, which must be idle. */
    private void assertNothingOpen() throws Exception {
        manager.begin();
        try {
            assertThat(app.connection().getAutoCommit()).isFalse();
        } finally {
            manager.rollback();
        }
    }

    /** HSQLDB's driver leaves it open. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "H2",
                "POSTGRESQL",
                "MARIADB",
                "MYSQL",
                "SQLITE",
                "jdbc:derby:memory:open-results;create=true"
            })
    void aStatementClosedOnCompletionIsClosed(String database) throws Exception {
        start(pool(database));
        app.request(
                () -> {
                    Connection request = app.connection();
                    Statement statement = request.createStatement();
                    statement.closeOnCompletion();
                    ResultSet results = statement.executeQuery(select(database));
                    assertThat(results.next()).isTrue();
                    results.close();
                    assertThat(statement.isClosed()).isTrue();
                    assertNothingOpen();
                    PreparedStatement prepared = request.prepareStatement(select(database));
                    prepared.closeOnCompletion();
                    try (ResultSet more = prepared.executeQuery()) {
                        while (more.next()) {
                            assertThat(more.getInt(1)).isPositive();
                        }
                    }
                    assertNothingOpen();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "H2",
                "POSTGRESQL",
                "MARIADB",
                "MYSQL",
                "SQLITE",
                "jdbc:hsqldb:mem:open-results",
                "jdbc:derby:memory:open-results;create=true"
            })
    void metadataReadToItsEndIsNoOpenResult(String database) throws Exception {
        start(pool(database));
        app.request(
                () -> {
                    ResultSet results = app.connection().getMetaData().getTableTypes();
                    while (results.next()) {
                        assertThat(results.getString(1)).isNotBlank();
                    }
                    assertNothingOpen();
                    assertThat(results.isClosed()).as("with its use").isTrue();
                    ResultSet another = app.connection().getMetaData().getTableTypes();
                    another.close();
                    assertNothingOpen();
                    ResultSet third = app.connection().getMetaData().getTableTypes();
                    if (third.getStatement() != null) {
                        third.getStatement().close();
                        if (third.isClosed()) { // not with every driver
                            assertNothingOpen();
                        }
                    }
                });
    }

    /** As before: what the application has in hand, it may read on. */
    @ParameterizedTest
    @EnumSource
    void metadataThatIsBeingReadIsAnOpenResult(TestDatabase database) throws Exception {
        start(database.pool("max-size", "1"));
        app.request(
                () -> {
                    ResultSet results = app.connection().getMetaData().getTableTypes();
                    assertThat(results.next()).isTrue();
                    assertThatThrownBy(this::assertNothingOpen)
                            .isInstanceOf(SQLException.class)
                            .hasMessageStartingWith("CAB0120")
                            .hasMessageContaining("an open statement or result");
                    results.close();
                });
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void statementsThatTheDriverClosedAreNotHeld(TestDatabase database) throws Exception {
        start(database.pool("max-size", "1"));
        app.request(
                () -> {
                    Connection request = app.connection();
                    WeakReference<Statement> first = completed(request);
                    await().until(
                                    () -> {
                                        System.gc();
                                        return first.get() == null;
                                    });
                    for (int i = 0; i < 1_000; i++) {
                        request.getMetaData().getTableTypes().close();
                    }
                });
    }

    private static WeakReference<Statement> completed(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        statement.executeQuery("select 1").close();
        return new WeakReference<>(statement);
    }

    @Test
    @Timeout(60)
    void manyStatementsAreOpenedAndClosedInAnyOrder() throws Exception {
        start(TestDatabase.H2.pool("max-size", "1"));
        app.request(
                () -> {
                    Connection request = app.connection();
                    for (int i = 0; i < 100_000; i++) {
                        request.prepareStatement("select 1").close();
                    }
                    List<Statement> open = new ArrayList<>();
                    for (int i = 0; i < 100_000; i++) {
                        open.add(request.createStatement());
                    }
                    for (Statement oldestFirst : open) {
                        oldestFirst.close();
                    }
                    assertNothingOpen();
                });
    }

    /** The driver's own pooling of statements goes on beneath ours. */
    @Test
    void driversKeepTheirPreparedStatements() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("max-size", "1", "properties.prepareThreshold", "1"));
        app.request(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        try (PreparedStatement statement =
                                app.connection().prepareStatement("select 4711")) {
                            statement.closeOnCompletion();
                            statement.executeQuery().close();
                        }
                    }
                    assertThat(
                                    Sql.one(
                                            app.connection(),
                                            "select count(*) from pg_prepared_statements where"
                                                    + " statement = 'select 4711'"))
                            .isEqualTo("1");
                });
    }

    @Test
    void generatedKeysAndFurtherResultsLeadToOurStatement() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("max-size", "1"));
        app.request(
                () -> {
                    Connection request = app.connection();
                    Sql.run(request, "create temporary table keyed (id serial, name text)");
                    try (Statement statement = request.createStatement()) {
                        statement.executeUpdate(
                                "insert into keyed (name) values ('a')",
                                Statement.RETURN_GENERATED_KEYS);
                        ResultSet keys = statement.getGeneratedKeys();
                        assertThat(keys.next()).isTrue();
                        assertThat(keys.getStatement()).isSameAs(statement);
                        statement.execute("select 1; select 2");
                        ResultSet first = statement.getResultSet();
                        assertThat(statement.getMoreResults(Statement.KEEP_CURRENT_RESULT))
                                .isTrue();
                        ResultSet second = statement.getResultSet();
                        assertThat(first.next() && second.next()).isTrue();
                        assertThat(second.getInt(1)).isEqualTo(2);
                        assertThat(first.getStatement()).isSameAs(statement);
                        assertThat(second.getStatement()).isSameAs(statement);
                    }
                    assertNothingOpen();
                });
    }

    @Test
    void metadataThatAsksTheDatabaseIsWork() throws Exception {
        start(TestDatabase.H2.pool("max-size", "1"));
        app.request(
                () -> {
                    app.connection().setAutoCommit(false);
                    assertThat(app.connection().getMetaData().getURL()).isNotEmpty();
                    assertNothingOpen();
                    app.connection().getMetaData().getTables(null, null, "X", null).close();
                    assertThatThrownBy(this::assertNothingOpen)
                            .isInstanceOf(SQLException.class)
                            .hasMessageStartingWith("CAB0120")
                            .hasMessageContaining("neither committed nor rolled back");
                    app.connection().rollback();
                    assertNothingOpen();
                });
    }

    /** An Error, too: the transaction goes on, and its end destroys the session. */
    @Test
    void aStatementThatCannotBeClosedCostsItsConnectionOnly() throws Exception {
        FakeDatabase database = new FakeDatabase("unclosable");
        start(database.pool("max-size", "1"));
        boolean[] statement = {true};
        database.on(
                "close",
                (session, args) -> {
                    if (statement[0]) {
                        throw new NoClassDefFoundError("staged");
                    }
                    return null;
                });
        manager.begin();
        Connection borrowed = app.dataSource().getConnection();
        borrowed.createStatement();
        borrowed.close();
        manager.commit();
        statement[0] = false;
        try (Connection next = app.dataSource().getConnection()) {
            assertThat(next.isValid(1)).isTrue();
        }
        await().untilAsserted(() -> assertThat(app.state().active()).isZero());
    }
}
