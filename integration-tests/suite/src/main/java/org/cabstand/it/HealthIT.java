package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.HoldResource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Guards the readiness checks: there is one for each pool, and it tells a pool that is full from a database
 * that is not there.
 */
@Tag("core")
@ArquillianTest
class HealthIT {

    private static final Database DATABASE = Database.create("health");

    /** Nobody listens there, until the test starts a database on it. */
    private static final int FREE_PORT = freePort();

    @ArquillianResource private Deployer deployer;

    private String deployed;

    @Deployment(name = "ready", managed = false, testable = false)
    static WebArchive ready() {
        return TestWar.named("ready")
                .with(HoldResource.class, Gate.class, GateResource.class)
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .pool("orders", "max-size", "1")
                // a check that waits for a connection is seen to wait
                .pool("orders", "acquisition-timeout", "60s")
                .build();
    }

    @Deployment(name = "unready", managed = false, testable = false)
    static WebArchive unready() {
        return TestWar.named("unready")
                .with(HoldResource.class, Gate.class, GateResource.class)
                .pool("far-away", "url", "jdbc:postgresql://127.0.0.1:" + FREE_PORT + "/postgres")
                .pool("far-away", "username", "postgres")
                .pool("far-away", "password", "not-to-be-shown")
                .build();
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy(deployed);
    }

    @Test
    void poolIsUpUnderItsNameAndTellsItsNumbers() {
        deploy("ready");
        await().untilAsserted(() -> assertThat(Readiness.ask(deployed).of("orders")).isPresent());

        Readiness readiness = Readiness.ask(deployed);

        assertThat(readiness.httpStatus()).isEqualTo(statusBeside(readiness));
        Readiness.Check check = readiness.of("orders").orElseThrow();
        assertThat(check.status()).isEqualTo("UP");
        assertThat(check.number("active")).isBetween(0, 1);
        assertThat(check.number("idle")).isBetween(0, 1);
        assertThat(check.number("max")).isOne();
        assertThat(check.number("waiting")).isZero();
        assertThat(DATABASE.sessions()).isLessThanOrEqualTo(1);
    }

    @Test
    void fullPoolIsUpAndAnswersInTime() {
        WarClient app = WarClient.of("ready");
        deploy("ready");
        CompletableFuture<HttpResponse<String>> holder = app.send("api/hold/first");
        await().until(() -> app.text("api/gate/first").equals("true"));
        CompletableFuture<HttpResponse<String>> waiter = app.send("api/hold/second");
        try {
            await().untilAsserted(() -> assertThat(check("orders").number("waiting")).isOne());

            long start = System.nanoTime();
            Readiness readiness = Readiness.ask(deployed);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            Readiness.Check check = readiness.of("orders").orElseThrow();
            assertThat(check.status()).isEqualTo("UP");
            assertThat(check.number("active")).isOne();
            assertThat(check.number("idle")).isZero();
            assertThat(readiness.httpStatus()).isEqualTo(statusBeside(readiness));
            // health.timeout is 1s by default; the rest is for the way there and back
            assertThat(took).isLessThan(Duration.ofSeconds(3));
            assertThat(DATABASE.sessions()).isOne();
        } finally {
            app.get("api/gate/first/open");
            app.get("api/gate/second/open");
        }
        assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
        assertThat(waiter).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void poolIsDownWithoutItsDatabaseAndUpByItselfWhenThatComes() throws IOException {
        deploy("unready");
        await().untilAsserted(() -> assertDown("far-away"));
        WarClient app = WarClient.of("unready");
        assertThat(app.pool("far-away").max()).isEqualTo(10);
        assertThat(app.get("api/hold/nothing").statusCode()).isEqualTo(500);

        EmbeddedPostgres database = EmbeddedPostgres.builder().setPort(FREE_PORT).start();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(check("far-away").status()).isEqualTo("UP"));
            assertThat(Readiness.ask(deployed).httpStatus()).isEqualTo(200);
        } finally {
            database.close();
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertDown("far-away"));
    }

    @Test
    void aCheckGoesWithItsApplication() {
        deploy("unready");
        await().untilAsserted(() -> assertDown("far-away"));
        deployer.undeploy("unready");

        deploy("ready");

        await().untilAsserted(() -> assertThat(Readiness.ask(deployed).of("orders")).isPresent());
        assertThat(Readiness.ask(deployed).of("far-away").isEmpty())
                .isEqualTo(Server.can("health.forgets-undeployed"));
    }

    /** GlassFish may still show the check of the other application. */
    private static int statusBeside(Readiness readiness) {
        return readiness.of("far-away").isEmpty() ? 200 : 503;
    }

    private void deploy(String name) {
        deployed = name;
        deployer.deploy(name);
    }

    private void assertDown(String pool) {
        Readiness readiness = Readiness.ask(deployed);
        assertThat(readiness.of(pool)).as(pool).isPresent();
        Readiness.Check check = readiness.of(pool).orElseThrow();
        assertThat(check.status()).isEqualTo("DOWN");
        assertThat(check.data()).containsKeys("active", "idle", "max", "waiting", "reason");
        assertThat(check.data().getString("reason")).isNotBlank();
        assertThat(check.data().toString()).doesNotContain("not-to-be-shown");
        assertThat(readiness.httpStatus()).isEqualTo(503);
    }

    private Readiness.Check check(String pool) {
        Readiness readiness = Readiness.ask(deployed);
        assertThat(readiness.of(pool)).as(pool).isPresent();
        return readiness.of(pool).orElseThrow();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
