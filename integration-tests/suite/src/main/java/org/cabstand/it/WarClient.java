package org.cabstand.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Calls a deployed application.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class WarClient {

    /** A server that answers nothing must fail its test, not hold up the build. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    private final URI base;

    private WarClient(URI base) {
        this.base = base;
    }

    /**
     * A client for one application.
     *
     * @param war the application's name
     * @return the client
     */
    public static WarClient of(String war) {
        return of(war, System.getProperty("it.http"));
    }

    /**
     * A client for one application on another server than the one that all scenarios share.
     *
     * @param war the application's name
     * @param server where the server listens
     * @return the client
     */
    public static WarClient of(String war, String server) {
        return new WarClient(URI.create(server + "/" + war + "/"));
    }

    /**
     * Calls, and waits for the answer.
     *
     * @param path below the application's context path, with no slash in front
     * @return the answer, whatever its status
     */
    public HttpResponse<String> get(String path) {
        try {
            return http.send(request(path), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }

    /**
     * Calls, and does not wait.
     *
     * @param path below the application's context path, with no slash in front
     * @return the answer to come
     */
    public CompletableFuture<HttpResponse<String>> send(String path) {
        return http.sendAsync(request(path), BodyHandlers.ofString());
    }

    /**
     * Calls, and waits for an answer that must be good.
     *
     * @param path below the application's context path, with no slash in front
     * @return the answer's text
     */
    public String text(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /**
     * Asks how a pool is.
     *
     * @param name the pool's name
     * @return its state now
     */
    public PoolState pool(String name) {
        return PoolState.parse(text("api/pool/" + name));
    }

    /**
     * Calls, reads the beginning of the answer, does something, and is gone: the rest of the answer meets
     * a connection that was reset.
     *
     * @param path below the application's context path, with no slash in front
     * @param beforeHangUp what to do while the answer still comes
     */
    public void hangUp(String path, Runnable beforeHangUp) {
        URI uri = base.resolve(path);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            // closing then resets the connection instead of taking leave
            socket.setSoLinger(true, 0);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String request =
                    "GET "
                            + uri.getRawPath()
                            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                            + " HTTP/1.1\r\nHost: "
                            + uri.getAuthority()
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(12), StandardCharsets.US_ASCII);
            if (!status.equals("HTTP/1.1 200")) {
                throw new AssertionError(path + " answered " + status);
            }
            answer.readNBytes(4096);
            beforeHangUp.run();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).build();
    }
}
