package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The warning of work that the injected connection left unfinished says where that was begun. */
class UnfinishedWorkPlaceTest {

    private static final String HERE = "org.cabstand.UnfinishedWorkPlaceTest.";

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;

    private void start(TestDatabase database, String... settings) throws Exception {
        app = TestApplication.start(database.pool(settings));
        app.request(
                () -> {
                    Sql.run(app.connection(), "drop table if exists ride");
                    Sql.run(app.connection(), "create table ride (id int)");
                });
    }

    @AfterEach
    void stop() {
        log.close();
        app.close();
    }

    private void insert() throws SQLException {
        Sql.run(app.connection(), "insert into ride values (1)");
    }

    private void insertInTransaction() throws SQLException {
        app.connection().setAutoCommit(false);
        insert();
    }

    private void insertTwice() throws SQLException {
        app.connection().setAutoCommit(false);
        insert();
        app.connection().commit();
        insertMore();
    }

    private void insertMore() throws SQLException {
        insert();
    }

    private void insertInTransactionOfSql() throws SQLException {
        Sql.run(app.connection(), "begin");
        insert();
    }

    @ParameterizedTest
    @EnumSource
    void namesClassAndLineOnceForEachPlaceWhateverTheThread(TestDatabase database)
            throws Exception {
        start(database);
        for (int i = 0; i < 4; i++) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            thread.submit(
                            () -> {
                                app.request(this::insertInTransaction);
                                return null;
                            })
                    .get(20, TimeUnit.SECONDS);
            thread.shutdown();
        }
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0201: pool 'test': unfinished work, begun at org.cabstand.Sql.run(")
                .contains(HERE + "insertInTransaction(UnfinishedWorkPlaceTest.java:")
                .contains("thread '");
        assertThat(log.at(Level.FINE)).filteredOn(m -> m.startsWith("CAB0201")).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatWasBegunAfterTheLastCommit(TestDatabase database) throws Exception {
        start(database);
        app.request(this::insertTwice);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(HERE + "insertMore(UnfinishedWorkPlaceTest.java:");
    }

    /** Where the driver does not tell that there is a transaction, the second time it is known. */
    @ParameterizedTest
    @EnumSource
    void namesATransactionThatSqlBegan(TestDatabase database) throws Exception {
        start(database);
        app.request(this::insertInTransactionOfSql);
        app.request(this::insertInTransactionOfSql);
        boolean told = database != TestDatabase.SQLITE && database != TestDatabase.H2;
        assertThat(log.warnings()).hasSize(told ? 1 : 2);
        assertThat(log.warnings().get(told ? 0 : 1))
                .contains(HERE + "insertInTransactionOfSql(UnfinishedWorkPlaceTest.java:");
    }

    @ParameterizedTest
    @EnumSource
    void namesWhereTheDriversConnectionWasUnwrapped(TestDatabase database) throws Exception {
        start(database);
        app.request(() -> insertUnwrapped(database));
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains(HERE + "insertUnwrapped(UnfinishedWorkPlaceTest.java:");
    }

    private void insertUnwrapped(TestDatabase database) throws SQLException {
        app.connection().setAutoCommit(false);
        Connection driver = (Connection) app.connection().unwrap(database.driverType());
        Sql.run(driver, "insert into ride values (1)");
    }
}
