package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CyclicBarrier;

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

    /** Two at a time, each with a pool of its own. */
    @GET
    @Path("together")
    public String together(@QueryParam("id") String id) throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Call one = Call.of(Via.CONNECTION, id);
        Call other = Call.of(Via.MANUAL_CONNECTION, id);
        calls.together(one, both);
        calls.together(other, both);
        return one.await() + ", " + other.await();
    }
}
