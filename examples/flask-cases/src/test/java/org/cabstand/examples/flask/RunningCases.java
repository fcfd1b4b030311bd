package org.cabstand.examples.flask;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.StringReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The application on Payara Micro with its databases: one for all tests, and the one that {@code mvn
 * -Pflask-cases} runs. It ends with the JVM.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class RunningCases {

    /** Shorter than anyone wants it, for tests that wait for what it does. */
    private static final Map<String, String> SHORT_LIFE =
            Map.of("CABSTAND_POOL_RECYCLE_MAX_LIFETIME", "1s");

    private static final Path LOG = Path.of("target", "flask-cases.log");

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** Made by the first test that asks for it. */
    private static final class Shared {

        private static final RunningCases CASES = start();

        private static RunningCases start() {
            try {
                return new RunningCases(
                        Path.of(""), freePort(), SHORT_LIFE, Redirect.to(LOG.toFile()));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final Databases databases;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process server;

    private RunningCases(Path module, int port, Map<String, String> environment, Redirect log)
            throws IOException, InterruptedException {
        this.port = port;
        this.databases = Databases.start(module.resolve("target/mariadb").toAbsolutePath());
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        module.resolve("target/payara-micro.jar").toString(),
                        "--port",
                        Integer.toString(port),
                        "--deploy",
                        module.resolve("target/flask-cases.war").toString(),
                        "--contextroot",
                        "/",
                        "--nocluster",
                        "--nohazelcast",
                        "--disablephonehome");
        builder.environment().putAll(databases.environment());
        builder.environment().putAll(environment);
        server = builder.redirectErrorStream(true).redirectOutput(log).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy, "stop-server"));
        awaitApplication();
    }

    static RunningCases shared() {
        return Shared.CASES;
    }

    /**
     * Runs the cases until Ctrl-C.
     *
     * @param args the module's directory and the HTTP port
     */
    public static void main(String... args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[1]);
        if (!isFree(port)) {
            throw new IOException(
                    "Port " + port + " is in use. Choose another: -Dflask-cases.port=9090");
        }
        System.out.printf("%nStarting PostgreSQL, MariaDB and Payara Micro ...%n");
        RunningCases cases = new RunningCases(Path.of(args[0]), port, Map.of(), Redirect.INHERIT);
        System.out.printf(
                "%n  Flask's cases are open on http://localhost:%d/api/, e.g.%n%n"
                        + "    curl -X POST localhost:%1$d/api/psycopg2/users/ada%n"
                        + "    curl localhost:%1$d/api/pools/psycopg2%n%n"
                        + "  Ctrl-C ends them.%n%n",
                port);
        cases.server.waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitApplication() throws InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isThere()) {
            if (server.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > limit) {
                server.destroy();
                throw new IllegalStateException("the application did not start; see its log");
            }
        }
    }

    private boolean isThere() {
        try {
            return get("pools/psycopg2").statusCode() == 200;
        } catch (CompletionException e) {
            return false; // nobody listens there so far
        }
    }

    Databases databases() {
        return databases;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path).join();
    }

    HttpResponse<String> post(String path) {
        return send("POST", path).join();
    }

    CompletableFuture<HttpResponse<String>> send(String method, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/" + path))
                        .method(method, BodyPublishers.noBody())
                        .timeout(ANSWER_LIMIT)
                        .build(),
                BodyHandlers.ofString(UTF_8));
    }

    /** The text of an answer that must be good. */
    String text(String method, String path) {
        HttpResponse<String> response = send(method, path).join();
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    JsonStructure json(String method, String path) {
        try (JsonReader reader = Json.createReader(new StringReader(text(method, path)))) {
            return reader.read();
        }
    }

    /** A pool's counts, from {@link PoolStatus}. */
    JsonObject pool(String name) {
        return json("GET", "pools/" + name).asJsonObject();
    }

    int checkedOut(String pool) {
        return pool(pool).getInt("checkedOut");
    }
}
