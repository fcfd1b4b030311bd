package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.sql.Connection;
import java.util.Map;
import javax.sql.DataSource;
import org.cabstand.shop.Order;
import org.junit.jupiter.api.Test;

/** A session's bean keeps what was injected into it, also while its server has written the session away. */
class KeptInSessionTest {

    /** Everything that a pool offers. */
    @Dependent
    static class Cart implements Serializable {

        private static final long serialVersionUID = 1L;

        @Inject Connection connection;
        @Inject DataSource dataSource;
        @Inject PoolOperations operations;
        @Inject EntityManager em;
        @Inject EntityManagerFactory factory;

        void use() throws Exception {
            assertThat(Sql.one(connection, "select 1")).isEqualTo("1");
            connection.close();
            try (Connection own = dataSource.getConnection()) {
                assertThat(Sql.one(own, "select 1")).isEqualTo("1");
            }
            assertThat(operations.name()).isEqualTo("test");
            assertThat(em.find(Order.class, 1L)).isNull();
            assertThat(factory.isOpen()).isTrue();
        }
    }

    /** A bean whose dependencies the container has to be able to write away, or it does not deploy. */
    @SessionScoped
    static class Customer implements Serializable {

        private static final long serialVersionUID = 1L;

        @Inject Cart cart;

        Cart cart() {
            return cart;
        }
    }

    private static byte[] write(Object kept) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(kept);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    @Test
    void whatWasInjectedWorksInAnotherRequest() throws Exception {
        Map<String, String> pool =
                TestDatabase.H2.pool("max-size", "1", "jpa.packages", "org.cabstand.shop");
        pool.put(
                "cabstand.pool.test.jpa.properties"
                        + ".jakarta.persistence.schema-generation.database.action",
                "drop-and-create");
        try (var app = TestApplication.startWithJta(pool, Cart.class, Customer.class)) {
            byte[][] away = new byte[1][];
            app.request(
                    () -> {
                        Cart cart = app.get(Cart.class);
                        cart.use();
                        away[0] = write(cart);
                    });
            app.request(() -> ((Cart) read(away[0])).use());
            assertThat(app.state().active()).isZero();
        }
    }
}
