package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beans that prepare a connection before its borrower gets it. */
class ConnectionCustomizerTest {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @ApplicationScoped
    static class ForAll implements ConnectionCustomizer {
        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            SEEN.add("all " + pool);
            connection.setSchema("INFORMATION_SCHEMA");
            connection.close(); // not the customizer's to end
        }
    }

    @ApplicationScoped
    @Pool("b")
    static class ForB implements ConnectionCustomizer {
        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            SEEN.add("own " + pool + " " + connection.getSchema());
        }
    }

    @ApplicationScoped
    static class Refusing implements ConnectionCustomizer {
        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            throw new SQLException("no tenant", "42000");
        }
    }

    private static final Map<String, String> TWO_POOLS =
            Map.of(
                    "cabstand.pool.a.url", "jdbc:h2:mem:customized-a",
                    "cabstand.pool.b.url", "jdbc:h2:mem:customized-b");

    @Test
    void theOnesForAllComeFirstAndThenThePoolsOwn() throws Exception {
        try (var app = TestApplication.start(TWO_POOLS, ForAll.class, ForB.class)) {
            try (Connection a = app.dataSource("a").getConnection();
                    Connection b = app.dataSource("b").getConnection()) {
                assertThat(a.getSchema()).isEqualTo("INFORMATION_SCHEMA");
                assertThat(b.getSchema()).isEqualTo("INFORMATION_SCHEMA");
            }
            assertThat(SEEN).containsExactly("all a", "all b", "own b INFORMATION_SCHEMA");
        }
    }

    @Test
    void theyAreCalledAtEveryBorrowOfARequest() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("borrows"), ForAll.class)) {
            app.request(
                    () -> {
                        Sql.run(app.connection(), "select 1");
                        Sql.run(app.connection(), "select 1");
                        app.connection().close();
                        Sql.run(app.connection(), "select 1");
                    });
            assertThat(SEEN).hasSize(2);
        }
    }

    @Test
    void oneThatRefusesLosesNoConnection() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("refusing", "max-size", "1"), Refusing.class)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(SQLException.class)
                        .hasMessageStartingWith("CAB0112")
                        .hasMessageContaining("no tenant");
            }
            assertThat(app.state().active()).isZero();
            assertThat(app.state().idle()).isEqualTo(1);
        }
    }
}
