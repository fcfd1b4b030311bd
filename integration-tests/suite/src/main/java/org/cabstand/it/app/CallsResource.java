package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

/** Lets others work than the request, or the request by server-sent events. */
@Path("calls")
@RequestScoped
public class CallsResource {

    @Inject Event<Call> calls;

    @Inject Work work;

    @Inject Gate gate;

    @GET
    @Path("observer")
    @Produces(MediaType.TEXT_PLAIN)
    public String observer(@QueryParam("via") Via via, @QueryParam("id") String id)
            throws Exception {
        Call call = Call.of(via, id);
        calls.fireAsync(call);
        return call.await();
    }

    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(
            @QueryParam("via") Via via,
            @QueryParam("id") String id,
            @QueryParam("gate") String key,
            @Context SseEventSink sink,
            @Context Sse sse)
            throws Exception {
        work.leaveUnfinished(via, id);
        gate.pass(
                key,
                () -> {
                    sink.send(sse.newEvent("done"));
                    sink.close();
                });
    }
}
