package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.CompletingServlet;
import org.cabstand.it.app.DispatchingServlet;
import org.cabstand.it.app.Farewell;
import org.cabstand.it.app.FarewellResource;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.RequestMark;
import org.cabstand.it.app.Via;
import org.cabstand.it.app.Work;
import org.cabstand.it.app.WorkResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guards the promise that a request's connection goes back at the request's end, whatever the request is
 * and however it ends, and that what the request did not commit is rolled back.
 *
 * <p>Both pools have one connection: one that does not come back fails the next request, and a
 * transaction that stays open falls into the hands of the next borrower.
 */
@Tag("core")
@ArquillianTest
class ReturnIT {

    private static final Database DATABASE =
            Database.create("returns").execute("create table work (id text)");

    private final WarClient app = WarClient.of("returns");

    private final String id = UUID.randomUUID().toString();

    @Deployment(testable = false)
    static WebArchive war() {
        TestWar war =
                TestWar.named("returns")
                        .with(Via.class, Work.class, WorkResource.class)
                        .with(CompletingServlet.class, DispatchingServlet.class, RequestMark.class)
                        .with(Farewell.class, FarewellResource.class)
                        .with(Gate.class, GateResource.class)
                        .pool("manual", "auto-commit", "false");
        for (String pool : new String[] {"orders", "manual"}) {
            war.pool(pool, "url", DATABASE.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", "1")
                    .pool(pool, "acquisition-timeout", "5s");
        }
        return war.build();
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsAfterSuccess(Via via) {
        PoolState before = app.pool(via.pool());

        assertThat(app.text(request("api/work/plain", via))).isEqualTo("done");

        assertBack(via, before);
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsWhenTheResourceThrows(Via via) {
        PoolState before = app.pool(via.pool());

        assertThat(app.get(request("api/work/throwing", via)).statusCode()).isEqualTo(500);

        assertBack(via, before);
    }

    @ParameterizedTest
    @EnumSource
    void connectionWorksWhileTheResponseIsStreamedAndReturnsThen(Via via) {
        PoolState before = app.pool(via.pool());

        assertThat(app.text(request("api/work/streaming", via)).lines()).hasSize(1_000);

        assertBack(via, before);
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsWhenTheClientHangsUp(Via via) {
        PoolState before = app.pool(via.pool());

        app.hangUp(
                request("api/work/endless", via),
                () -> assertThat(app.pool(via.pool()).active()).isOne());

        assertBack(via, before);
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsBeforeASuspendedRequestIsResumed(Via via) {
        assertBackWhileTheRequestWaits("api/work/suspended", via, "done");
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsBeforeACompletionStageCompletes(Via via) {
        assertBackWhileTheRequestWaits("api/work/stage", via, "done");
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsBeforeAnAsynchronousServletCompletes(Via via) {
        assertBackWhileTheRequestWaits("completing", via, "done");
    }

    @ParameterizedTest
    @EnumSource
    void connectionReturnsBeforeAnAsynchronousServletIsDispatchedAndWorksInTheSecondPass(Via via) {
        boolean isOfRequest = via == Via.CONNECTION || via == Via.MANUAL_CONNECTION;
        CompletableFuture<HttpResponse<String>> response =
                assertBackWhileTheRequestWaits("dispatching", via);
        if (isOfRequest && !Server.can("return.own-request-in-dispatch")) {
            assertThat(response).succeedsWithin(Duration.ofSeconds(20)); // with whatever
        } else {
            assertAnswer(
                    response,
                    isOfRequest && !Server.can("return.request-in-dispatch")
                            ? "no request"
                            : "first pass left 0");
        }
        assertBack(via);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bean-first", "connection-first", "bean-only"})
    void connectionWorksInPreDestroyAndReturns(String order) {
        PoolState before = app.pool("orders");

        app.text("api/farewell/" + id + "/" + order);

        await().untilAsserted(() -> assertThat(app.text("api/farewell/" + id)).isEqualTo("worked"));
        assertBack(Via.CONNECTION, before);
    }

    /** Whether the bean is destroyed at all is the server's business: some never do it for such requests. */
    @Test
    void connectionReturnsWhenABeanOfASuspendedRequestUsesItInPreDestroy() {
        PoolState before = app.pool("orders");

        app.text("api/farewell/" + id + "/suspended");

        assertBack(Via.CONNECTION, before);
        assertThat(app.text("api/farewell/" + id)).isIn("worked", "not destroyed");
    }

    private void assertBackWhileTheRequestWaits(String path, Via via, String answer) {
        assertAnswer(assertBackWhileTheRequestWaits(path, via), answer);
        assertBack(via);
    }

    private CompletableFuture<HttpResponse<String>> assertBackWhileTheRequestWaits(
            String path, Via via) {
        PoolState before = app.pool(via.pool());
        CompletableFuture<HttpResponse<String>> response =
                app.send(request(path, via) + "&gate=" + id);
        await().until(() -> response.isDone() || app.text("api/gate/" + id).equals("true"));
        assertThat(response).isNotDone();

        assertBack(via, before);

        assertThat(response).isNotDone();
        app.text("api/gate/" + id + "/open");
        return response;
    }

    private static void assertAnswer(
            CompletableFuture<HttpResponse<String>> response, String answer) {
        assertThat(response)
                .succeedsWithin(Duration.ofSeconds(20))
                .extracting(HttpResponse::statusCode, HttpResponse::body)
                .containsExactly(200, answer);
    }

    /** The connection was handed out at all, is back, and brings nothing along. */
    private void assertBack(Via via, PoolState before) {
        assertThat(app.pool(via.pool()).acquired()).isGreaterThan(before.acquired());
        assertBack(via);
    }

    private void assertBack(Via via) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> {
                            assertThat(app.pool(via.pool()).active()).isZero();
                            assertThat(DATABASE.openTransactions()).isZero();
                        });
        assertThat(DATABASE.sessions()).isLessThanOrEqualTo(2);

        String next = UUID.randomUUID().toString();
        assertThat(app.text("api/work/commit?via=" + via + "&id=" + next)).isEqualTo("done");
        assertThat(DATABASE.committed(next)).isOne();
        assertThat(DATABASE.committed(id)).isZero();
    }

    private String request(String path, Via via) {
        return path + "?via=" + via + "&id=" + id;
    }
}
