package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.cabstand.TestApplication.Work;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Work at the end of a JTA transaction, as transactional observers, JPA listeners and caches do it, on a pool of one
 * connection.
 */
class SynchronizationsTest extends TransactionFixture {

    /** What an application can do at the end of a transaction. */
    private record AtEnd(Work before, Work after) implements Synchronization {

        @Override
        public void beforeCompletion() {
            run(before);
        }

        @Override
        public void afterCompletion(int status) {
            run(after);
        }

        private static void run(Work work) {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final Work NOTHING = () -> {};

    private void start(String autoCommit, String setting) throws SQLException {
        start(
                TestDatabase.H2,
                "max-size",
                "1",
                "acquisition-timeout",
                "1s",
                "auto-commit",
                autoCommit,
                "transactions",
                setting);
    }

    private void insertByDataSource(int id) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "insert into ride values (" + id + ")");
        }
    }

    private void register(boolean isInterposed, Work before, Work after) throws Exception {
        AtEnd atEnd = new AtEnd(before, after);
        if (isInterposed) {
            app.get(TransactionSynchronizationRegistry.class)
                    .registerInterposedSynchronization(atEnd);
        } else {
            manager.getTransaction().registerSynchronization(atEnd);
        }
    }

    /** Transaction managers call synchronizations in the order of registration, or the other way round. */
    private void inTransaction(Work before, Work after) throws Exception {
        for (boolean isInterposed : new boolean[] {true, false}) {
            transactions.required(
                    () -> {
                        register(isInterposed, before, after);
                        insert(1);
                        register(isInterposed, before, after);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"true, auto", "false, auto", "true, xa", "false, xa"})
    void beforeTheEndTheyTakePartInTheTransaction(String autoCommit, String setting)
            throws Exception {
        start(autoCommit, setting);
        app.request(
                () -> {
                    inTransaction(
                            () -> {
                                insert(2);
                                insertByDataSource(3);
                            },
                            NOTHING);
                    assertThat(rides()).isEqualTo(10);
                    assertThatThrownBy(
                                    () ->
                                            inTransaction(
                                                    () -> {
                                                        insert(2);
                                                        throw new SQLException("no more");
                                                    },
                                                    NOTHING))
                            .isInstanceOf(RollbackException.class);
                });
        assertThat(rides()).isEqualTo(10);
        assertNothingInUse();
    }

    /** The first that uses the pool. */
    @ParameterizedTest
    @CsvSource({"true, auto", "false, auto", "true, xa", "false, xa"})
    void beforeTheEndTheyMayBeTheFirst(String autoCommit, String setting) throws Exception {
        start(autoCommit, setting);
        app.request(
                () -> {
                    for (boolean isInterposed : new boolean[] {true, false}) {
                        transactions.required(
                                () -> register(isInterposed, () -> insert(2), NOTHING));
                    }
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    /** The transaction has returned its only connection, whoever is called first. */
    @ParameterizedTest
    @CsvSource({"true, auto", "false, auto", "true, xa", "false, xa"})
    void afterTheEndTheyMayBeginATransactionOfTheirOwn(String autoCommit, String setting)
            throws Exception {
        start(autoCommit, setting);
        app.request(
                () ->
                        inTransaction(
                                NOTHING,
                                () -> {
                                    suspending.requiresNew(() -> insert(4));
                                    suspending.requiresNew(() -> insertByDataSource(5));
                                }));
        assertThat(rides()).isEqualTo(10);
        assertNothingInUse();
    }

    @ParameterizedTest
    @CsvSource({"true, auto", "false, auto", "true, xa", "false, xa"})
    void theSameAfterARollback(String autoCommit, String setting) throws Exception {
        start(autoCommit, setting);
        app.request(
                () ->
                        assertThatThrownBy(
                                        () ->
                                                transactions.required(
                                                        () -> {
                                                            insert(1);
                                                            register(
                                                                    true,
                                                                    NOTHING,
                                                                    () ->
                                                                            suspending.requiresNew(
                                                                                    () ->
                                                                                            insert(
                                                                                                    4)));
                                                            throw new IllegalStateException("no");
                                                        }))
                                .hasMessage("no"));
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @ParameterizedTest
    @CsvSource({"true, auto", "false, auto", "true, xa", "false, xa"})
    void afterTheEndTheTransactionIsNotUsed(String autoCommit, String setting) throws Exception {
        start(autoCommit, setting);
        List<Throwable> errors = new ArrayList<>();
        app.request(
                () -> {
                    inTransaction(
                            NOTHING,
                            () -> {
                                assertThat(manager.getStatus()).isEqualTo(Status.STATUS_COMMITTED);
                                errors.add(catchThrowable(() -> insert(6)));
                                errors.add(catchThrowable(() -> insertByDataSource(7)));
                                app.connection().close();
                            });
                    assertThat(count(app.connection())).isEqualTo(2);
                });
        assertThat(errors)
                .hasSize(8)
                .allSatisfy(e -> assertThat(e).hasMessageContaining("CAB0116"));
        assertNothingInUse();
    }
}
