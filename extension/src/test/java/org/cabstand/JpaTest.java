package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cabstand.TestApplication.Work;
import org.cabstand.shop.Item;
import org.cabstand.shop.Ledger;
import org.cabstand.shop.Order;
import org.h2.tools.Server;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JPA over a pool of one connection: the persistence context of the transaction, and the request's, beside
 * the injected connection.
 */
class JpaTest {

    static final String HIBERNATE = "org.hibernate.jpa.HibernatePersistenceProvider";
    static final String ECLIPSELINK = "org.eclipse.persistence.jpa.PersistenceProvider";

    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (String provider : List.of(HIBERNATE, ECLIPSELINK)) {
            for (TestDatabase database : List.of(TestDatabase.H2, TestDatabase.POSTGRESQL)) {
                all.add(Arguments.of(provider, database));
            }
        }
        return all.stream();
    }

    /** An application's beans. */
    @ApplicationScoped
    static class Shop {

        @Inject EntityManager em;
        @Inject Connection db;

        @Transactional
        void required(Work work) throws Exception {
            work.run();
        }
    }

    /** Has its last word in the database. */
    @RequestScoped
    static class Farewell {

        @Inject EntityManager em;
        @Inject Suspending transactions;

        void greet() {
            // the bean is there now
        }

        @PreDestroy
        void sayGoodbye() {
            try {
                transactions.requiresNew(() -> em.persist(new Order(99)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;
    private Shop shop;
    private Suspending suspending;
    private TransactionManager manager;

    private void start(String provider, TestDatabase database, String... settings) {
        start(pool(provider, database, settings));
    }

    /** A pool named {@code test} of one connection, with the entities of the shop. */
    static Map<String, String> pool(String provider, TestDatabase database, String... settings) {
        Map<String, String> properties = database.pool(settings);
        properties.putIfAbsent("cabstand.pool.test.max-size", "1");
        properties.putIfAbsent("cabstand.pool.test.acquisition-timeout", "2s");
        properties.put("cabstand.pool.test.jpa.packages", "org.cabstand.shop");
        String jpa = "cabstand.pool.test.jpa.properties.";
        properties.put(jpa + "jakarta.persistence.provider", provider);
        properties.put(
                jpa + "jakarta.persistence.schema-generation.database.action", "drop-and-create");
        return properties;
    }

    private void start(Map<String, String> properties) {
        app =
                TestApplication.startWithJta(
                        properties, Shop.class, Suspending.class, Farewell.class, Ledger.class);
        shop = app.get(Shop.class);
        suspending = app.get(Suspending.class);
        manager = app.get(TransactionManager.class);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    private Connection db() {
        return app.connection();
    }

    private EntityManager em() {
        return app.get(EntityManager.class);
    }

    private String stateInDatabase(long id) throws SQLException {
        try (Connection connection = app.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select state from shop_order where id = ?")) {
            query.setLong(1, id);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    private void assertNothingInUse() {
        await().untilAsserted(() -> assertThat(app.state().active()).isZero());
    }

    private void create(long id) throws Exception {
        app.request(() -> shop.required(() -> em().persist(new Order(id))));
    }

    // one transaction, one connection

    @ParameterizedTest
    @MethodSource("all")
    void entitiesAndSqlShareTheTransactionAndItsConnection(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        app.request(
                () -> {
                    assertThat(Sql.one(db(), "select count(*) from shop_order")).isEqualTo("0");
                    shop.required(
                            () -> {
                                Order order = new Order(1);
                                order.add(new Item("tea"));
                                em().persist(order);
                                em().flush();
                                assertThat(
                                                Sql.one(
                                                        db(),
                                                        "select state from shop_order where id ="
                                                                + " 1"))
                                        .isEqualTo("new");
                                Sql.run(
                                        db(),
                                        "insert into shop_order (id, version, state) values (2,"
                                                + " 0, 'sql')");
                                assertThat(em().find(Order.class, 2L).state()).isEqualTo("sql");
                                order.pay();
                            });
                    assertThat(em().find(Order.class, 1L).state()).isEqualTo("paid");
                    assertThat(Sql.one(db(), "select count(*) from shop_order")).isEqualTo("2");
                    assertThat(em().find(Order.class, 1L).items())
                            .extracting(Item::name)
                            .containsExactly("tea");
                });
        assertThat(stateInDatabase(1)).isEqualTo("paid");
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void bothAreRolledBackWithTheTransaction(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        create(1);
        app.request(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            shop.required(
                                                    () -> {
                                                        em().find(Order.class, 1L).pay();
                                                        em().flush();
                                                        Sql.run(
                                                                db(),
                                                                "insert into shop_order (id,"
                                                                        + " version, state) values (2,"
                                                                        + " 0, 'sql')");
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                    assertThat(em().find(Order.class, 1L).state()).isEqualTo("new");
                    assertThat(em().find(Order.class, 2L)).isNull();
                });
        assertThat(stateInDatabase(1)).isEqualTo("new");
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    // the persistence context

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

    // transactions

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

    // requests

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

    // the factory

    @ParameterizedTest
    @MethodSource("all")
    void factoryIsInjectedAndClosedWithTheApplication(String provider, TestDatabase database)
            throws Exception {
        start(provider, database);
        EntityManagerFactory factory = app.get(EntityManagerFactory.class);
        try (EntityManager mine = factory.createEntityManager()) {
            assertThat(mine.find(Order.class, 1L)).isNull();
        }
        assertThatThrownBy(factory::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CAB0193");
        assertThat(factory.isOpen()).isTrue();
        EntityManagerFactory provided;
        try (EntityManager mine = factory.createEntityManager()) {
            provided = mine.getEntityManagerFactory();
        }
        app.close();
        app = null;
        assertThat(provided.isOpen()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("all")
    void listenersOfEntitiesAreInjected(String provider, TestDatabase database) throws Exception {
        start(provider, database);
        create(1);
        assertThat(app.get(Ledger.class).entries()).containsExactly("new");
    }

    // Hibernate's own

    /** Stateless sessions, which repositories of Jakarta Data use. */
    @Test
    void statelessSessionTakesPartLikeAnEntityManager() throws Exception {
        start(HIBERNATE, TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    StatelessSession session = app.get(StatelessSession.class);
                    assertThatThrownBy(() -> session.insert(new Order(1)))
                            .isInstanceOf(TransactionRequiredException.class)
                            .hasMessageStartingWith("CAB0190: insert() was called outside");
                    shop.required(
                            () -> {
                                session.insert(new Order(1));
                                em().persist(new Order(2));
                                em().flush();
                                assertThat(session.get(Order.class, 2L)).isNotNull();
                                assertThat(Sql.one(db(), "select count(*) from shop_order"))
                                        .isEqualTo("2");
                            });
                    assertThatThrownBy(
                                    () ->
                                            shop.required(
                                                    () -> {
                                                        session.insert(new Order(3));
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                    assertThat(session.get(Order.class, 1L).state()).isEqualTo("new");
                    assertThat(session.get(Order.class, 3L)).isNull();
                    assertThat(app.get(Session.class).find(Order.class, 2L)).isNotNull();
                    assertThat(app.get(SessionFactory.class).isOpen()).isTrue();
                });
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {HIBERNATE, ECLIPSELINK})
    void databaseThatComesLaterIsUsedThen(String provider) throws Exception {
        Server database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        int port = database.getPort();
        database.stop();
        Map<String, String> properties = new HashMap<>();
        properties.put("cabstand.pool.test.url", "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:later");
        properties.put("cabstand.pool.test.jpa.packages", "org.cabstand.shop");
        String jpa = "cabstand.pool.test.jpa.properties.jakarta.persistence.";
        properties.put(jpa + "provider", provider);
        properties.put(jpa + "schema-generation.database.action", "create");
        start(properties);
        assertThat(log.warnings()).anyMatch(warning -> warning.startsWith("CAB0192"));
        app.request(
                () ->
                        assertThatThrownBy(() -> em().find(Order.class, 1L))
                                .isInstanceOf(PersistenceException.class)
                                .hasMessageStartingWith("CAB0192: the persistence unit of pool"));
        database = Server.createTcpServer("-tcpPort", "" + port, "-ifNotExists").start();
        try {
            await().untilAsserted(() -> create(1));
            assertThat(stateInDatabase(1)).isEqualTo("new");
        } finally {
            app.close();
            app = null;
            database.stop();
        }
    }
}
