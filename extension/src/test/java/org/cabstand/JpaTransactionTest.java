package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import org.cabstand.shop.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Transactions in which entities are at work: suspended, marked for rollback, timed out, failed at the
 * commit.
 */
class JpaTransactionTest extends JpaFixture {

    @ParameterizedTest
    @MethodSource("all")
    void suspendedTransactionHasItsOwnContextAndConnection(String provider, TestDatabase database)
            throws Exception {
        start(provider, database, "max-size", "2");
        app.request(
                () ->
                        assertThatThrownBy(
                                        () ->
                                                shop.required(
                                                        () -> {
                                                            em().persist(new Order(1));
                                                            em().flush();
                                                            suspending.requiresNew(
                                                                    () ->
                                                                            em().persist(
                                                                                            new Order(
                                                                                                    2)));
                                                            suspending.notSupported(
                                                                    () -> {
                                                                        assertThat(
                                                                                        em().find(
                                                                                                        Order
                                                                                                                .class,
                                                                                                        2L))
                                                                                .isNotNull();
                                                                        assertThat(
                                                                                        em().find(
                                                                                                        Order
                                                                                                                .class,
                                                                                                        1L))
                                                                                .isNull();
                                                                    });
                                                            em().find(Order.class, 1L).pay();
                                                            throw new IllegalStateException("no");
                                                        }))
                                .hasMessage("no"));
        assertThat(stateInDatabase(1)).isNull();
        assertThat(stateInDatabase(2)).isEqualTo("new");
        assertNothingInUse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void suspendedTransactionThatHoldsTheOnlyConnectionIsNamed(
            String provider, TestDatabase database) throws Exception {
        start(provider, database);
        app.request(
                () ->
                        assertThatThrownBy(
                                        () ->
                                                shop.required(
                                                        () -> {
                                                            em().persist(new Order(1));
                                                            em().flush();
                                                            Sql.one(db(), "select 1");
                                                            suspending.requiresNew(
                                                                    () ->
                                                                            em().find(
                                                                                            Order
                                                                                                    .class,
                                                                                            1L));
                                                        }))
                                .hasStackTraceContaining("CAB0120: pool 'test'"));
        assertThat(stateInDatabase(1)).isNull();
        assertNothingInUse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void transactionMarkedForRollbackIsReadAndWrittenByWhoTookPartBefore(
            String provider, TestDatabase database) throws Exception {
        start(provider, database);
        app.request(
                () -> {
                    manager.begin();
                    em().persist(new Order(1));
                    em().flush();
                    manager.setRollbackOnly();
                    assertThat(em().find(Order.class, 1L)).isNotNull();
                    manager.rollback();

                    manager.begin();
                    manager.setRollbackOnly();
                    assertThatThrownBy(() -> em().find(Order.class, 1L))
                            .isInstanceOf(PersistenceException.class)
                            .hasMessageStartingWith("CAB0116")
                            .hasMessageContaining("marked for rollback");
                    manager.rollback();
                });
        assertThat(stateInDatabase(1)).isNull();
        assertNothingInUse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void transactionThatTimedOutCommitsNothing(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        EntityManager[] context = new EntityManager[1];
        app.request(
                () -> {
                    manager.setTransactionTimeout(1);
                    manager.begin();
                    em().persist(new Order(1));
                    em().flush();
                    context[0] = (EntityManager) em().getDelegate();
                    await().until(() -> app.state().active() == 0);
                    assertThatThrownBy(() -> em().persist(new Order(2)))
                            .isInstanceOf(PersistenceException.class)
                            .hasMessageStartingWith("CAB0116");
                    assertThatThrownBy(() -> manager.commit())
                            .isInstanceOf(RollbackException.class);
                    manager.setTransactionTimeout(0);
                    shop.required(() -> em().persist(new Order(3)));
                });
        assertThat(stateInDatabase(1)).isNull();
        assertThat(stateInDatabase(2)).isNull();
        assertThat(stateInDatabase(3)).isEqualTo("new");
        assertNothingInUse();
        assertThat(context[0].isOpen()).isFalse();
        assertThat(log.warnings()).noneMatch(warning -> warning.startsWith("CAB0195"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void flushThatFailsAtTheCommitRollsAllBack(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        create(1);
        app.request(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            shop.required(
                                                    () -> {
                                                        Sql.run(
                                                                db(),
                                                                "insert into shop_order (id,"
                                                                        + " version, state) values"
                                                                        + " (2, 0, 'sql')");
                                                        em().persist(new Order(1));
                                                    }))
                            .isInstanceOf(Exception.class);
                    assertThat(em().find(Order.class, 2L)).isNull();
                });
        assertThat(stateInDatabase(2)).isNull();
        assertNothingInUse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void transactionThatOutlivesItsRequestTakesItsContextAlong(
            String provider, TestDatabase database) throws Exception {
        start(provider, database);
        EntityManager[] context = new EntityManager[1];
        app.request(
                () -> {
                    manager.begin();
                    em().persist(new Order(1));
                    context[0] = (EntityManager) em().getDelegate();
                });
        assertThat(context[0]).satisfies(em -> assertThat(em.isOpen()).isTrue());
        manager.commit();
        assertThat(context[0].isOpen()).isFalse();
        assertThat(stateInDatabase(1)).isEqualTo("new");
        assertNothingInUse();
    }
}
