package org.cabstand.examples.quickstart;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Sends many requests at once to {@link RideResource} and reports how they went.
 *
 * <p>It sends them instead of the page, because a browser opens at most six connections to a host:
 * the requests would queue in the browser, not at the stand.
 *
 * <p>Thread safety: safe for concurrent use.
 */
@Path("burst")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class BurstResource {

    static final int REQUESTS = 60;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long one request took, and whether it was answered. */
    private record Outcome(boolean answered, Duration took) {}

    @POST
    public CompletionStage<JsonObject> burst(@Context HttpServletRequest request)
            throws URISyntaxException {
        HttpRequest ride = HttpRequest.newBuilder(rideOf(request)).timeout(PATIENCE).build();
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(PATIENCE)
                        .build();
        long start = System.nanoTime();
        List<CompletableFuture<Outcome>> rides =
                Stream.generate(() -> send(client, ride)).limit(REQUESTS).toList();
        return CompletableFuture.allOf(rides.toArray(CompletableFuture[]::new))
                .thenApply(
                        all ->
                                summary(
                                        rides.stream().map(CompletableFuture::join).toList(),
                                        since(start)));
    }

    /** The address that this request came to; its Host header could name any other server. */
    private static URI rideOf(HttpServletRequest request) throws URISyntaxException {
        return new URI(
                request.getScheme(),
                null,
                request.getLocalAddr(),
                request.getLocalPort(),
                request.getContextPath() + "/api/ride",
                null,
                null);
    }

    private static CompletableFuture<Outcome> send(HttpClient client, HttpRequest ride) {
        long start = System.nanoTime();
        return client.sendAsync(ride, BodyHandlers.discarding())
                .handle(
                        (response, failure) ->
                                new Outcome(
                                        failure == null && response.statusCode() == 200,
                                        since(start)));
    }

    private static JsonObject summary(List<Outcome> outcomes, Duration total) {
        Duration slowest =
                outcomes.stream().map(Outcome::took).max(Duration::compareTo).orElse(Duration.ZERO);
        return Json.createObjectBuilder()
                .add("requests", outcomes.size())
                .add("answered", outcomes.stream().filter(Outcome::answered).count())
                .add("slowestMillis", slowest.toMillis())
                .add("totalMillis", total.toMillis())
                .build();
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
