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

/**
 * A test of an application on a server, which {@link ControlServlet} answers for.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class RunningThere implements Running {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** An answer is there before its request has ended. */
    private static final Duration UNTIL_REQUESTS_END = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI application;

    RunningThere(URI application, String name) {
        String address = application.toString();
        this.application =
                URI.create(
                        (address.endsWith("/")
                                        ? address.substring(0, address.length() - 1)
                                        : address)
                                + ControlServlet.PATH
                                + "/");
        ask("begin?test=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    private List<String> ask(String what) {
        HttpRequest request =
                HttpRequest.newBuilder(application.resolve(what))
                        .timeout(LONGEST)
                        .POST(BodyPublishers.noBody())
                        .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                String said = response.body().startsWith("CAB") ? decoded(response.body()) : "";
                throw failed("it answers " + response.statusCode() + " " + said);
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
    public List<String> warnings() {
        return ask("warnings");
    }

    @Override
    public List<String> end() {
        return ask("end");
    }
}
