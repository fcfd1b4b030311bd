package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cabstand.it.app.CompletingServlet;
import org.cabstand.it.app.DispatchingServlet;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.RequestMark;
import org.cabstand.it.app.Via;
import org.cabstand.it.app.Work;
import org.cabstand.it.app.WorkResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * Guards that nothing is lost over many requests at once: a connection that one kind of request keeps
 * once in a thousand times empties a pool in the end.
 */
@ArquillianTest
class LeakIT {

    private static final int REQUESTS = 1_000;
    private static final int CLIENTS = 8;
    private static final int MAX_SIZE = 2;

    private static final Database DATABASE =
            Database.create("leaks").execute("create table work (id text)");

    private final WarClient app = WarClient.of("leaks");

    /** A kind of request, and how it is answered. */
    private record Kind(String path, int status) {
        boolean isPossible() {
            return !path.equals("dispatching") || Server.can("return.own-request-in-dispatch");
        }
    }

    private static final List<Kind> KINDS =
            Stream.of(
                            new Kind("api/work/plain", 200),
                            new Kind("api/work/commit", 200),
                            new Kind("api/work/throwing", 500),
                            new Kind("api/work/streaming", 200),
                            new Kind("api/work/suspended", 200),
                            new Kind("api/work/stage", 200),
                            new Kind("completing", 200),
                            new Kind("dispatching", 200))
                    .filter(Kind::isPossible)
                    .toList();

    @Deployment(testable = false)
    static WebArchive war() {
        return TestWar.named("leaks")
                .with(Via.class, Work.class, WorkResource.class)
                .with(CompletingServlet.class, DispatchingServlet.class, RequestMark.class)
                .with(Gate.class, GateResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", Integer.toString(MAX_SIZE))
                .pool("orders", "acquisition-timeout", "30s")
                .pool("manual", "url", DATABASE.url())
                .pool("manual", "active", "false")
                .build();
    }

    @Test
    void thousandRequestsOfAllKindsLeaveNothingBehind() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int number = i;
                answers.add(clients.submit(() -> request(number)));
            }
            for (Future<?> answer : answers) {
                answer.get(3, TimeUnit.MINUTES);
                assertThat(DATABASE.sessions()).isLessThanOrEqualTo(MAX_SIZE);
            }
        } finally {
            clients.shutdownNow();
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(app.pool("orders").active()).isZero());
        PoolState pool = app.pool("orders");
        assertThat(pool.acquired()).isGreaterThanOrEqualTo(REQUESTS);
        assertThat(pool.idle()).isBetween(1, MAX_SIZE);
        assertThat(DATABASE.openTransactions()).isZero();
        assertThat(DATABASE.sessions()).isLessThanOrEqualTo(MAX_SIZE);
    }

    private void request(int number) {
        Via via = number % 2 == 0 ? Via.CONNECTION : Via.DATA_SOURCE;
        String query = "?via=" + via + "&id=" + number;
        if (number % 50 == 0) {
            app.hangUp("api/work/endless" + query, () -> {});
            return;
        }
        // the next kind only after both ways of the one before
        Kind kind = KINDS.get(number / 2 % KINDS.size());
        assertThat(app.get(kind.path() + query).statusCode())
                .as(kind.path())
                .isEqualTo(kind.status());
    }
}
