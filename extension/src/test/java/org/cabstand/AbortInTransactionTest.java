package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code abort} in a transaction and beside it. */
class AbortInTransactionTest extends TransactionFixture {

    @Test
    void abortInATransactionIsARollbackException() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    app.connection().abort(Runnable::run);
                    assertThatThrownBy(() -> insert(2)).isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThat(rides()).isZero();
        assertNothingInUse();
    }

    @Test
    void abortLeavesASuspendedTransactionAlone() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    suspending.notSupported(() -> app.connection().abort(Runnable::run));
                    suspending.requiresNew(() -> app.connection().abort(Runnable::run));
                    suspending.notSupported(
                            () -> {
                                session();
                                app.connection().abort(Runnable::run);
                                session();
                            });
                    insert(2);
                    manager.commit();
                });
        assertThat(rides()).isEqualTo(2);
    }

    /** JDBC: from any thread, while the connection is in use. */
    @Test
    void abortFromAnotherThreadEndsWhatRunsInTheTransaction() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        try (Connection connection = app.dataSource().getConnection()) {
            manager.begin();
            String session = Sql.one(connection, "select pg_backend_pid()");
            CompletableFuture<Void> abort =
                    CompletableFuture.runAsync(() -> abortWhenItSleeps(session, connection));
            assertThatThrownBy(() -> Sql.run(connection, "select pg_sleep(20)"))
                    .isInstanceOf(SQLException.class);
            abort.join();
            assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
            kill(session); // the database does not look whether anybody waits
        }
        assertThat(rides()).isZero();
    }

    private static void abortWhenItSleeps(String session, Connection connection) {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            org.awaitility.Awaitility.await()
                    .until(
                            () ->
                                    "PgSleep"
                                            .equals(
                                                    Sql.one(
                                                            admin,
                                                            "select wait_event from"
                                                                    + " pg_stat_activity where pid = "
                                                                    + session)));
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
