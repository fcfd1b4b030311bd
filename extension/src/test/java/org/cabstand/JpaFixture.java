package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cabstand.TestApplication.Work;
import org.cabstand.shop.Ledger;
import org.cabstand.shop.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

/**
 * An application with JPA, over a pool {@code test} of one connection, and the entities of a shop.
 */
abstract class JpaFixture {

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

    final CapturedLog log = new CapturedLog();
    TestApplication app;
    Shop shop;
    Suspending suspending;
    TransactionManager manager;

    void start(String provider, TestDatabase database, String... settings) {
        start(pool(provider, database, settings));
    }

    void start(Map<String, String> properties) {
        app =
                TestApplication.startWithJta(
                        properties, Shop.class, Suspending.class, Farewell.class, Ledger.class);
        shop = app.get(Shop.class);
        suspending = app.get(Suspending.class);
        manager = app.get(TransactionManager.class);
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

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    Connection db() {
        return app.connection();
    }

    EntityManager em() {
        return app.get(EntityManager.class);
    }

    String stateInDatabase(long id) throws SQLException {
        try (Connection connection = app.dataSource().getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select state from shop_order where id = ?")) {
            query.setLong(1, id);
            try (ResultSet result = query.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    void assertNothingInUse() {
        await().untilAsserted(() -> assertThat(app.state().active()).isZero());
    }

    void create(long id) throws Exception {
        app.request(() -> shop.required(() -> em().persist(new Order(id))));
    }
}
