package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TransactionRequiredException;
import java.util.List;
import org.cabstand.TestApplication.Work;
import org.cabstand.shop.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The persistence context: it is the transaction's, or the request's and then read only. */
class JpaContextTest extends JpaFixture {

    @ParameterizedTest
    @MethodSource("all")
    void contextIsThatOfTheTransactionOrOfTheRequest(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        create(1);
        app.request(
                () -> {
                    Order before = em().find(Order.class, 1L);
                    assertThat(em().find(Order.class, 1L)).isSameAs(before);
                    assertThat(em().contains(before)).isTrue();
                    shop.required(
                            () -> {
                                Order inside = em().find(Order.class, 1L);
                                assertThat(inside).isNotSameAs(before);
                                assertThat(em().find(Order.class, 1L)).isSameAs(inside);
                                assertThat(em().isJoinedToTransaction()).isTrue();
                                assertThat(em().contains(before)).isFalse();
                                inside.pay();
                            });
                    assertThat(em().isJoinedToTransaction()).isFalse();
                    assertThat(before.state()).as("another context's").isEqualTo("new");
                    assertThat(em().find(Order.class, 1L).state()).isEqualTo("paid");
                });
        app.request(() -> assertThat(em().find(Order.class, 1L).state()).isEqualTo("paid"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsChangedOutsideOfATransactionIsNeverWritten(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        create(1);
        app.request(
                () -> {
                    em().find(Order.class, 1L).pay();
                    shop.required(() -> em().find(Order.class, 1L));
                    em().createQuery("select o from Order o", Order.class).getResultList();
                });
        assertThat(stateInDatabase(1)).isEqualTo("new");
    }

    @ParameterizedTest
    @MethodSource("all")
    void writesOutsideOfATransactionAreRefused(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        create(1);
        app.request(
                () -> {
                    Order order = em().find(Order.class, 1L);
                    for (Work write :
                            List.<Work>of(
                                    () -> em().persist(new Order(2)),
                                    () -> em().merge(order),
                                    () -> em().remove(order),
                                    () -> em().refresh(order),
                                    () -> em().flush(),
                                    () -> em().joinTransaction(),
                                    () -> em().lock(order, LockModeType.PESSIMISTIC_WRITE))) {
                        assertThatThrownBy(write::run)
                                .isInstanceOf(TransactionRequiredException.class)
                                .hasMessageMatching(
                                        "CAB0190: [a-zA-Z]+\\(\\) was called outside.*");
                    }
                    assertThatThrownBy(() -> em().createQuery("delete from Item").executeUpdate())
                            .isInstanceOf(TransactionRequiredException.class);
                    assertThatThrownBy(() -> em().getTransaction())
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageStartingWith("CAB0194");
                });
        assertThat(stateInDatabase(1)).isEqualTo("new");
        assertThat(stateInDatabase(2)).isNull();
        assertNothingInUse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void preDestroyMayPersist(String provider, TestDatabase database) throws Exception {
        start(provider, database);
        app.request(() -> app.get(Farewell.class).greet());
        assertThat(stateInDatabase(99)).isEqualTo("new");
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void afterTheRequestItIsOfNoUse(String provider, TestDatabase database) throws Exception {
        start(provider, database);
        create(1);
        EntityManager[] kept = new EntityManager[1];
        Order[] order = new Order[1];
        EntityManager proxy = em();
        app.request(
                () -> {
                    kept[0] = instance(EntityManager.class);
                    order[0] = kept[0].find(Order.class, 1L);
                    assertThat(kept[0].isOpen()).isTrue();
                    assertThat(kept[0])
                            .hasToString("EntityManager of pool 'test' for this request");
                });
        assertThat(kept[0].isOpen()).isFalse();
        assertThatThrownBy(() -> kept[0].find(Order.class, 1L))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "CAB0191: the EntityManager of pool 'test' was used after its request");
        assertThatThrownBy(() -> proxy.find(Order.class, 1L))
                .isInstanceOf(ContextNotActiveException.class);
        assertNothingInUse();
    }

    /** As the container has it, without the client proxy. */
    private <T> T instance(Class<T> type) {
        BeanManager beans = app.get(BeanManager.class);
        Bean<?> bean = beans.resolve(beans.getBeans(type));
        return type.cast(make(bean, beans));
    }

    private static <T> T make(Bean<T> bean, BeanManager beans) {
        return beans.getContext(RequestScoped.class).get(bean, beans.createCreationalContext(bean));
    }

    @ParameterizedTest
    @MethodSource("all")
    void closeEndsTheRequestsContextEarly(String provider, TestDatabase database) throws Exception {
        start(provider, database);
        create(1);
        app.request(
                () -> {
                    Order order = em().find(Order.class, 1L);
                    em().close();
                    assertThat(em().isOpen()).isTrue();
                    assertThat(em().find(Order.class, 1L)).isNotSameAs(order);
                    shop.required(
                            () -> {
                                em().find(Order.class, 1L).pay();
                                em().close();
                            });
                });
        assertThat(stateInDatabase(1)).isEqualTo("paid");
    }
}
