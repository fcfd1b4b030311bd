package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.SleepResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what docs/kubernetes.md says about the end of a pod: starts the server as a container does, and sends it
 * SIGTERM while a request is at work.
 */
class SigtermIT {

    private static final Database DATABASE = Database.create("sigterm");

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration OF_REQUEST = Duration.ofSeconds(6);

    /** With the server's and the pools' own time; far less than Kubernetes would wait in the docs. */
    private static final Duration TO_STOP = Duration.ofSeconds(40);

    private final WarClient app = WarClient.of("leaving");
    private ScriptedServer server;

    @AfterEach
    void cleanUp() throws IOException {
        if (server != null) {
            server.close();
        }
        ScriptedServer.undeploy("leaving.war");
    }

    @Test
    void aRequestInFlightFinishesWhileReadinessIsDownAlready() throws Exception {
        start();
        CompletableFuture<HttpResponse<String>> request =
                app.send("api/sleep/" + OF_REQUEST.toSeconds());
        await().untilAsserted(() -> assertThat(DATABASE.sleeping()).isOne());

        server.terminate();

        if (Server.can("sigterm.requests-finish")) {
            await().atMost(OF_REQUEST).until(() -> !isReady());
            assertThat(request).as("readiness is down first").isNotDone();
            assertThat(request)
                    .succeedsWithin(OF_REQUEST.multipliedBy(2))
                    .satisfies(answer -> assertThat(answer.body()).isEqualTo("slept"));
        } else {
            assertThat(request.handle((answer, failure) -> answer != null && isGood(answer)))
                    .succeedsWithin(OF_REQUEST.multipliedBy(2))
                    .isEqualTo(false);
        }
        assertThat(server.hasEndedWithin(TO_STOP)).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(DATABASE.sessions()).isZero());
    }

    private static boolean isGood(HttpResponse<String> answer) {
        return answer.statusCode() == 200;
    }

    private static boolean isReady() {
        try {
            return Readiness.ask("leaving").httpStatus() == 200;
        } catch (UncheckedIOException e) {
            return false; // it no longer listens
        }
    }

    private void start() throws IOException {
        ScriptedServer.deploy(
                TestWar.named("leaving")
                        .with(SleepResource.class)
                        .pool("orders", "url", DATABASE.url())
                        .pool("orders", "username", "postgres")
                        .build());
        server = ScriptedServer.start("sigterm");
        await().atMost(TO_START)
                .ignoreExceptions()
                .until(() -> app.get("api/pool/orders").statusCode() == 200 && isReady());
    }
}
