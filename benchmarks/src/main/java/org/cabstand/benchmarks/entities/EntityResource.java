package org.cabstand.benchmarks.entities;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.concurrent.ThreadLocalRandom;
import org.cabstand.Pool;

/** Reads an entity, or changes it in a transaction, with entity managers of three sources. */
@Path("{source}")
@RequestScoped
@Produces("application/json")
public class EntityResource {

    private static final int ROWS = 10_000;

    @Inject
    @Pool("world")
    private EntityManager injected;

    @Inject @HandMade.ByHand private EntityManager byHand;

    @PersistenceContext(unitName = "server")
    private EntityManager server;

    @Inject private Changes changes;

    private EntityManager of(String source) {
        switch (source) {
            case "injected":
                return injected;
            case "by-hand":
                return byHand;
            case "server":
                return server;
            default:
                throw new IllegalArgumentException(source);
        }
    }

    /** Reads one. */
    @GET
    @Path("single")
    public String single(@PathParam("source") String source) {
        return json(of(source).find(World.class, random()));
    }

    /** Reads one and changes it. */
    @GET
    @Path("update")
    public String update(@PathParam("source") String source) {
        int id = random();
        return json(
                source.equals("by-hand")
                        ? changes.byItself(byHand, id, random())
                        : changes.inTransaction(of(source), id, random()));
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt(ROWS) + 1;
    }

    private static String json(World row) {
        return "{\"id\":%d,\"randomNumber\":%d}".formatted(row.id(), row.randomNumber());
    }
}
