package org.cabstand.examples.flask;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.cabstand.Pool;

/**
 * {@code SimpleConnectionPool} with {@code g} and {@code teardown_appcontext}: none of them is
 * needed here.
 */
@Path("psycopg2/users")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class Psycopg2Case {

    @Inject
    @Pool("psycopg2")
    Connection db;

    @Inject Users users;

    @GET
    public List<String> names() throws SQLException {
        return users.names();
    }

    @POST
    @Path("{name}")
    public List<String> add(@PathParam("name") String name) throws SQLException {
        users.add(name);
        db.commit();
        return users.names();
    }

    /** A view that forgets to commit. */
    @POST
    @Path("{name}/forgotten")
    public List<String> forget(@PathParam("name") String name) throws SQLException {
        users.add(name);
        return users.names();
    }

    /** A view with a bug. */
    @POST
    @Path("{name}/raised")
    public List<String> raise(@PathParam("name") String name) throws SQLException {
        users.add(name);
        throw new IllegalStateException("a bug in this view");
    }
}
