package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.engine.jdbc.connections.spi.AbstractDataSourceBasedMultiTenantConnectionProviderImpl;
import org.hibernate.jpa.HibernatePersistenceProvider;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Hibernate and EclipseLink that the application starts over a pool's DataSource. */
class HandMadeUnitTest extends LibraryFixture {

    private static final class Tenants
            extends AbstractDataSourceBasedMultiTenantConnectionProviderImpl<String> {
        private static final long serialVersionUID = 1L;

        @Override
        protected DataSource selectAnyDataSource() {
            return dataSource("on1");
        }

        @Override
        protected DataSource selectDataSource(String tenant) {
            return dataSource("on1");
        }

        @Override
        public Connection getConnection(String tenant) throws SQLException {
            Connection connection = super.getConnection(tenant);
            connection.setSchema(tenant);
            return connection;
        }
    }

    private static EntityManagerFactory hibernate(String pool, Map<String, Object> settings) {
        return new HandMadeUnit(new HibernatePersistenceProvider(), dataSource(pool), false)
                .start(settings);
    }

    private static SessionFactory sessions(EntityManagerFactory factory) {
        return factory.unwrap(SessionFactory.class);
    }

    @Test
    void eachTenantHasItsSchemaAndTheNextBorrowerNone() throws Exception {
        try (Connection connection = control()) {
            for (String schema : new String[] {"a", "b"}) {
                Sql.run(connection, "drop schema if exists " + schema + " cascade");
                Sql.run(connection, "create schema " + schema);
                Sql.run(connection, "create table " + schema + ".ride (id int)");
            }
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.multi_tenant_connection_provider", new Tenants());
        try (EntityManagerFactory factory = hibernate("on1", settings)) {
            for (String tenant : new String[] {"a", "b", "b"}) {
                try (Session session =
                        sessions(factory)
                                .withOptions()
                                .tenantIdentifier((Object) tenant)
                                .openSession()) {
                    session.beginTransaction();
                    session.persist(new RideEntity(session.hashCode()));
                    session.getTransaction().commit();
                }
            }
        }
        try (Connection connection = dataSource("on1").getConnection()) {
            assertThat(connection.getSchema()).isEqualTo("public");
            assertThat(
                            Sql.one(
                                    connection,
                                    "select (select count(*) from a.ride) || ' ' ||"
                                            + " (select count(*) from b.ride)"))
                    .isEqualTo("1 2");
        }
    }

    @Test
    void resultsLeftOpenEndWithTheSession() {
        try (EntityManagerFactory factory = hibernate("on1", Map.of())) {
            Session session = sessions(factory).openSession();
            session.createNativeQuery("select generate_series(1, 10)", Integer.class)
                    .scroll()
                    .next();
            session.close();
            assertThat(TestApplication.state(dataSource("on1")).active()).isZero();
        }
    }

    @Test
    void worksOnTheRequestsConnection() throws Exception {
        try (EntityManagerFactory factory = hibernate("on1", Map.of())) {
            app.request(
                    () -> {
                        Connection connection = connection("on1");
                        for (boolean commit : new boolean[] {false, true}) {
                            try (Session session =
                                    sessions(factory)
                                            .withOptions()
                                            .connection(connection)
                                            .openSession()) {
                                session.beginTransaction();
                                session.persist(new RideEntity(1));
                                session.doWork(each -> Sql.one(each, "select 1"));
                                if (commit) {
                                    session.getTransaction().commit();
                                } else {
                                    session.getTransaction().rollback();
                                }
                            }
                            assertThat(connection.getAutoCommit()).isTrue();
                        }
                    });
        }
        assertThat(rides()).isEqualTo("1");
    }

    @Test
    void poolWithoutAutoCommitSavesHibernateACall() throws Exception {
        Map<String, Object> settings =
                Map.of("hibernate.connection.provider_disables_autocommit", "true");
        try (EntityManagerFactory factory = hibernate("off1", settings);
                EntityManager manager = factory.createEntityManager()) {
            manager.getTransaction().begin();
            manager.persist(new RideEntity(1));
            manager.getTransaction().commit();
        }
        assertThat(rides()).isEqualTo("1");
    }

    @Test
    void eclipseLinkReachesTheDriver() throws Exception {
        try (EntityManagerFactory factory =
                        new HandMadeUnit(
                                        new org.eclipse.persistence.jpa.PersistenceProvider(),
                                        dataSource("on1"),
                                        false)
                                .start();
                EntityManager manager = factory.createEntityManager()) {
            manager.getTransaction().begin();
            manager.persist(new RideEntity(1));
            manager.flush();
            assertThat(manager.unwrap(Connection.class).isWrapperFor(PGConnection.class)).isTrue();
            manager.getTransaction().rollback();
        }
        assertThat(rides()).isEmpty();
    }
}
