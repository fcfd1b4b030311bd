package org.cabstand.examples.flask;

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
 * {@code sessionmaker}, {@code scoped_session} and the {@code session.remove()} of {@code
 * teardown_appcontext}: one session per request that uses it, over the pool {@code orm}.
 */
@ApplicationScoped
public class OrmSession {

    @Produces
    @ApplicationScoped
    EntityManagerFactory open(@Pool("orm") DataSource pool) {
        return Persistence.createEntityManagerFactory(
                "users", Map.of("jakarta.persistence.nonJtaDataSource", pool));
    }

    void close(@Disposes EntityManagerFactory factory) {
        factory.close();
    }

    @Produces
    @RequestScoped
    EntityManager open(EntityManagerFactory factory) {
        return factory.createEntityManager();
    }

    void close(@Disposes EntityManager session) {
        // close() alone leaves an open transaction and its connection as they are
        if (session.getTransaction().isActive()) {
            session.getTransaction().rollback();
        }
        session.close();
    }
}
