package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The beans that an application can inject, and that injecting them costs nothing. */
class InjectionTest {

    @RequestScoped
    static class Orders {
        @Inject Connection byDefault;

        @Inject
        @Pool("test")
        Connection byName;

        @Inject DataSource pool;

        static int session(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet results = statement.executeQuery("select session_id()")) {
                results.next();
                return results.getInt(1);
            }
        }
    }

    @Test
    void allBeansOfARequestShareOneConnection() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("shared"), Orders.class)) {
            app.request(
                    () -> {
                        Orders orders = app.get(Orders.class);
                        int session = Orders.session(app.connection());
                        assertThat(
                                        Orders.session(
                                                app.get(Connection.class, Pool.Literal.of("test"))))
                                .isEqualTo(session);
                        assertThat(orders).isNotNull();
                        assertThat(app.state().active()).isEqualTo(1);
                    });
            assertThat(app.state().active()).isZero();
            assertThat(app.state().idle()).isEqualTo(1);
        }
    }

    @Test
    void injectingBorrowsNothing() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("lazy"), Orders.class)) {
            app.request(
                    () -> {
                        assertThat(app.connection().isClosed()).isFalse();
                        assertThat(app.connection().toString()).contains("test");
                        assertThat(app.state().active()).isZero();
                    });
            assertThat(app.state().idle()).isZero();
        }
    }

    @Test
    void poolsAreFoundByNameAtRunTime() throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.a.url", "jdbc:h2:mem:a",
                                "cabstand.pool.b.url", "jdbc:h2:mem:b"))) {
            try (Connection a = app.dataSource("a").getConnection();
                    Connection b = app.dataSource("b").getConnection()) {
                assertThat(a.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:a");
                assertThat(b.getMetaData().getURL()).isEqualTo("jdbc:h2:mem:b");
            }
        }
    }
}
