package org.cabstand.examples.bank;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The application on Payara Micro with its database: one for all tests, and the one that {@code mvn -Pbank}
 * runs. It ends with the JVM.
 *
 * <p>Thread safety: safe for concurrent use.
 */
public final class RunningBank {

    private static final Path LOG = Path.of("target", "bank.log");

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    /** So that tests need not wait for minutes until the pool misses a session that nobody uses. */
    private static final Map<String, String> OFTEN_VALIDATED =
            Map.of("CABSTAND_POOL_BANK_VALIDATION_INTERVAL", "2s");

    /** Made by the first test that asks for it. */
    private static final class Shared {

        private static final RunningBank BANK = start();

        private static RunningBank start() {
            try {
                return new RunningBank(
                        Path.of(""), freePort(), Redirect.to(LOG.toFile()), OFTEN_VALIDATED);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An answer of the bank. */
    record Answer(int status, String body) {

        JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }
    }

    private final BankDatabase database;
    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process server;

    private RunningBank(Path module, int port, Redirect log, Map<String, String> settings)
            throws IOException, InterruptedException {
        this.port = port;
        database = BankDatabase.start(module.resolve("target/database"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        module.resolve("target/payara-micro.jar").toString(),
                        "--port",
                        Integer.toString(port),
                        "--deploy",
                        module.resolve("target/bank.war").toString(),
                        "--contextroot",
                        "/",
                        "--nocluster",
                        "--nohazelcast",
                        "--disablephonehome");
        builder.environment().putAll(database.environment());
        builder.environment().putAll(settings);
        server = builder.redirectErrorStream(true).redirectOutput(log).start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy, "stop-server"));
        awaitApplication();
    }

    static RunningBank shared() {
        return Shared.BANK;
    }

    /**
     * Runs the bank until Ctrl-C.
     *
     * @param args the module's directory and the HTTP port
     */
    public static void main(String... args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[1]);
        if (!isFree(port)) {
            throw new IOException("Port " + port + " is in use. Choose another: -Dbank.port=9090");
        }
        System.out.printf("%nStarting PostgreSQL and Payara Micro ...%n");
        RunningBank bank = new RunningBank(Path.of(args[0]), port, Redirect.INHERIT, Map.of());
        System.out.printf(
                "%n  The bank is open on http://localhost:%d/api/, e.g.%n%n"
                        + "    curl -d id=rent -d from=1 -d to=2 -d cents=500 localhost:%1$d/api/transfers%n"
                        + "    curl localhost:%1$d/api/books%n%n"
                        + "  Its database is %s, user postgres.%n"
                        + "  Ctrl-C ends both.%n%n",
                port, bank.database.url());
        bank.server.waitFor();
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

    private void awaitApplication() throws IOException, InterruptedException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isThere()) {
            if (server.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > limit) {
                server.destroy();
                throw new IOException("the application did not start; see its log");
            }
        }
    }

    private boolean isThere() throws InterruptedException {
        try {
            return books().status() == 200;
        } catch (IOException e) {
            return false; // nobody listens there so far
        }
    }

    BankDatabase database() {
        return database;
    }

    Answer books() throws IOException, InterruptedException {
        return get("api/books");
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer transfer(Transfer transfer, Mishap mishap) throws IOException, InterruptedException {
        return send(
                request("api/transfers")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(transfer, mishap))));
    }

    /** Sends a transfer, and hangs up without waiting for the answer. */
    void transferAndHangUp(Transfer transfer, long afterMillis)
            throws IOException, InterruptedException {
        String form = form(transfer, Mishap.NONE);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0); // not even a goodbye
            socket.getOutputStream()
                    .write(
                            ("POST /api/transfers HTTP/1.1\r\nHost: localhost\r\n"
                                            + "Content-Type: application/x-www-form-urlencoded\r\n"
                                            + "Content-Length: "
                                            + form.length()
                                            + "\r\n\r\n"
                                            + form)
                                    .getBytes(UTF_8));
            TimeUnit.MILLISECONDS.sleep(afterMillis);
        }
    }

    private static String form(Transfer transfer, Mishap mishap) {
        return "id=%s&from=%d&to=%d&cents=%d&mishap=%s"
                .formatted(
                        URLEncoder.encode(transfer.id(), UTF_8),
                        transfer.from(),
                        transfer.to(),
                        transfer.cents(),
                        mishap);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/" + path))
                .timeout(ANSWER_LIMIT);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString(UTF_8));
        return new Answer(response.statusCode(), response.body());
    }

    /** The pool's readiness. */
    JsonObject readiness() throws IOException, InterruptedException {
        return get("health/ready")
                .json()
                .getJsonArray("checks")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(check -> check.getString("name").equals("bank"))
                .findAny()
                .orElseThrow();
    }
}
