package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.InTransactionResource;
import org.cabstand.it.app.PoolResource;
import org.cabstand.it.app.Sql;
import org.cabstand.it.app.Transactions;
import org.cabstand.it.app.Via;
import org.cabstand.it.app.Work;
import org.cabstand.it.app.WorkResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ExplodedExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Guards that connections are injected, returned and closed in an application that has a main class, and
 * no server around it: Helidon MP.
 */
class HelidonIT {

    private static final int REQUESTS = 200;
    private static final int MAX_SIZE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Database DATABASE =
            Database.create("helidon").execute("create table work (id text)");

    /** Written before each test that finds none. */
    private static ScriptedServer server;

    private final WarClient app = WarClient.of("helidon");
    private final String id = UUID.randomUUID().toString();

    /** The class path: a WAR, unpacked. */
    @BeforeAll
    static void unpackApplication() throws IOException {
        TestWar application =
                TestWar.withoutCabstand("helidon")
                        .with(Via.class, Work.class, WorkResource.class, PoolResource.class)
                        .with(Sql.class, Gate.class, GateResource.class)
                        .with(InTransactionResource.class)
                        .with(Transactions.class, Transactions.Step.class)
                        .config("server.host", "127.0.0.1")
                        .config("server.port", "8080")
                        .config(
                                "org.cabstand.it.app.RestApplication.routing-path.path",
                                "/helidon/api");
        for (String pool : new String[] {"orders", "manual"}) {
            application
                    .pool(pool, "url", DATABASE.url())
                    .pool(pool, "username", "postgres")
                    .pool(pool, "max-size", Integer.toString(MAX_SIZE));
        }
        WebArchive archive =
                application
                        .pool("manual", "auto-commit", "false")
                        .build()
                        .addAsResource(
                                new StringAsset(
                                        "<beans xmlns='https://jakarta.ee/xml/ns/jakartaee'"
                                                + " bean-discovery-mode='all'/>"),
                                "META-INF/beans.xml");
        File folder = new File(System.getProperty("it.application"));
        Files.createDirectories(folder.toPath());
        archive.as(ExplodedExporter.class).exportExploded(folder);
    }

    @BeforeEach
    void start() throws IOException {
        if (server != null && server.isAlive()) {
            return;
        }
        server = ScriptedServer.start("server");
        Path log = server.log();
        await().atMost(PATIENCE)
                .until(
                        () ->
                                !server.isAlive()
                                        || Files.readString(log).contains("Server started on"));
        assertThat(server.isAlive()).as("see " + log).isTrue();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void committedWorkIsThere(Via via) {
        assertThat(app.text("api/work/commit?via=" + via + "&id=" + id)).isEqualTo("done");
        assertThat(DATABASE.committed(id)).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "plain, 200, CONNECTION",
        "plain, 200, DATA_SOURCE",
        "plain, 200, MANUAL_CONNECTION",
        "throwing, 500, CONNECTION",
        "throwing, 500, DATA_SOURCE",
        "streaming, 200, CONNECTION",
        "streaming, 200, DATA_SOURCE"
    })
    void connectionReturnsAtTheEndOfARequest(String kind, int status, Via via) {
        long acquired = app.pool(via.pool()).acquired();

        assertThat(app.get(request(kind, via)).statusCode()).isEqualTo(status);

        assertBack(via, acquired);
    }

    @ParameterizedTest
    @CsvSource({
        "suspended, CONNECTION",
        "suspended, DATA_SOURCE",
        "stage, CONNECTION",
        "stage, DATA_SOURCE"
    })
    void connectionReturnsWhileAnAsynchronousRequestWaits(String kind, Via via) {
        long acquired = app.pool(via.pool()).acquired();
        CompletableFuture<HttpResponse<String>> response =
                app.send(request(kind, via) + "&gate=" + id);
        await().until(() -> app.text("api/gate/" + id).equals("true"));

        assertBack(via, acquired);
        assertThat(response).isNotDone();

        app.text("api/gate/" + id + "/open");
        assertThat(response)
                .succeedsWithin(PATIENCE)
                .extracting(HttpResponse::body)
                .isEqualTo("done");
        assertBack(via, acquired);
    }

    @Test
    void connectionReturnsWhenTheClientHangsUp() {
        long acquired = app.pool("orders").acquired();

        app.hangUp(request("endless", Via.CONNECTION), () -> {});

        assertBack(Via.CONNECTION, acquired);
    }

    @Test
    void manyRequestsOfAllKindsLeaveNothingBehind() throws Exception {
        List<String> kinds =
                List.of("plain", "commit", "throwing", "streaming", "suspended", "stage");
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String kind = kinds.get(i % kinds.size());
                Via via = i / kinds.size() % 2 == 0 ? Via.CONNECTION : Via.DATA_SOURCE;
                answers.add(
                        clients.submit(
                                () ->
                                        assertThat(app.get(request(kind, via)).statusCode())
                                                .as(kind)
                                                .isEqualTo(kind.equals("throwing") ? 500 : 200)));
            }
            for (Future<?> answer : answers) {
                answer.get();
                assertThat(DATABASE.sessions()).isLessThanOrEqualTo(2 * MAX_SIZE);
            }
        } finally {
            clients.shutdownNow();
        }
        await().untilAsserted(() -> assertThat(app.pool("orders").active()).isZero());
        assertThat(DATABASE.openTransactions()).isZero();
    }

    @Test
    void connectionsTakePartInTransactions() {
        assertThat(app.text("api/in-transaction/committed?id=" + id)).isEqualTo("done");
        assertThat(app.text("api/in-transaction/thrown?id=" + id + "-thrown"))
                .isEqualTo("IllegalStateException");

        assertThat(DATABASE.committedWith(id)).containsExactly("-connection", "-data-source");
        assertThat(app.pool("orders").active()).isZero();
    }

    @Test
    void eachPoolHasAReadinessCheck() {
        await().untilAsserted(
                        () -> {
                            Readiness readiness = Readiness.ask("helidon");
                            assertThat(readiness.httpStatus()).isEqualTo(200);
                            assertThat(readiness.of("manual")).isPresent();
                            Readiness.Check check = readiness.of("orders").orElseThrow();
                            assertThat(check.status()).isEqualTo("UP");
                            assertThat(check.number("max")).isEqualTo(MAX_SIZE);
                        });
    }

    @Test
    void poolsAreClosedAtSigterm() throws Exception {
        app.text(request("commit", Via.CONNECTION));
        assertThat(DATABASE.sessions()).isPositive();

        server.terminate();

        assertThat(server.hasEndedWithin(PATIENCE)).isTrue();
        await().untilAsserted(() -> assertThat(DATABASE.sessions()).isZero());
        assertThat(Files.readString(server.log())).contains("CAB0251: pool 'orders' has ended");
    }

    private void assertBack(Via via, long acquiredBefore) {
        await().untilAsserted(
                        () -> {
                            assertThat(app.pool(via.pool()).active()).isZero();
                            assertThat(DATABASE.openTransactions()).isZero();
                        });
        assertThat(app.pool(via.pool()).acquired()).isGreaterThan(acquiredBefore);
        assertThat(DATABASE.committed(id)).isZero();
    }

    private String request(String kind, Via via) {
        return "api/work/" + kind + "?via=" + via + "&id=" + id;
    }
}
