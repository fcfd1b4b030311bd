package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A deadlock in a transaction: the work is lost as a whole, unless a savepoint cured it. */
class DeadlockInTransactionTest extends TransactionFixture {

    private void createLocked() throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists locked");
            Sql.run(connection, "create table locked (id int primary key, n int)");
            Sql.run(connection, "insert into locked values (1, 0), (2, 0)");
        }
    }

    /** After a deadlock MariaDB goes on as if a new transaction had begun, whose work could be committed. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "POSTGRESQL"})
    void commitAfterADeadlockIsARollbackException(TestDatabase database) throws Exception {
        start(database, "max-size", "2");
        createLocked();
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    Sql.run(app.connection(), "update locked set n = 1 where id = 1");
                    CountDownLatch locked = new CountDownLatch(1);
                    CompletableFuture<Boolean> other =
                            CompletableFuture.supplyAsync(() -> lockBoth(locked));
                    locked.await();
                    boolean lost = false;
                    try {
                        Sql.run(app.connection(), "update locked set n = 1 where id = 2");
                    } catch (SQLException e) {
                        assertThat(e.getSQLState()).startsWith("40");
                        lost = true;
                    }
                    if (lost) {
                        if (database != TestDatabase.POSTGRESQL) {
                            insert(2);
                        }
                        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    } else {
                        manager.commit();
                    }
                    assertThat(other.get()).as("one of the two").isEqualTo(lost);
                    assertThat(rides()).isEqualTo(lost ? 0 : 1);
                });
        assertNothingInUse();
    }

    /** Locks the second row and then the first; has done much, so that the other one is given up. */
    private boolean lockBoth(CountDownLatch locked) {
        try (Connection connection = app.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 10; i < 60; i++) {
                Sql.run(connection, "insert into locked values (" + i + ", 0)");
            }
            Sql.run(connection, "update locked set n = 2 where id = 2");
            locked.countDown();
            Sql.run(connection, "update locked set n = 2 where id = 1");
            connection.commit();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void aDeadlockThatASavepointCuredIsCommitted() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        createLocked();
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    Sql.run(app.connection(), "set local deadlock_timeout = '50ms'");
                    Savepoint savepoint = app.connection().setSavepoint();
                    Sql.run(app.connection(), "update locked set n = 1 where id = 1");
                    CountDownLatch locked = new CountDownLatch(1);
                    CompletableFuture<Void> other =
                            CompletableFuture.runAsync(() -> lockBothPatiently(locked));
                    locked.await();
                    assertThatThrownBy(
                                    () ->
                                            Sql.run(
                                                    app.connection(),
                                                    "update locked set n = 1 where id = 2"))
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    e -> assertThat(e.getSQLState()).isEqualTo("40P01"));
                    app.connection().rollback(savepoint);
                    other.join();
                    insert(2);
                    manager.commit();
                });
        assertThat(rides()).isEqualTo(2);
    }

    /** Never gives up first: it looks for deadlocks later. */
    private void lockBothPatiently(CountDownLatch locked) {
        try (Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local deadlock_timeout = '20s'");
            statement.execute("update locked set n = 2 where id = 2");
            locked.countDown();
            statement.execute("update locked set n = 2 where id = 1");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
