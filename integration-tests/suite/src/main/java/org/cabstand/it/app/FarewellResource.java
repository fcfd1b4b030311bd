package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.Pool;

/**
 * Requests with a {@link Farewell}.
 *
 * <p>They differ in what is there first, the bean or the request's connection: a context destroys its
 * beans in an order of its own, and often in that of their making.
 */
@Path("farewell/{id}")
@RequestScoped
public class FarewellResource {

    @Inject Farewell farewell;

    @Inject
    @Pool("orders")
    Connection connection;

    @Inject Gate gate;

    @Inject Farewell.Outcomes outcomes;

    @GET
    public String outcome(@PathParam("id") String id) {
        return outcomes.of(id);
    }

    @GET
    @Path("bean-first")
    public String beanFirst(@PathParam("id") String id) throws SQLException {
        farewell.announce(id);
        return Sql.backendPid(connection);
    }

    @GET
    @Path("connection-first")
    public String connectionFirst(@PathParam("id") String id) throws SQLException {
        String pid = Sql.backendPid(connection);
        farewell.announce(id);
        return pid;
    }

    @GET
    @Path("bean-only")
    public String beanOnly(@PathParam("id") String id) {
        farewell.announce(id);
        return "done";
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response, @PathParam("id") String id)
            throws SQLException {
        String pid = connectionFirst(id);
        gate.pass(null, () -> response.resume(pid));
    }
}
