package org.cabstand.examples.quickstart.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs Payara Micro with the WAR until it is stopped.
 *
 * <p>Payara alone would almost do. But if its port is taken, it writes stack traces and hangs; it
 * shows the page's address only somewhere in its log; and it says "ready" even if the deployment
 * has failed.
 */
public final class Quickstart {

    /** After this line Payara runs without the application. */
    private static final String DEPLOYMENT_FAILED = "Exception while loading the app";

    /** Payara sets the level of this logger itself, whatever the logging properties say. */
    private static final Pattern CHATTER =
            Pattern.compile("\\S+ INFO jakarta\\.enterprise\\.web .*");

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final int port;
    private final Process server;
    private volatile boolean stopping;
    private volatile boolean deploymentFailed;

    private Quickstart(int port) throws IOException {
        this.port = port;
        this.server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                // under which callers on this machine may see the console
                                "-Dmp.config.profile="
                                        + System.getProperty("mp.config.profile", "test"),
                                "-jar",
                                "target/payara-micro.jar",
                                "--port",
                                Integer.toString(port),
                                "--deploy",
                                "target/quickstart.war",
                                "--contextroot",
                                "/",
                                "--nocluster",
                                "--nohazelcast",
                                "--disablephonehome",
                                "--logproperties",
                                "src/server/logging.properties")
                        .redirectErrorStream(true)
                        .start();
        Thread output = new Thread(this::passOutputOn, "server-output");
        output.setDaemon(true);
        output.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-server"));
        // Ctrl-C reaches Maven and us alike, but a Maven that is killed leaves us behind
        ProcessHandle.current()
                .parent()
                .ifPresent(starter -> starter.onExit().thenRun(() -> System.exit(1)));
    }

    /**
     * Starts the server and returns when it has ended.
     *
     * @param args the HTTP port
     */
    public static void main(String... args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        if (!isFree(port)) {
            System.err.printf(
                    "%nPort %d is in use by another program.%n"
                            + "Stop that one, or choose another port: -Dquickstart.port=%d%n%n",
                    port, port + 1);
            System.exit(1);
        }
        System.out.printf("%nStarting Payara Micro with the guest book ...%n");
        Quickstart quickstart = new Quickstart(port);
        quickstart.awaitPage();
        quickstart.greet();
        System.exit(quickstart.server.waitFor());
    }

    private void passOutputOn() {
        try (BufferedReader lines = server.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!CHATTER.matcher(line).matches()) {
                    System.out.println(line);
                }
                deploymentFailed |= line.contains(DEPLOYMENT_FAILED);
            }
        } catch (IOException e) {
            if (!stopping) {
                System.err.println("The server's output is lost: " + e);
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port)) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private void awaitPage() throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest page =
                HttpRequest.newBuilder(URI.create(address("/")))
                        .timeout(Duration.ofSeconds(10))
                        .build();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!isServed(client, page)) {
            if (server.waitFor(200, TimeUnit.MILLISECONDS)) {
                giveUp("The server ended with exit code " + server.exitValue());
            }
            if (deploymentFailed) {
                giveUp("The application was not deployed");
            }
            if (System.nanoTime() > limit) {
                giveUp("The page is not there after " + START_LIMIT.toMinutes() + " minutes");
            }
        }
    }

    private static boolean isServed(HttpClient client, HttpRequest page)
            throws InterruptedException {
        try {
            return client.send(page, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void giveUp(String reason) {
        if (!stopping) {
            // first, so that nothing follows the message
            stop();
            System.err.printf("%n%s; the lines above show the reason.%n%n", reason);
        }
        System.exit(1);
    }

    private void greet() {
        System.out.printf(
                "%n"
                        + "  The guest book is open.%n"
                        + "%n"
                        + "    Page       %s%n"
                        + "    Console    %s%n"
                        + "    Readiness  %s%n"
                        + "%n"
                        + "  Ctrl-C ends it.%n"
                        + "%n",
                address("/"), address("/cabstand/"), address("/health/ready"));
    }

    private String address(String path) {
        return "http://localhost:" + port + path;
    }

    private void stop() {
        stopping = true;
        server.destroy();
        try {
            if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
        }
    }
}
