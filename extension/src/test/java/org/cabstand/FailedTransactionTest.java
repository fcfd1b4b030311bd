package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails in a transaction: a commit that did not happen is a RollbackException, and the pool is whole. */
class FailedTransactionTest extends TransactionFixture {

    @Test
    void failedCommitIsARollbackException() throws Exception {
        for (String setting : new String[] {"auto", "xa"}) {
            start(TestDatabase.POSTGRESQL, "max-size", "1", "transactions", setting);
            app.request(
                    () -> {
                        Sql.run(
                                app.connection(),
                                "alter table ride add constraint one unique (id)"
                                        + " deferrable initially deferred");
                        manager.begin();
                        insert(1);
                        insert(1);
                        assertThatThrownBy(manager::commit)
                                .as(setting)
                                .isInstanceOf(RollbackException.class);
                        transactions.required(() -> insert(2));
                    });
            assertThat(rides()).isEqualTo(1);
            assertThat(log.warnings())
                    .as(setting)
                    .anySatisfy(
                            warning ->
                                    assertThat(warning)
                                            .startsWith("CAB0213: pool 'test'")
                                            .contains("duplicate key"));
            assertNothingInUse();
            app.close();
        }
        app = null;
    }

    /** PostgreSQL rolls back when it is told to commit, and its driver takes that for success. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "xa"})
    void commitAfterAStatementThatEndedTheTransactionInTheDatabaseIsARollbackException(
            String setting) throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "transactions", setting);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select no_such_column"))
                            .isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    manager.begin();
                    manager.getTransaction().enlistResource(new ForeignResource());
                    insert(2);
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select no_such_column"))
                            .isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    transactions.required(() -> insert(3));
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @Test
    void sessionKilledInATransactionIsARollbackExceptionAndTheNextWorks() throws Exception {
        for (String setting : new String[] {"auto", "xa"}) {
            start(TestDatabase.POSTGRESQL, "max-size", "1", "transactions", setting);
            app.request(
                    () -> {
                        manager.begin();
                        insert(1);
                        kill(session());
                        assertThatThrownBy(manager::commit)
                                .as(setting)
                                .isInstanceOf(RollbackException.class);
                        manager.begin();
                        insert(2);
                        kill(session());
                        assertThatThrownBy(() -> insert(3)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(manager::commit)
                                .as(setting)
                                .isInstanceOf(RollbackException.class);
                        transactions.required(() -> insert(4));
                    });
            assertThat(rides()).isEqualTo(1);
            assertNothingInUse();
            app.close();
        }
        app = null;
    }

    @Test
    void sessionKilledAfterACommitCostsAtMostTheNextUse() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    String[] session = new String[1];
                    transactions.required(
                            () -> {
                                insert(1);
                                session[0] = session();
                            });
                    kill(session[0]);
                    assertThatThrownBy(() -> transactions.required(() -> insert(2)))
                            .isInstanceOfAny(SQLException.class, RollbackException.class);
                    transactions.required(() -> insert(3));
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    /** Whether it was committed nobody knows; the caller must not take it for success. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "xa"})
    void commitThatTheDatabaseDoesNotAnswerIsARollbackExceptionAndThePoolIsWhole(String setting)
            throws Exception {
        try (SilentProxy proxy = new SilentProxy(TestDatabase.POSTGRESQL.port())) {
            Map<String, String> pool =
                    TestDatabase.POSTGRESQL.pool(
                            "max-size", "1", "transactions", setting, "network-timeout", "1s");
            pool.put("cabstand.pool.test.url", TestDatabase.POSTGRESQL.url(proxy.port()));
            start(pool);
            create(app.dataSource());
            app.request(
                    () -> {
                        manager.begin();
                        insert(1);
                        proxy.silence();
                        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                        transactions.required(() -> insert(2));
                    });
            assertThat(rides()).isEqualTo(1);
            assertNothingInUse();
        }
    }

    @Test
    void borrowThatFailsInATransactionHarmsItNot() throws Exception {
        FakeDatabase database = new FakeDatabase("refusing-auto-commit");
        start(database.pool("max-size", "1"));
        database.on(
                "setAutoCommit",
                (session, args) -> {
                    if (Boolean.FALSE.equals(args[0])) {
                        throw new SQLException("not now", "08006");
                    }
                    return null;
                });
        app.request(
                () -> {
                    manager.begin();
                    assertThatThrownBy(() -> app.connection().createStatement())
                            .hasMessageContaining("not now");
                    database.asUsual("setAutoCommit");
                    app.connection().createStatement().close();
                    manager.commit();
                });
        assertNothingInUse();
    }
}
