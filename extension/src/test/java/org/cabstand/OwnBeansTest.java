package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Specializes;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.PassivationCapable;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Qualifier;
import java.io.PrintWriter;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** An application's own beans of the types and qualifiers that pools have. */
class OwnBeansTest {

    private static Map<String, String> pools(String... names) {
        Map<String, String> properties = new HashMap<>();
        for (String name : names) {
            properties.put("cabstand.pool." + name + ".url", "jdbc:h2:mem:" + name);
        }
        return properties;
    }

    private static JdbcDataSource own() {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:own");
        return source;
    }

    private static String databaseOf(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getURL();
        }
    }

    /** Deploys, and says which fault there is, if any. */
    private static String faultOf(Map<String, String> properties, Class<?>... beans) {
        Throwable thrown = catchThrowable(() -> TestApplication.start(properties, beans).close());
        return thrown == null ? "none" : thrown.getMessage();
    }

    @ApplicationScoped
    static class OwnDefault {
        @Produces
        @ApplicationScoped
        DataSource source() {
            return own();
        }
    }

    @Dependent
    static class DefaultDataSourceUser {
        @Inject DataSource source;
    }

    @RequestScoped
    static class DefaultConnectionUser {
        @Inject Connection connection;
    }

    @Test
    void anOwnDefaultDataSourceWinsBesideTwoPools() throws Exception {
        try (var app =
                TestApplication.start(
                        pools("a", "b"), OwnDefault.class, DefaultDataSourceUser.class)) {
            assertThat(databaseOf(app.get(DefaultDataSourceUser.class).source))
                    .isEqualTo("jdbc:h2:mem:own");
            assertThat(databaseOf(app.dataSource("a"))).isEqualTo("jdbc:h2:mem:a");
        }
    }

    @Test
    void theOtherTypeStillNeedsADefaultPool() {
        assertThat(faultOf(pools("a", "b"), OwnDefault.class, DefaultConnectionUser.class))
                .contains("CAB0010", "DefaultConnectionUser.connection")
                .doesNotContain("DefaultDataSourceUser");
    }

    @Test
    void theOtherTypeComesFromTheDefaultPool() throws Exception {
        Map<String, String> properties = pools("a", "b");
        properties.put("cabstand.default-pool", "b");
        try (var app =
                TestApplication.start(
                        properties,
                        OwnDefault.class,
                        DefaultDataSourceUser.class,
                        DefaultConnectionUser.class)) {
            assertThat(databaseOf(app.dataSource())).isEqualTo("jdbc:h2:mem:own");
            app.request(
                    () ->
                            assertThat(app.connection().getMetaData().getURL())
                                    .isEqualTo("jdbc:h2:mem:b"));
        }
    }

    @ApplicationScoped
    static class OwnDefaultConnection {
        @Produces
        @RequestScoped
        Connection connection() throws SQLException {
            return own().getConnection();
        }

        void close(@Disposes Connection connection) throws SQLException {
            connection.close();
        }
    }

    @Test
    void anOwnDefaultConnectionWinsBesideTwoPools() throws Exception {
        try (var app =
                TestApplication.start(
                        pools("a", "b"), OwnDefaultConnection.class, DefaultConnectionUser.class)) {
            app.request(
                    () ->
                            assertThat(app.connection().getMetaData().getURL())
                                    .isEqualTo("jdbc:h2:mem:own"));
        }
    }

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

    @Alternative
    @ApplicationScoped
    static class UnselectedAlternative {
        @Inject
        @Pool("nowhere")
        Connection connection;

        @Inject Connection byDefault;

        @Produces
        DataSource source() {
            return own();
        }

        void observe(@Observes String event, @Pool("nowhere") DataSource source) {
            assertThat(source).isNotNull();
        }
    }

    @Vetoed
    static class VetoedUser {
        @Inject
        @Pool("nowhere")
        Connection connection;
    }

    @ApplicationScoped
    static class General {
        General() {
            // for the proxy
        }

        @Inject
        General(@Pool("nowhere") DataSource source) {
            assertThat(source).isNotNull();
        }

        @Produces
        @Pool("y")
        DataSource source(@Pool("nowhere") DataSource source) {
            return source;
        }
    }

    @Specializes
    @ApplicationScoped
    static class Special extends General {}

    @ApplicationScoped
    static class Maker {
        @Produces
        @Pool("y")
        @ApplicationScoped
        DataSource source(@Any Instance<String> any, @Pool("nowhere") Provider<Connection> raw) {
            return own();
        }
    }

    @ApplicationScoped
    static class SpecialMaker extends Maker {
        @Produces
        @Specializes
        @ApplicationScoped
        @Override
        DataSource source(@Any Instance<String> any, @Any Provider<Connection> raw) {
            return own();
        }
    }

    @Dependent
    static class MadeUser {
        @Inject
        @Pool("y")
        DataSource source;
    }

    @Decorator
    @Priority(1)
    abstract static class Decorating implements DataSource {
        @Inject @Delegate @Any DataSource delegate;
    }

    @Decorator
    @Priority(1)
    abstract static class DecoratingTheDefault implements DataSource {
        @Inject @Delegate DataSource delegate;
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Qualifier
    @interface Audited {}

    @ApplicationScoped
    static class Audit {
        @Produces
        @Audited
        @Pool("nowhere")
        DataSource source() {
            return own();
        }
    }

    @Dependent
    static class AuditedUser {
        @Inject
        @Audited
        @Pool("nowhere")
        DataSource source;

        @Inject
        @Pool("nowhere")
        Event<DataSource> events;

        void observe(@Observes @Pool("nowhere") DataSource event) {
            assertThat(event).isNotNull();
        }
    }

    @Test
    void whatIsNotEnabledNeedsNothing() {
        assertThat(
                        faultOf(
                                pools("a", "b"),
                                UnselectedAlternative.class,
                                VetoedUser.class,
                                Decorating.class,
                                DecoratingTheDefault.class))
                .isEqualTo("none");
    }

    @Test
    void whatIsSpecializedNeedsNothing() {
        assertThat(faultOf(pools("a"), General.class)).contains("CAB0012", "'nowhere'");
        assertThat(faultOf(pools("a"), General.class, Special.class)).isEqualTo("none");
        assertThat(faultOf(pools("a"), Maker.class, MadeUser.class))
                .contains("CAB0012", "'nowhere'");
        assertThat(faultOf(pools("a"), Maker.class, SpecialMaker.class, MadeUser.class))
                .isEqualTo("none");
    }

    @Test
    void eventsAndOwnQualifiersNeedNoPool() {
        assertThat(faultOf(pools("a"), Audit.class, AuditedUser.class)).isEqualTo("none");
    }

    /** Ours stays the default: a decorator is no bean of its type. */
    @Test
    void aDecoratorIsNoBeanOfItsOwn() throws Exception {
        try (var app =
                TestApplication.start(
                        pools("a"), DecoratingTheDefault.class, DefaultDataSourceUser.class)) {
            assertThat(databaseOf(app.dataSource())).isEqualTo("jdbc:h2:mem:a");
        }
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
