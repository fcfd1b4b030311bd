package org.cabstand.benchmarks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.cabstand.benchmarks.Producer.ByHand;
import org.cabstand.benchmarks.entities.World;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.transaction.jta.platform.internal.JBossStandAloneJtaPlatform;

/**
 * A handwritten producer of an entity manager for JTA transactions. The entity manager joins the transaction that is
 * active when it is created.
 *
 * <p>Thread safety: the factory is created before the first request.
 */
@ApplicationScoped
public class EntityManagerProducer {

    private volatile EntityManagerFactory factory;

    /** Creates the factory, and the tables. */
    void from(DataSource dataSource) {
        Configuration configuration = new Configuration().addAnnotatedClass(World.class);
        configuration.getProperties().put("jakarta.persistence.jtaDataSource", dataSource);
        configuration.setProperty("hibernate.transaction.coordinator_class", "jta");
        configuration.setProperty(
                "hibernate.transaction.jta.platform", JBossStandAloneJtaPlatform.class.getName());
        factory = configuration.buildSessionFactory();
    }

    void close() {
        factory.close();
    }

    @Produces
    @RequestScoped
    @ByHand
    EntityManager open() {
        return factory.createEntityManager();
    }

    void close(@Disposes @ByHand EntityManager entityManager) {
        entityManager.close();
    }
}
