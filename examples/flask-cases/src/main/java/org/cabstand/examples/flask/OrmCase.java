package org.cabstand.examples.flask;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.cabstand.Pool;

/**
 * {@code sessionmaker}, {@code scoped_session} and the {@code session.remove()} of {@code
 * teardown_appcontext}: a session for each request that uses one, over the pool {@code orm}.
 */
@Path("orm/users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OrmCase {

    @Inject
    @Pool("orm")
    EntityManager session;

    @GET
    public List<String> names() {
        return session.createQuery("select u.name from User u order by u.name", String.class)
                .getResultList();
    }

    @POST
    @Path("{name}")
    @Transactional
    public List<String> add(@PathParam("name") String name) {
        session.persist(new User(name));
        return names();
    }

    /** A view with a bug. */
    @POST
    @Path("{name}/raised")
    @Transactional
    public List<String> raise(@PathParam("name") String name) {
        session.persist(new User(name));
        session.flush();
        throw new IllegalStateException("a bug in this view");
    }
}
