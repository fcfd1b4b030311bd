package org.cabstand;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.jpa.HibernatePersistenceProvider;

/** JPA providers that are started by hand. */
final class JpaWays {

    private static final Map<HandMadeUnit, EntityManagerFactory> FACTORIES =
            new ConcurrentHashMap<>();
    private static final PersistenceProvider HIBERNATE = new HibernatePersistenceProvider();
    private static final PersistenceProvider ECLIPSELINK =
            new org.eclipse.persistence.jpa.PersistenceProvider();

    private JpaWays() {}

    static List<Way> all() {
        return List.of(
                resourceLocal("Hibernate", HIBERNATE),
                jta("Hibernate", HIBERNATE),
                Way.of(
                        "Hibernate",
                        "`StatelessSession` with the Connection",
                        (app, id) -> {
                            SessionFactory factory =
                                    factory(HIBERNATE, app, false).unwrap(SessionFactory.class);
                            try (StatelessSession session =
                                    factory.openStatelessSession(app.connection())) {
                                session.insert(new RideEntity(id));
                            }
                        }),
                resourceLocal("EclipseLink", ECLIPSELINK),
                jta("EclipseLink", ECLIPSELINK));
    }

    private static Way resourceLocal(String library, PersistenceProvider provider) {
        return Way.of(
                library,
                "resource-local unit",
                "in a transaction: a JTA unit, or the [pool's `EntityManager`](jpa.md)",
                (app, id) -> {
                    EntityManager manager = factory(provider, app, false).createEntityManager();
                    try {
                        manager.getTransaction().begin();
                        manager.persist(new RideEntity(id));
                        manager.getTransaction().commit();
                    } finally {
                        manager.close();
                    }
                });
    }

    private static Way jta(String library, PersistenceProvider provider) {
        return Way.of(
                library,
                "JTA unit",
                "or the [pool's `EntityManager`](jpa.md)",
                (app, id) -> {
                    EntityManager manager = factory(provider, app, true).createEntityManager();
                    try {
                        manager.persist(new RideEntity(id));
                        manager.flush();
                    } finally {
                        manager.close();
                    }
                });
    }

    private static EntityManagerFactory factory(
            PersistenceProvider provider, Way.Application app, boolean jta) {
        return FACTORIES.computeIfAbsent(
                new HandMadeUnit(provider, app.dataSource(), jta), HandMadeUnit::start);
    }

    static void close() {
        FACTORIES.values().forEach(EntityManagerFactory::close);
        FACTORIES.clear();
    }
}
