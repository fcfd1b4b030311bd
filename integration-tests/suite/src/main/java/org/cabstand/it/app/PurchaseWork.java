package org.cabstand.it.app;

import jakarta.enterprise.inject.Instance;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import org.cabstand.Pool;

/** What a request does over its pool, with both APIs: purchases that begin with its identifier. */
public final class PurchaseWork {

    private final String pool;
    private final String id;
    private final Instance<EntityManager> entityManagers;
    private final Instance<Connection> connections;
    private final PurchaseContexts contexts;

    PurchaseWork(
            String pool,
            String id,
            Instance<EntityManager> entityManagers,
            Instance<Connection> connections,
            PurchaseContexts contexts) {
        this.pool = pool;
        this.id = id;
        this.entityManagers = entityManagers;
        this.connections = connections;
        this.contexts = contexts;
    }

    String id() {
        return id;
    }

    String pool() {
        return pool;
    }

    EntityManager em() {
        return entityManagers.select(Pool.Literal.of(pool)).get();
    }

    Connection db() {
        return connections.select(Pool.Literal.of(pool)).get();
    }

    String sessionOfEm() {
        String query = pool.equals("maria") ? "select connection_id()" : "select pg_backend_pid()";
        return String.valueOf(em().createNativeQuery(query).getSingleResult());
    }

    Purchase find(String suffix) {
        contexts.note(em());
        return em().find(Purchase.class, id + suffix);
    }

    void persist(String suffix) {
        contexts.note(em());
        em().persist(new Purchase(id + suffix, 2));
    }

    /** Without lines, whose numbers EclipseLink would take from a table, within the transaction. */
    void persistPlain(String suffix) {
        contexts.note(em());
        em().persist(new Purchase(id + suffix, 0));
    }
}
