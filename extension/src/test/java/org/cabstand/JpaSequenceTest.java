package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import java.util.Iterator;
import java.util.List;
import org.cabstand.TestApplication.Work;
import org.cabstand.shop.Order;
import org.eclipse.persistence.config.QueryHints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one request does with JPA and JDBC one after the other, over a pool of one connection: each step sees
 * what the ones before have committed, and nothing else.
 */
class JpaSequenceTest extends JpaFixture {

    private String count() throws Exception {
        return Sql.one(db(), "select count(*) from shop_order");
    }

    private void insert(long id) throws Exception {
        Sql.run(db(), "insert into shop_order (id, version, state) values (" + id + ", 0, 'sql')");
    }

    private boolean isThere(long id) {
        return em().find(Order.class, id) != null;
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachStepOfARequestSeesWhatWasCommittedBefore(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        app.request(
                () -> {
                    assertThat(isThere(1)).isFalse();
                    assertThat(count()).isEqualTo("0");

                    shop.required(
                            () -> {
                                em().persist(new Order(1));
                                insert(2);
                            });
                    assertThat(List.of(isThere(1), isThere(2))).containsOnly(true);

                    assertThatThrownBy(
                                    () ->
                                            shop.required(
                                                    () -> {
                                                        em().find(Order.class, 1L).pay();
                                                        em().persist(new Order(3));
                                                        em().flush();
                                                        insert(4);
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                    assertThat(List.of(isThere(3), isThere(4))).containsOnly(false);
                    assertThat(em().find(Order.class, 1L).state()).isEqualTo("new");

                    // a transaction that is suspended before it has a connection needs no second
                    // one
                    shop.required(
                            () -> {
                                suspending.requiresNew(() -> em().persist(new Order(5)));
                                suspending.notSupported(() -> assertThat(isThere(5)).isTrue());
                                em().find(Order.class, 5L).pay();
                            });
                    assertThat(em().find(Order.class, 5L).state()).isEqualTo("paid");

                    // JDBC's own transaction, whose connection the provider cannot have
                    db().setAutoCommit(false);
                    insert(6);
                    assertThatThrownBy(() -> em().find(Order.class, 6L))
                            .hasStackTraceContaining("CAB0120");
                    db().commit();
                    db().setAutoCommit(true);
                    assertThat(isThere(6)).isTrue();

                    shop.required(() -> em().remove(em().find(Order.class, 1L)));
                    assertThat(isThere(1)).isFalse();
                    assertThat(count()).isEqualTo("3");
                });
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void commitThatTheDatabaseRefusesCommitsNothing() throws Exception {
        for (String provider : List.of(HIBERNATE, ECLIPSELINK)) {
            start(provider, TestDatabase.POSTGRESQL);
            app.request(
                    () -> {
                        Sql.run(
                                db(),
                                "alter table shop_order add constraint one_of_each unique (state)"
                                        + " deferrable initially deferred");
                        shop.required(() -> em().persist(new Order(1)));
                        manager.begin();
                        em().find(Order.class, 1L).pay();
                        em().persist(new Order(2));
                        Order third = new Order(3);
                        em().persist(third);
                        em().flush(); // nobody objects yet
                        assertThatThrownBy(() -> manager.commit())
                                .isInstanceOf(RollbackException.class);

                        assertThat(em().contains(third)).isFalse();
                        assertThat(List.of(isThere(2), isThere(3))).containsOnly(false);
                        assertThat(em().find(Order.class, 1L).state()).isEqualTo("new");
                        shop.required(() -> em().find(Order.class, 1L).pay());
                        assertThat(em().find(Order.class, 1L).state()).isEqualTo("paid");
                    });
            assertNothingInUse();
            app.close();
            app = null;
        }
    }

    /** Who swallows the error must not commit what was written before it. */
    @ParameterizedTest
    @MethodSource("all")
    void flushThatFailsHalfWayCannotBeCommitted(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        app.request(
                () -> {
                    shop.required(() -> em().persist(new Order(2)));
                    manager.begin();
                    insert(3);
                    em().persist(new Order(1));
                    em().persist(new Order(2));
                    assertThatThrownBy(() -> em().flush()).isInstanceOf(PersistenceException.class);
                    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
                    assertThatThrownBy(() -> manager.commit())
                            .isInstanceOf(RollbackException.class);
                    assertThat(List.of(isThere(1), isThere(3))).containsOnly(false);
                    assertThat(count()).isEqualTo("1");
                });
        assertNothingInUse();
    }

    /** What comes row by row keeps its connection, and the request's end takes it away. */
    @ParameterizedTest
    @ValueSource(strings = {HIBERNATE, ECLIPSELINK})
    void resultThatIsLeftOpenEndsWithTheRequest(String provider) throws Exception {
        start(provider, TestDatabase.POSTGRESQL);
        app.request(
                () ->
                        shop.required(
                                () -> {
                                    for (long id = 1; id < 10; id++) {
                                        em().persist(new Order(id));
                                    }
                                }));
        app.request(
                () -> {
                    TypedQuery<Order> query =
                            em().createQuery("select o from Order o", Order.class);
                    Iterator<?> rows;
                    if (provider.equals(HIBERNATE)) {
                        rows = query.getResultStream().iterator();
                    } else {
                        rows =
                                (Iterator<?>)
                                        query.setHint(QueryHints.SCROLLABLE_CURSOR, true)
                                                .getSingleResult();
                    }
                    assertThat(rows.hasNext()).isTrue();
                    assertThat(app.state().active()).isOne();
                });
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void locksOutsideOfATransactionAreRefused(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        app.request(
                () -> {
                    shop.required(() -> em().persist(new Order(1)));
                    for (Work lock :
                            List.<Work>of(
                                    () ->
                                            em().find(
                                                            Order.class,
                                                            1L,
                                                            LockModeType.PESSIMISTIC_WRITE),
                                    () ->
                                            em().createQuery("select o from Order o", Order.class)
                                                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                                                    .getResultList())) {
                        assertThatThrownBy(lock::run)
                                .isInstanceOf(TransactionRequiredException.class);
                    }
                });
        assertNothingInUse();
    }
}
