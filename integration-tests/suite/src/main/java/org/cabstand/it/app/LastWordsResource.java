package org.cabstand.it.app;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Requests of every kind that JAX-RS has, with {@link LastWords}. */
@Path("last-words")
@RequestScoped
public class LastWordsResource {

    @Inject LastWordsSpeaker speaker;

    @Inject LastWords.Outcomes outcomes;

    @Inject Gate gate;

    @Inject Workers workers;

    @GET
    @Path("outcome")
    public String outcome(@QueryParam("id") String id) {
        return String.join("\n", outcomes.of(id));
    }

    @GET
    @Path("plain")
    public String plain(@QueryParam("id") String id) throws SQLException {
        speaker.speak(id);
        return "done";
    }

    @GET
    @Path("throwing")
    public String throwing(@QueryParam("id") String id) throws SQLException {
        speaker.speak(id);
        throw new IllegalStateException("thrown by the application on purpose");
    }

    @GET
    @Path("streaming")
    public StreamingOutput streaming(@QueryParam("id") String id) throws SQLException {
        speaker.speak(id);
        return out -> out.write("done".getBytes(StandardCharsets.US_ASCII));
    }

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response, @QueryParam("id") String id)
            throws SQLException {
        speaker.speak(id);
        gate.pass(null, () -> response.resume("done"));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage(@QueryParam("id") String id) throws SQLException {
        speaker.speak(id);
        CompletableFuture<String> response = new CompletableFuture<>();
        gate.pass(null, () -> response.complete("done"));
        return response;
    }

    @GET
    @Path("activated")
    public String activated(@QueryParam("id") String id) throws Exception {
        return onThreadWithoutRequest(
                () -> {
                    speaker.speakInContextOfItsOwn(id);
                    return "done";
                });
    }

    @GET
    @Path("controlled")
    public String controlled(@QueryParam("id") String id) throws Exception {
        return onThreadWithoutRequest(
                () -> {
                    speaker.speakInControlledContext(id);
                    return "done";
                });
    }

    private String onThreadWithoutRequest(Callable<String> work)
            throws ExecutionException, InterruptedException {
        FutureTask<String> task = new FutureTask<>(work);
        workers.execute(task);
        return task.get();
    }
}
