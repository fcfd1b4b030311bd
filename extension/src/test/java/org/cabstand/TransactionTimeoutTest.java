package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A transaction that lasts too long ends, and what runs in it. */
class TransactionTimeoutTest extends TransactionFixture {

    @ParameterizedTest
    @EnumSource
    void timedOutTransactionFailsClosed(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        manager.setTransactionTimeout(1);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    Connection connection = app.connection();
                    PreparedStatement statement =
                            connection.prepareStatement("insert into ride values (2)");
                    await().pollInSameThread()
                            .until(() -> manager.getStatus() != Status.STATUS_ACTIVE);
                    assertThatThrownBy(() -> insert(3)).isInstanceOf(SQLException.class);
                    assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
                    insert(4);
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, auto, select pg_sleep(30)",
        "POSTGRESQL, xa, select pg_sleep(30)",
        "MARIADB, auto, select sleep(30)",
        "MARIADB, xa, select sleep(30)",
        "MYSQL, auto, select sleep(30)",
        "MYSQL, xa, select sleep(30)"
    })
    void timeOutEndsARunningStatementAndNothingIsCommitted(
            TestDatabase database, String setting, String sleep) throws Exception {
        start(database, "max-size", "1", "transactions", setting);
        manager.setTransactionTimeout(1);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    long begin = System.nanoTime();
                    assertThatThrownBy(() -> insert(asRow(sleep))).isInstanceOf(SQLException.class);
                    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                            .isLessThan(20);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    insert(2);
                });
        if (database == TestDatabase.POSTGRESQL) {
            assertPostgresSleepsNoMore();
        }
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    /** A statement that changes something if it is not ended: MariaDB ends a lone sleep without error. */
    private static String asRow(String query) {
        return "select count(*) from (" + query + ") as slept";
    }

    private void insert(String query) throws SQLException {
        Sql.run(app.connection(), "insert into ride " + query);
    }

    private static void assertPostgresSleepsNoMore() throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    Sql.one(
                                                            admin,
                                                            "select count(*) from pg_stat_activity"
                                                                    + " where query like '%pg_sleep%'"
                                                                    + " and pid <> pg_backend_pid()"))
                                            .isEqualTo("0"));
        }
    }
}
