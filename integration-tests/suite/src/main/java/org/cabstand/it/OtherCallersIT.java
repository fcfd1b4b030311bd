package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cabstand.it.app.CallObserver;
import org.cabstand.it.app.CallSocket;
import org.cabstand.it.app.CallsResource;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.Via;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Guards that connections return, and soon, when it is not a plain request that uses them. */
@ArquillianTest
class OtherCallersIT {

    private static final int MESSAGES = 10;

    private static final Callers CALLERS = new Callers("callers");

    private final WarClient app = CALLERS.app();

    private final String id = Callers.id();

    @Deployment(testable = false)
    static WebArchive war() {
        return CALLERS.war()
                .with(CallsResource.class, CallObserver.class, CallSocket.class)
                .with(Gate.class, GateResource.class)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsAfterAnAsynchronousObserver(Via via) {
        CALLERS.assertEachReturnsSoon("api/calls/observer", via);
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsBeforeServerSentEventsEnd(Via via) {
        CompletableFuture<HttpResponse<String>> events =
                app.send("api/calls/events?via=" + via + "&id=" + id + "&gate=" + id);
        await().until(() -> events.isDone() || app.text("api/gate/" + id).equals("true"));
        CALLERS.assertBack(via, id);
        assertThat(events).isNotDone();
        app.text("api/gate/" + id + "/open");
        assertThat(events)
                .succeedsWithin(Duration.ofSeconds(20))
                .extracting(HttpResponse::body)
                .asString()
                .contains("data: done");
        CALLERS.assertBack(via, id);
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsAfterEachMessageOfAWebSocket(Via via) throws Exception {
        Answers answers = new Answers();
        URI server = URI.create(System.getProperty("it.http").replace("http:", "ws:"));
        WebSocket socket =
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(server.resolve("/callers/socket"), answers)
                        .get(20, TimeUnit.SECONDS);
        for (int i = 0; i < MESSAGES; i++) {
            socket.sendText(via + " " + id, true).get(20, TimeUnit.SECONDS);
            assertThat(answers.next.poll(20, TimeUnit.SECONDS))
                    .isEqualTo(
                            Callers.isOfRequest(via) && !Server.can("callers.request-in-web-socket")
                                    ? "ContextNotActiveException"
                                    : "done");
        }
        CALLERS.assertBack(via, id);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(20, TimeUnit.SECONDS);
    }

    /** What a WebSocket answers. */
    private static final class Answers implements WebSocket.Listener {

        private final BlockingQueue<String> next = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            next.add(data.toString());
            socket.request(1);
            return null;
        }
    }
}
