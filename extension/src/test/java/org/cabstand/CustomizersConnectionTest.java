package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection of a customizer, which leads nowhere else and ends when the customizer returns. */
@Timeout(60)
class CustomizersConnectionTest {

    /** Asks each object for its connection, as helpers of libraries do. */
    @ApplicationScoped
    static class Asking implements ConnectionCustomizer {

        static final AtomicInteger CALLS = new AtomicInteger();
        static Connection kept;
        static PreparedStatement keptStatement;
        static DatabaseMetaData keptMetaData;

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            CALLS.incrementAndGet();
            PreparedStatement statement = connection.prepareStatement("select 1");
            assertThat(statement.getConnection()).isSameAs(connection);
            ResultSet results = statement.executeQuery();
            assertThat(results.next()).isTrue();
            assertThat(results.getStatement().getConnection()).isSameAs(connection);
            assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
            assertThat(statement.getConnection().isClosed()).isFalse();
            statement.getConnection().close(); // not the customizer's to end
            kept = connection;
            keptStatement = statement;
            keptMetaData = connection.getMetaData();
        }
    }

    /** Asks the pool that it is for. */
    @ApplicationScoped
    static class BorrowingItself implements ConnectionCustomizer {

        @Inject @Any Instance<DataSource> pools;
        @Inject Instance<Connection> requests;

        static boolean injected;

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            if (injected) {
                Sql.run(requests.get(), "select 1");
            } else {
                pools.select(Pool.Literal.of(pool)).get().getConnection().close();
            }
        }
    }

    private TestApplication app;

    @BeforeEach
    void reset() {
        Asking.CALLS.set(0);
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leadsToItselfAndEndsWithTheCall(TestDatabase database) throws Exception {
        app = TestApplication.startWithJta(database.pool("max-size", "1"), Asking.class);
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    assertThat(Sql.one(app.connection(), "select 2")).isEqualTo("2");
                    assertThat(Asking.CALLS).hasValue(1);
                    assertKeptIsOver();
                    manager.begin();
                    assertThat(Sql.one(app.connection(), "select 3")).isEqualTo("3");
                    assertThat(Asking.CALLS).as("one for the transaction").hasValue(2);
                    assertKeptIsOver();
                    manager.commit();
                });
        try (Connection borrowed = app.dataSource().getConnection()) {
            assertThat(Asking.CALLS).hasValue(3);
            assertKeptIsOver();
            assertThat(Sql.one(borrowed, "select 4")).isEqualTo("4");
        }
        assertThat(app.state().active()).isZero();
        assertThat(app.state().idle()).isEqualTo(1);
    }

    private static void assertKeptIsOver() throws SQLException {
        assertThat(Asking.kept.isClosed()).isTrue();
        assertThat(Asking.kept.isValid(1)).isFalse();
        assertThatThrownBy(() -> Asking.kept.createStatement())
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0155");
        assertThat(Asking.keptStatement.isClosed()).isTrue();
        assertThatThrownBy(() -> Asking.keptStatement.executeQuery())
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> Asking.keptMetaData.getSchemas()).isInstanceOf(SQLException.class);
    }

    @Test
    void mayNotNeedItsOwnPool() throws Exception {
        BorrowingItself.injected = false;
        app = TestApplication.startWithJta(TestApplication.h2("itself"), BorrowingItself.class);
        assertRefused(() -> app.dataSource().getConnection());
        app.request(() -> assertRefused(() -> app.connection().getCatalog()));
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    manager.begin();
                    assertRefused(() -> app.connection().getCatalog());
                    manager.rollback();
                });
    }

    @Test
    void mayNotUseTheRequestsConnection() throws Exception {
        BorrowingItself.injected = true;
        app = TestApplication.startWithJta(TestApplication.h2("request"), BorrowingItself.class);
        TransactionManager manager = app.get(TransactionManager.class);
        app.request(
                () -> {
                    assertRefused(() -> app.connection().getCatalog());
                    assertRefused(() -> app.dataSource().getConnection());
                    manager.begin();
                    assertRefused(() -> app.connection().getCatalog());
                    manager.rollback();
                });
    }

    private void assertRefused(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0112")
                .hasMessageContaining("CAB0157");
        assertThat(app.state().active()).isZero();
    }

    /** For pool a it looks something up in b. */
    @ApplicationScoped
    @Pool("a")
    static class LookingUp implements ConnectionCustomizer {

        @Inject
        @Pool("b")
        DataSource other;

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            try (Connection b = other.getConnection()) {
                assertThat(Sql.one(b, "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void mayAskAnotherPool() throws Exception {
        Map<String, String> pools =
                Map.of(
                        "cabstand.pool.a.url", "jdbc:h2:mem:looking-a",
                        "cabstand.pool.b.url", "jdbc:h2:mem:looking-b");
        try (var application = TestApplication.start(pools, LookingUp.class);
                Connection a = application.dataSource("a").getConnection()) {
            assertThatCode(() -> Sql.run(a, "select 1")).doesNotThrowAnyException();
        }
    }
}
