package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.json.JsonValue.ValueType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.cabstand.it.app.FailingObserver;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.HoldResource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Guards what operators have: JMX, where a client without our classes sees a pool and steers it, the startup check, and
 * the lines in the server's log; and that nothing of that is left of an application that has gone, or never came.
 */
@ArquillianTest
class OperationsIT {

    private static final Database DATABASE = Database.create("operated");

    /** Nobody listens there, until the test starts a database on it. */
    private static final int FREE_PORT = freePort();

    private static final ObjectName POOL = JmxClient.pool("operated", "steered");

    private final WarClient app = WarClient.of("operated");

    @ArquillianResource private Deployer deployer;

    private String deployed;

    @Deployment(name = "operated", managed = false, testable = false)
    static WebArchive operated() {
        return TestWar.named("operated")
                .with(HoldResource.class, Gate.class, GateResource.class)
                .pool("steered", "url", DATABASE.url())
                .pool("steered", "username", "postgres")
                .pool("steered", "initial-size", "1")
                .pool("steered", "max-size", "2")
                .pool("steered", "acquisition-timeout", "60s")
                .build();
    }

    @Deployment(name = "starting", managed = false, testable = false)
    static WebArchive starting() {
        return TestWar.named("starting")
                .pool("late", "url", "jdbc:postgresql://127.0.0.1:" + FREE_PORT + "/postgres")
                .pool("late", "username", "postgres")
                .pool("late", "min-size", "2")
                .pool("late", "health.startup", "true")
                .build();
    }

    @Deployment(name = "never", managed = false, testable = false)
    static WebArchive never() {
        return TestWar.named("never")
                .with(FailingObserver.class)
                .pool("short-lived", "url", DATABASE.url())
                .pool("short-lived", "username", "postgres")
                .build();
    }

    private void deploy(String name) {
        deployed = name;
        deployer.deploy(name);
    }

    @AfterEach
    void undeploy() {
        if (deployed != null) {
            deployer.undeploy(deployed);
        }
    }

    @Test
    void aJmxClientSeesThePoolAndSteersIt() throws Exception {
        deploy("operated");
        try (JmxClient client = JmxClient.ofServerOf("operated")) {
            assertThat(client.pools("operated")).containsExactly(POOL.getCanonicalName());
            CompletableFuture<HttpResponse<String>> holder = app.send("api/hold/held");
            await().until(() -> app.text("api/gate/held").equals("true"));
            assertSeen(client);

            assertThat(client.call(POOL, "evictAll")).isEqualTo(1);
            assertThat(DATABASE.sessions()).as("its holder is not disturbed").isOne();
            assertThat(client.get(POOL, "Leaving")).isEqualTo(1);
            app.get("api/gate/held/open");
            assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
            await().untilAsserted(() -> assertThat(DATABASE.sessions()).isZero());

            client.call(POOL, "suspend");
            assertThat(client.call(POOL, "readiness")).isEqualTo("DOWN: suspended");
            assertReadiness("DOWN", "suspended");
            app.get("api/gate/waiting/open");
            CompletableFuture<HttpResponse<String>> waiter = app.send("api/hold/waiting");
            await().until(() -> client.get(POOL, "Waiting").equals(1));
            assertThat(DATABASE.sessions()).isZero();
            client.call(POOL, "resume");
            assertThat(waiter).succeedsWithin(Duration.ofSeconds(20));
            assertReadiness("UP", "");

            deployer.undeploy("operated");
            deployed = null;
            assertThat(client.pools("*")).isEmpty();
            deploy("operated");
            assertThat(client.pools("operated"))
                    .as("the same name again")
                    .containsExactly(POOL.getCanonicalName());
        }
    }

    private static void assertReadiness(String status, String reason) {
        if (Server.can("health")) {
            Readiness.Check check = Readiness.ask("operated").of("steered").orElseThrow();
            assertThat(check.status()).isEqualTo(status);
            assertThat(check.data().getString("reason", "")).isEqualTo(reason);
        }
    }

    private static void assertSeen(JmxClient client) {
        assertThat(client.get(POOL, "Active")).isEqualTo(1);
        assertThat(client.get(POOL, "MaxSize")).isEqualTo(2);
        assertThat((String) client.get(POOL, "Database")).startsWith("PostgreSQL ");
        CompositeData[] holders = (CompositeData[]) client.get(POOL, "Holders");
        assertThat(holders).hasSize(1);
        assertThat((String) holders[0].get("frame")).startsWith("org.cabstand.it.app.Gate.hold(");
        assertThat((String[]) holders[0].get("stack"))
                .anyMatch(frame -> frame.startsWith("org.cabstand.it.app.HoldResource.hold("));
        TabularData settings = (TabularData) client.get(POOL, "Settings");
        assertThat((String) settings.get(new Object[] {"max-size"}).get("value"))
                .as("with the name that the server has for the source")
                .startsWith("2 (")
                .isNotEqualTo("2 (default)");
        assertThat(settings.get(new Object[] {"username"}).get("value").toString())
                .startsWith("***");
    }

    @Test
    void theStartupCheckIsUpOnceMinSizeConnectionsHaveBeenOpen() throws IOException {
        if (!Server.can("health")) {
            return;
        }
        deploy("starting");
        await().untilAsserted(() -> assertThat(started().status()).isEqualTo("DOWN"));
        await().untilAsserted(
                        () -> assertThat(started().data().getString("reason", "")).contains("CAB"));
        assertThat(started().number("open")).isZero();
        assertThat(started().number("min")).isEqualTo(2);
        assertThat(started().data().get("min").getValueType() == ValueType.NUMBER)
                .isEqualTo(Server.can("health-numbers"));

        EmbeddedPostgres database = EmbeddedPostgres.builder().setPort(FREE_PORT).start();
        try {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(started().status()).isEqualTo("UP"));
        } finally {
            database.close();
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(
                                                Readiness.ask("starting")
                                                        .of("late")
                                                        .orElseThrow()
                                                        .status())
                                        .isEqualTo("DOWN"));
        assertThat(started().status()).as("it has started once").isEqualTo("UP");
    }

    private static Readiness.Check started() {
        return Readiness.askStarted("starting").of("late-startup").orElseThrow();
    }

    @Test
    void theLogHasALineAtTheStartAndOneAtTheEnd() throws IOException {
        int before = linesOf("steered").size();
        deploy("operated");
        await().untilAsserted(() -> assertThat(linesOf("steered")).hasSize(before + 1));
        assertThat(linesOf("steered").get(before))
                .contains("CAB0250: pool 'steered' has started: PostgreSQL ")
                .contains(", 0 to 2 connections. Configured: ")
                .contains("max-size=2")
                .contains("username=***");
        deployer.undeploy("operated");
        deployed = null;
        await().untilAsserted(
                        () ->
                                assertThat(linesOf("steered").get(before + 1))
                                        .contains("CAB0251: pool 'steered' has ended after "));
        assertThat(linesOf("steered")).hasSize(before + 2);
    }

    /** What the server has in its log of a pool that is well. */
    private static List<String> linesOf(String pool) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("server.home")))) {
            return files.filter(
                            file -> file.endsWith("server.log") || file.endsWith("messages.log"))
                    .flatMap(OperationsIT::lines)
                    .filter(line -> line.contains("CAB025") && line.contains("'" + pool + "'"))
                    .filter(line -> !line.contains("CAB0252") && !line.contains("CAB0253"))
                    .filter(line -> !line.contains("CAB0254"))
                    .toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).lines();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A failed start that takes minutes is not staged. */
    @Test
    void nothingIsLeftOfAnApplicationThatDoesNotStart() throws Exception {
        if (!Server.can("failed-start")) {
            return;
        }
        deploy("operated");
        try (JmxClient client = JmxClient.ofServerOf("operated")) {
            Throwable refused = catchThrowable(() -> deployer.deploy("never"));
            if (refused == null) { // it is there, and cannot be used
                deployer.undeploy("never");
            }
            assertThat(linesOf("short-lived")).as("the pool was there").isNotEmpty();
            await().untilAsserted(() -> assertThat(client.pools("never")).isEmpty());
            assertThat(client.pools("operated")).hasSize(1);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
