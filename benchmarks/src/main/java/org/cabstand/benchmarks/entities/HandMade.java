package org.cabstand.benchmarks.entities;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Qualifier;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.lang.annotation.Retention;
import java.util.Map;
import javax.sql.DataSource;
import org.cabstand.Pool;

/**
 * A handwritten producer of an entity manager over a pool, in its shortest form. The entity manager begins and commits
 * its own transactions.
 */
@ApplicationScoped
public class HandMade {

    /** Qualifies the handwritten entity manager. */
    @Qualifier
    @Retention(RUNTIME)
    public @interface ByHand {}

    @Produces
    @ApplicationScoped
    @ByHand
    EntityManagerFactory open(@Pool("plain") DataSource pool) {
        return Persistence.createEntityManagerFactory(
                "by-hand", Map.of("jakarta.persistence.nonJtaDataSource", pool));
    }

    void close(@Disposes @ByHand EntityManagerFactory factory) {
        factory.close();
    }

    @Produces
    @RequestScoped
    @ByHand
    EntityManager open(@ByHand EntityManagerFactory factory) {
        return factory.createEntityManager();
    }

    void close(@Disposes @ByHand EntityManager entityManager) {
        entityManager.close();
    }
}
