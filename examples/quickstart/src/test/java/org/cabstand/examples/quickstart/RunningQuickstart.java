package org.cabstand.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.cabstand.examples.quickstart.launch.Quickstart;

/**
 * The quickstart as a user runs it: the launcher in a process of its own, with Payara Micro below
 * it. The launcher ends with the JVM that started it, so a test run that is killed leaves no server.
 *
 * <p>Thread safety: safe for concurrent use until closed.
 */
final class RunningQuickstart implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final int port;
    private final Path log;
    private final Process launcher;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningQuickstart(int port, String logName, Map<String, String> environment)
            throws IOException {
        this.port = port;
        this.log = Path.of("target", logName + ".log");
        this.launcher = launch(port, log, environment);
    }

    /** Starts it on a free port and returns when it says that it is open. */
    static RunningQuickstart start(String logName, Map<String, String> environment)
            throws IOException {
        RunningQuickstart quickstart = new RunningQuickstart(freePort(), logName, environment);
        try {
            quickstart.awaitGreeting();
            return quickstart;
        } catch (Throwable failure) {
            quickstart.close();
            throw failure;
        }
    }

    /** Only starts the process; it may well end at once. */
    static Process launch(int port, Path log, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/classes",
                        Quickstart.class.getName(),
                        Integer.toString(port));
        builder.environment().keySet().removeIf(name -> name.startsWith("CABSTAND_"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private void awaitGreeting() {
        await().atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> output().contains("Ctrl-C ends it") || !launcher.isAlive());
        assertThat(output()).contains("http://localhost:" + port + "/");
    }

    /** All that stood on the console so far. */
    String output() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a browser finds it. */
    String address(String path) {
        return "http://localhost:" + port + path;
    }

    HttpResponse<String> get(String path) {
        return getAsync(path).join();
    }

    HttpResponse<String> getJson(String path) {
        return send(request(path).header("Accept", "application/json")).join();
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)))
                .join();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address(path)));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(
                request.timeout(ANSWER_LIMIT).build(), BodyHandlers.ofString(UTF_8));
    }

    static JsonStructure json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.read();
        }
    }

    /** Stops the launcher as Ctrl-C does and checks that the server went with it. */
    @Override
    public void close() {
        List<ProcessHandle> servers = launcher.descendants().toList();
        try {
            launcher.destroy();
            await("end of the launcher")
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> !launcher.isAlive());
            assertThat(servers).as("servers left behind").noneMatch(ProcessHandle::isAlive);
        } finally {
            launcher.destroyForcibly();
            servers.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
