package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.cabstand.Pool;

/** Works in the database by the request's entity manager only. */
@Path("jpa/{id}")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class JpaResource {

    @Inject
    @Pool("orm")
    EntityManager session;

    @GET
    public String find(@PathParam("id") String id) {
        return session.find(WorkRow.class, id) == null ? "nothing" : "found";
    }

    @GET
    @Path("committed")
    public String committed(@PathParam("id") String id) {
        insert(id);
        session.getTransaction().commit();
        return "done";
    }

    @GET
    @Path("unfinished")
    public String unfinished(@PathParam("id") String id) {
        insert(id);
        return "done";
    }

    @GET
    @Path("throwing")
    public String throwing(@PathParam("id") String id) {
        insert(id);
        throw new IllegalStateException("thrown by the application on purpose");
    }

    /** The row is in the database, and nobody else sees it so far. */
    private void insert(String id) {
        session.getTransaction().begin();
        session.persist(new WorkRow(id));
        session.flush();
        if (session.createQuery("select w.id from WorkRow w where w.id = :id", String.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty()) {
            throw new IllegalStateException("the transaction does not see its own row");
        }
    }
}
