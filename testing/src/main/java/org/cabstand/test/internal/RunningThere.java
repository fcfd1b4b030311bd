package org.cabstand.test.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A test of an application on a server, where {@link ControlServlet} represents it.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class RunningThere implements Running {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** How long requests may take to end after their answer has arrived. */
    private static final Duration UNTIL_REQUESTS_END = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI application;
    private final String id;

    /** Written once, by the test's thread. */
    private volatile boolean ended;

    RunningThere(URI application, String name) {
        String address = application.toString();
        this.application =
                URI.create(
                        (address.endsWith("/")
                                        ? address.substring(0, address.length() - 1)
                                        : address)
                                + ControlServlet.PATH
                                + "/");
        List<String> answer = ask("begin", name);
        if (answer.size() != 1) {
            throw failed("it answers something else");
        }
        this.id = answer.get(0);
        beat();
    }

    /** Sends the application signs of life until the end of the test. */
    private void beat() {
        CompletableFuture.delayedExecutor(RemoteTests.HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            if (!ended) {
                                // the next request reports the failure
                                client.sendAsync(request("alive", id), BodyHandlers.discarding());
                                beat();
                            }
                        });
    }

    private HttpRequest request(String what, String test) {
        return HttpRequest.newBuilder(
                        application.resolve(
                                what + "?test=" + URLEncoder.encode(test, StandardCharsets.UTF_8)))
                .timeout(LONGEST)
                .POST(BodyPublishers.noBody())
                .build();
    }

    private List<String> ask(String what) {
        return ask(what, id);
    }

    private List<String> ask(String what, String test) {
        try {
            HttpResponse<String> response =
                    client.send(request(what, test), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                boolean isOurs = response.body().startsWith("CAB");
                throw failed(
                        "it answers "
                                + response.statusCode()
                                + (isOurs ? ": " + decoded(response.body()) : ""));
            }
            return response.body()
                    .lines()
                    .filter(line -> !line.isEmpty())
                    .map(RunningThere::decoded)
                    .toList();
        } catch (IOException e) {
            throw failed(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
    }

    private static String decoded(String line) {
        return URLDecoder.decode(line.strip(), StandardCharsets.UTF_8);
    }

    private IllegalStateException failed(String reason) {
        return new IllegalStateException(Message.REMOTE_FAILED.format(application, reason));
    }

    @Override
    public List<String> statements() {
        return ask("statements");
    }

    @Override
    public List<String> holders() {
        long deadline = System.nanoTime() + UNTIL_REQUESTS_END.toNanos();
        List<String> holders = ask("holders");
        while (!holders.isEmpty() && System.nanoTime() - deadline < 0) {
            holders = ask("holders");
        }
        return holders;
    }

    @Override
    public List<String> leftOpen() {
        return ask("left-open");
    }

    @Override
    public List<String> warnings() {
        return ask("warnings");
    }

    @Override
    public List<String> end() {
        ended = true;
        return ask("end");
    }
}
