package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Lets the EJB container work. */
@Path("ejb-calls")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class EjbCallsResource {

    @Inject EjbCalls calls;

    @GET
    @Path("asynchronous")
    public String asynchronous(@QueryParam("via") Via via, @QueryParam("id") String id)
            throws Exception {
        Call call = Call.of(via, id);
        calls.later(call);
        return call.await();
    }

    @GET
    @Path("timer")
    public String timer(@QueryParam("via") Via via, @QueryParam("id") String id) throws Exception {
        Call call = Call.of(via, id);
        calls.onTime(call);
        return call.await();
    }
}
