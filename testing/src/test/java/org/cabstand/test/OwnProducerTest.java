package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.Pool;
import org.h2.jdbcx.JdbcDataSource;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;

/** A test's own producer takes the place of the pool. */
class OwnProducerTest {

    @ApplicationScoped
    static class Produced {

        @Produces
        @ApplicationScoped
        @Pool("shop")
        DataSource shop() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:produced;DB_CLOSE_DELAY=-1");
            return source;
        }

        @Produces
        @Pool("shop")
        Connection connection() throws SQLException {
            return shop().getConnection();
        }
    }

    @EnableWeld
    static class Works {

        @WeldSetup WeldInitiator weld = Application.weld(Produced.class);

        @Inject Orders orders;

        @Test
        void withoutPool() throws Exception {
            orders.execute("create table if not exists orders (id integer, note varchar(9))");
            orders.add(1);
            assertThat(orders.count()).isEqualTo(1);
        }
    }

    @Test
    void needsNoUrl() {
        PoolConfig.clear();
        Tests.run(Works.class).succeed(1);
    }
}
