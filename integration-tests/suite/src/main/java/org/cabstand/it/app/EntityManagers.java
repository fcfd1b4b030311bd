package org.cabstand.it.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.util.Map;
import javax.sql.DataSource;
import org.cabstand.Pool;

/**
 * An entity manager for each request, over a pool, in the same way on every server. With a qualifier: Jakarta
 * EE 11 servers have a bean of their own without one for each persistence unit.
 */
@ApplicationScoped
public class EntityManagers {

    @Produces
    @Pool("orm")
    @ApplicationScoped
    EntityManagerFactory open(@Pool("orm") DataSource pool) {
        return Persistence.createEntityManagerFactory(
                "work", Map.of("jakarta.persistence.nonJtaDataSource", pool));
    }

    void close(@Disposes @Pool("orm") EntityManagerFactory factory) {
        factory.close();
    }

    @Produces
    @Pool("orm")
    @RequestScoped
    EntityManager open(@Pool("orm") EntityManagerFactory factory) {
        return factory.createEntityManager();
    }

    void close(@Disposes @Pool("orm") EntityManager session) {
        // close() alone leaves an open transaction, and its connection, as they are
        if (session.getTransaction().isActive()) {
            session.getTransaction().rollback();
        }
        session.close();
    }
}
