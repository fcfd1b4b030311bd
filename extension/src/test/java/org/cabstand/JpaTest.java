package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TransactionRequiredException;
import java.util.HashMap;
import java.util.Map;
import org.cabstand.shop.Item;
import org.cabstand.shop.Ledger;
import org.cabstand.shop.Order;
import org.h2.tools.Server;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JPA beside the injected connection: one transaction and one connection for both, and how the units
 * begin and end.
 */
class JpaTest extends JpaFixture {

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
