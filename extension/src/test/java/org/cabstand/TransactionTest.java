package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection follows JTA transactions: the fine grain, with Narayana as the transaction manager. */
class TransactionTest extends TransactionFixture {

    @ParameterizedTest
    @EnumSource
    void requestsConnectionIsCommittedAndRolledBackWithTheTransaction(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    transactions.required(() -> insert(1));
                    assertThat(count(app.connection())).isEqualTo(1);
                    assertThat(app.connection().getAutoCommit()).isTrue();
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(2);
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void borrowedConnectionsAreCommittedAndRolledBackWithTheTransaction(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        transactions.required(
                () -> {
                    try (Connection first = app.dataSource().getConnection()) {
                        Sql.run(first, "insert into ride values (1)");
                    }
                    try (Connection second = app.dataSource().getConnection()) {
                        assertThat(count(second)).as("the same session").isEqualTo(1);
                    }
                });
        assertThatThrownBy(
                        () ->
                                transactions.required(
                                        () -> {
                                            try (Connection connection =
                                                    app.dataSource().getConnection()) {
                                                Sql.run(connection, "insert into ride values (2)");
                                            }
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void poolWithoutAutoCommitTakesPart() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "auto-commit", "false");
        app.request(
                () -> {
                    transactions.required(() -> insert(1));
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(2);
                                                        throw new IllegalStateException();
                                                    }))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(count(app.connection())).isEqualTo(1);
                });
        assertNothingInUse();
    }

    @Test
    void checkedExceptionsCommitUnlessTheyAreInRollbackOn() throws Exception {
        start(TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(1);
                                                        throw new IOException("checked");
                                                    }))
                            .hasMessage("checked");
                    assertThatThrownBy(
                                    () ->
                                            transactions.rollbackOnChecked(
                                                    () -> {
                                                        insert(2);
                                                        throw new IOException("checked");
                                                    }))
                            .hasMessage("checked");
                });
        assertThat(rides()).isEqualTo(1);
    }

    @Test
    void rollbackOnlyIsRolledBackAndCanBeReadIn() throws Exception {
        start(TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    manager.setRollbackOnly();
                    assertThat(count(app.connection())).isEqualTo(1);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThat(rides()).isZero();
        assertNothingInUse();
    }

    @Test
    void nothingJoinsATransactionThatIsMarkedForRollback() throws Exception {
        start(TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    manager.begin();
                    manager.setRollbackOnly();
                    assertThatThrownBy(() -> insert(1))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("CAB0116")
                            .hasMessageContaining("marked for rollback");
                    manager.rollback();
                    insert(2);
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @Test
    void eachCallGoesToTheTransactionOfItsThread() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "3");
        app.request(
                () -> {
                    insert(1);
                    transactions.required(
                            () -> {
                                insert(2);
                                String outer = session();
                                suspending.requiresNew(
                                        () -> {
                                            System.err.println(
                                                    "DBG inner " + manager.getTransaction());
                                            assertThat(session()).isNotEqualTo(outer);
                                            assertThat(count(app.connection()))
                                                    .as("what the outer one did is not seen")
                                                    .isEqualTo(1);
                                            insert(3);
                                        });
                                suspending.notSupported(
                                        () -> {
                                            assertThat(session()).isNotEqualTo(outer);
                                            assertThat(app.connection().getAutoCommit()).isTrue();
                                            assertThat(count(app.connection())).isEqualTo(2);
                                        });
                                assertThat(session()).isEqualTo(outer);
                                assertThat(count(app.connection())).isEqualTo(3);
                                manager.setRollbackOnly();
                            });
                });
        assertThat(rides()).as("1 and 3").isEqualTo(2);
        assertNothingInUse();
    }

    @Test
    void userTransactionByHandIsFollowed() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        insert(i);
                        manager.begin();
                        insert(10 + i);
                        if (i == 1) {
                            manager.rollback();
                        } else {
                            manager.commit();
                        }
                    }
                });
        assertThat(rides()).isEqualTo(5);
        assertNothingInUse();
    }

    @Test
    void borrowedConnectionFollowsTooFromBeforeTheTransactionUntilAfterIt() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "insert into ride values (1)");
            manager.begin();
            Sql.run(connection, "insert into ride values (2)");
            manager.rollback();
            Sql.run(connection, "insert into ride values (3)");
            assertThat(count(connection)).isEqualTo(2);
        }
        assertNothingInUse();
    }
}
