package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Lets MicroProfile Fault Tolerance work. */
@Path("fault-tolerant-calls")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class FaultTolerantCallsResource {

    @Inject FaultTolerantCalls calls;

    @GET
    public String later(@QueryParam("via") Via via, @QueryParam("id") String id) throws Exception {
        Call call = Call.of(via, id);
        calls.later(call);
        return call.await();
    }
}
