package org.cabstand.examples.flask;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** An ORM session over the pool. */
@Path("orm/users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrmCase {

    @Inject EntityManager session;

    @GET
    public List<String> names() {
        return session.createQuery("select u.name from User u order by u.name", String.class)
                .getResultList();
    }

    @POST
    @Path("{name}")
    public List<String> add(@PathParam("name") String name) {
        session.getTransaction().begin();
        session.persist(new User(name));
        session.getTransaction().commit();
        return names();
    }

    /** A view with a bug. */
    @POST
    @Path("{name}/raised")
    public List<String> raise(@PathParam("name") String name) {
        session.getTransaction().begin();
        session.persist(new User(name));
        session.flush();
        throw new IllegalStateException("a bug in this view");
    }
}
