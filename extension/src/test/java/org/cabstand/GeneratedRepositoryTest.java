package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.cabstand.JpaFixture.HIBERNATE;

import jakarta.persistence.TransactionRequiredException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cabstand.JpaFixture.Shop;
import org.cabstand.shop.Ledger;
import org.cabstand.shop.NamedOrders_;
import org.cabstand.shop.Order;
import org.cabstand.shop.Orders;
import org.cabstand.shop.Orders_;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories of Jakarta Data, as Hibernate's processor writes them, work over a pool by injection. */
class GeneratedRepositoryTest {

    private static Map<String, String> pool() {
        return JpaFixture.pool(HIBERNATE, TestDatabase.H2);
    }

    @Test
    void repositoryHasThePoolsSession() throws Exception {
        try (var app =
                TestApplication.startWithJta(pool(), Shop.class, Ledger.class, Orders_.class)) {
            Orders orders = app.get(Orders.class);
            Shop shop = app.get(Shop.class);
            app.request(
                    () -> {
                        shop.required(
                                () -> {
                                    orders.add(new Order(1));
                                    assertThat(
                                                    Sql.one(
                                                            app.connection(),
                                                            "select count(*) from shop_order"))
                                            .isEqualTo("1");
                                });
                        assertThat(orders.find(1)).isNotNull();
                        assertThatThrownBy(
                                        () ->
                                                shop.required(
                                                        () -> {
                                                            orders.add(new Order(2));
                                                            throw new IllegalStateException("no");
                                                        }))
                                .hasMessage("no");
                        assertThat(orders.find(2)).isNull();
                        assertThatThrownBy(() -> orders.add(new Order(3)))
                                .isInstanceOf(TransactionRequiredException.class)
                                .hasMessageStartingWith("CAB0190");
                    });
            await().untilAsserted(() -> assertThat(app.state().active()).isZero());
        }
    }

    @Test
    void dataStoreIsThePoolsName() throws Exception {
        Map<String, String> properties = pool();
        properties.put("cabstand.pool.other.url", "jdbc:h2:mem:other");
        try (var app = TestApplication.startWithJta(properties, Ledger.class, NamedOrders_.class)) {
            app.request(() -> assertThat(app.get(Orders.class).find(1)).isNull());
        }
    }

    /** Then the server may have a unit for it. */
    @Test
    void repositoryBesideAPersistenceXmlIsLeftAlone(@TempDir Path directory) throws Exception {
        Files.createDirectory(directory.resolve("META-INF"));
        Files.writeString(directory.resolve("META-INF/persistence.xml"), "<persistence/>");
        URL classes = Orders_.class.getProtectionDomain().getCodeSource().getLocation();
        try (var loader =
                new URLClassLoader(
                        new URL[] {directory.toUri().toURL(), classes},
                        Orders_.class.getClassLoader()) {
                    @Override
                    protected Class<?> loadClass(String name, boolean resolve)
                            throws ClassNotFoundException {
                        return name.equals(Orders_.class.getName())
                                ? findClass(name)
                                : super.loadClass(name, resolve);
                    }
                }) {
            Class<?> type = loader.loadClass(Orders_.class.getName());
            try (var app = TestApplication.startWithJta(pool(), Shop.class, Ledger.class, type)) {
                app.request(
                        () ->
                                assertThatThrownBy(() -> app.get(type))
                                        .hasRootCauseInstanceOf(NullPointerException.class));
            }
        }
    }
}
