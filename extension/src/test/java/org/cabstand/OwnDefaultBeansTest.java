package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An application's own beans of the types that the default pool has. */
class OwnDefaultBeansTest extends OwnBeansFixture {

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

    @Decorator
    @Priority(1)
    abstract static class DecoratingTheDefault implements DataSource {
        @Inject @Delegate DataSource delegate;
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
}
