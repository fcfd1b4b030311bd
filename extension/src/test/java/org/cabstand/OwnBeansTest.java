package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.PassivationCapable;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.Test;

/** An application's own beans of the types and the qualifier that a pool has. */
class OwnBeansTest extends OwnBeansFixture {

    /** A class of the application's own, as mocks and wrappers are. */
    @ApplicationScoped
    @Pool("x")
    static class OwnClass implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return own().getConnection();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            // it logs nothing
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // it is in memory
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return null;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return null;
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    @ApplicationScoped
    static class OwnProducers {
        @Produces
        @Pool("x")
        @ApplicationScoped
        DataSource source() {
            return own();
        }

        @Produces
        @Pool("x")
        @RequestScoped
        Connection connection() throws SQLException {
            return own().getConnection();
        }

        void close(@Disposes @Pool("x") Connection connection) throws SQLException {
            connection.close();
        }
    }

    @ApplicationScoped
    static class OwnField {
        @Produces
        @Pool("x")
        private final DataSource source = own();
    }

    @Alternative
    @Priority(1)
    @ApplicationScoped
    static class SelectedAlternative {
        @Produces
        @Pool("x")
        @ApplicationScoped
        DataSource source() {
            return own();
        }
    }

    @Dependent
    static class User {
        @Inject
        @Pool("x")
        DataSource source;
    }

    @RequestScoped
    static class ConnectionUser {
        @Inject
        @Pool("x")
        Connection connection;

        String database() throws SQLException {
            return connection.getMetaData().getURL();
        }
    }

    @Dependent
    static class Searcher {
        @Inject
        @Pool("x")
        Instance<DataSource> instance;

        @Inject
        @Pool("x")
        Provider<DataSource> provider;
    }

    @Test
    void ownBeansOfAPoolMakeNoPoolRequired() throws Exception {
        for (Class<?> own :
                new Class<?>[] {
                    OwnClass.class, OwnProducers.class, OwnField.class, SelectedAlternative.class
                }) {
            try (var app = TestApplication.start(pools("a"), own, User.class, Searcher.class)) {
                assertThat(databaseOf(app.get(User.class).source))
                        .as(own.getSimpleName())
                        .isEqualTo("jdbc:h2:mem:own");
                assertThat(databaseOf(app.get(Searcher.class).instance.get()))
                        .isEqualTo("jdbc:h2:mem:own");
                assertThat(databaseOf(app.get(Searcher.class).provider.get()))
                        .isEqualTo("jdbc:h2:mem:own");
            }
        }
    }

    @Test
    void ownBeansOfAPoolWinOverTheConfiguredOne() throws Exception {
        for (Class<?> own :
                new Class<?>[] {
                    OwnClass.class, OwnProducers.class, OwnField.class, SelectedAlternative.class
                }) {
            try (var app =
                    TestApplication.start(pools("a", "x"), own, User.class, Searcher.class)) {
                assertThat(databaseOf(app.get(User.class).source))
                        .as(own.getSimpleName())
                        .isEqualTo("jdbc:h2:mem:own");
                assertThat(databaseOf(app.get(Searcher.class).instance.get()))
                        .isEqualTo("jdbc:h2:mem:own");
            }
        }
    }

    @Test
    void eachTypeIsJudgedForItself() throws Exception {
        try (var app =
                TestApplication.start(
                        pools("x"), OwnClass.class, User.class, ConnectionUser.class)) {
            assertThat(databaseOf(app.get(User.class).source)).isEqualTo("jdbc:h2:mem:own");
            app.request(
                    () ->
                            assertThat(app.get(ConnectionUser.class).database())
                                    .isEqualTo("jdbc:h2:mem:x"));
            assertThat(databaseOf(app.dataSource())).as("the only pool").isEqualTo("jdbc:h2:mem:x");
        }
        try (var app =
                TestApplication.start(
                        pools("x"), OwnProducers.class, User.class, ConnectionUser.class)) {
            app.request(
                    () ->
                            assertThat(app.get(ConnectionUser.class).database())
                                    .isEqualTo("jdbc:h2:mem:own"));
        }
        assertThat(faultOf(pools("a"), OwnClass.class, ConnectionUser.class))
                .contains("CAB0012", "'x'", "ConnectionUser.connection");
    }

    @Test
    void theReadinessOfAPoolIsThatOfThePool() throws Exception {
        try (var app = TestApplication.start(pools("x"), OwnClass.class)) {
            assertThat(app.get(ConnectionPool.class, Pool.Literal.of("x")).name()).isEqualTo("x");
        }
    }

    /** In an EAR the WARs may have pools of the same names, and a container knows beans by their ids. */
    @Test
    void eachApplicationsBeansHaveIdsOfTheirOwn() {
        assertThat(idOfDataSource()).isNotEqualTo(idOfDataSource());
    }

    private static String idOfDataSource() {
        try (var app = TestApplication.start(pools("x"))) {
            Bean<?> bean =
                    app.get(BeanManager.class)
                            .getBeans(DataSource.class, Pool.Literal.of("x"))
                            .iterator()
                            .next();
            return ((PassivationCapable) bean).getId();
        }
    }
}
