package org.cabstand.it.app;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.Asynchronous;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lets threads of the server work. */
@Path("later")
@RequestScoped
@Produces(MediaType.TEXT_PLAIN)
public class LaterResource {

    @Resource private ManagedExecutorService executor;

    @Resource private ManagedScheduledExecutorService scheduler;

    @Resource private ContextService contexts;

    @Inject Work work;

    @Inject Colleague colleague;

    /** Works on a thread of the server. */
    @ApplicationScoped
    public static class Colleague {

        @Inject Work work;

        @Asynchronous
        public CompletableFuture<String> later(Call call) {
            call.run(work);
            return call.answer();
        }
    }

    @GET
    @Path("{who}")
    public String later(
            @PathParam("who") String who, @QueryParam("via") Via via, @QueryParam("id") String id)
            throws Exception {
        Call call = Call.of(via, id);
        switch (who) {
            case "executor" -> executor.execute(() -> call.run(work));
            case "completion" -> executor.runAsync(() -> call.run(work));
            case "scheduler" -> scheduler.schedule(() -> call.run(work), 1, TimeUnit.MILLISECONDS);
            case "context" -> new Thread(contexts.contextualRunnable(() -> call.run(work))).start();
            case "asynchronous" -> colleague.later(call);
            default -> throw new IllegalArgumentException(who);
        }
        return call.await();
    }
}
