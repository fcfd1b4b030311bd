package org.cabstand.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cabstand.it.app.Gate;
import org.cabstand.it.app.GateResource;
import org.cabstand.it.app.HoldResource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards that the console is there for those who may see it, for nobody else, and not at all while it is off. */
@ArquillianTest
class ConsoleIT {

    private static final Database DATABASE = Database.create("console");

    private final WarClient app = WarClient.of("guarded");
    private final ConsoleClient nobody = ConsoleClient.of("guarded");
    private final ConsoleClient visitor = nobody.as("visitor:let-me-in");
    private final ConsoleClient operator = nobody.as("operator:let-me-in");

    @Deployment(name = "guarded", testable = false)
    static WebArchive guarded() {
        return TestWar.named("guarded")
                .withConsole()
                .withLogin()
                .with(HoldResource.class, Gate.class, GateResource.class)
                .config("cabstand.console.enabled", "true")
                .config("cabstand.console.role", "operator")
                .pool(
                        "orders",
                        "url",
                        DATABASE.url() + "&application_name=shown&password=not-to-be-shown")
                .pool("orders", "username", "postgres")
                .pool("orders", "password", "not-to-be-shown")
                .pool("orders", "max-size", "2")
                .build();
    }

    @Deployment(name = "off", testable = false)
    static WebArchive off() {
        return TestWar.named("console-off")
                .withConsole()
                .pool("orders", "url", DATABASE.url())
                .pool("orders", "username", "postgres")
                .build();
    }

    @Test
    void whatIsOffIsNotThere() {
        for (String path : List.of("cabstand", "cabstand/", "cabstand/console.css")) {
            assertThat(ConsoleClient.of("console-off").get(path).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(WarClient.of("console-off").text("api/pool/orders")).contains("max=10");
    }

    @Test
    void whoIsNotLoggedInIsAskedTo() {
        HttpResponse<String> answer = nobody.get("cabstand/");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic");
        assertThat(answer.body()).doesNotContain("orders");
    }

    @Test
    void whoHasAnotherRoleMayNot() {
        for (String path : List.of("cabstand/", "cabstand/pools/orders", "cabstand/nothing")) {
            HttpResponse<String> answer = visitor.get(path);

            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("orders");
        }
        assertThat(visitor.post("cabstand/pools/orders/suspend", "").statusCode()).isEqualTo(403);
        assertThat(operator.pool().getBoolean("suspended")).isFalse();
    }

    @Test
    void whoHasTheRoleSeesEveryPool() {
        HttpResponse<String> page = operator.get("cabstand/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.body()).contains("/guarded/cabstand/pools/orders");
        assertThat(operator.get("cabstand").headers().firstValue("Location").orElse(""))
                .endsWith("/guarded/cabstand/");
    }

    @Test
    void theSameIsThereAsJson() {
        JsonObject all = operator.json("cabstand/");

        assertThat(all.getJsonArray("pools").getValuesAs(JsonObject.class))
                .singleElement()
                .satisfies(pool -> assertThat(pool.getString("name")).isEqualTo("orders"));
        await().untilAsserted(
                        () -> {
                            JsonObject pool = operator.pool();
                            assertThat(pool.getBoolean("ready")).isTrue();
                            assertThat(pool.getString("database")).startsWith("PostgreSQL 18");
                            assertThat(pool.getJsonObject("seconds").getJsonArray("active"))
                                    .isNotEmpty();
                        });
        assertThat(operator.pool().getInt("maxSize")).isEqualTo(2);
    }

    @Test
    void settingsNameTheirSourceAndNoSecret() {
        String page = operator.get("cabstand/pools/orders").body();

        assertThat(operator.pool().getJsonArray("settings").getValuesAs(JsonObject.class))
                .anySatisfy(
                        setting -> {
                            assertThat(setting.getString("key")).isEqualTo("max-size");
                            assertThat(setting.getString("value")).isEqualTo("2");
                            // each server has its own name for the file
                            assertThat(setting.getString("source"))
                                    .isNotEqualTo("default")
                                    .isNotBlank();
                        });
        assertThat(page).contains("max-size", "application_name=shown");
        assertThat(page + operator.pool()).doesNotContain("not-to-be-shown");
    }

    @Test
    void holdersAreShownWithTheirPlace() {
        CompletableFuture<HttpResponse<String>> holder = app.send("api/hold/shown");
        await().until(() -> app.text("api/gate/shown").equals("true"));
        try {
            JsonObject pool = operator.pool();

            assertThat(pool.getInt("active")).isOne();
            assertThat(pool.getJsonArray("holders").getValuesAs(JsonObject.class))
                    .singleElement()
                    .satisfies(
                            held -> {
                                assertThat(held.getString("frame"))
                                        .startsWith("org.cabstand.it.app.");
                                assertThat(held.getJsonArray("stack").toString())
                                        .contains("org.cabstand.it.app.HoldResource.hold");
                            });
        } finally {
            app.get("api/gate/shown/open");
        }
        assertThat(holder).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void aSuspendedPoolGivesNothingUntilItIsResumed() {
        assertThat(operator.post("cabstand/pools/orders/suspend", "").statusCode()).isEqualTo(200);
        CompletableFuture<HttpResponse<String>> waiter;
        try {
            assertThat(operator.pool().getBoolean("suspended")).isTrue();
            app.get("api/gate/resumed/open");
            waiter = app.send("api/hold/resumed");
            await().untilAsserted(() -> assertThat(operator.pool().getInt("waiting")).isOne());
        } finally {
            operator.post("cabstand/pools/orders/resume", "");
        }
        assertThat(waiter)
                .succeedsWithin(Duration.ofSeconds(20))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(200));
    }

    @Test
    void connectionsAreEvictedAndTheReasonIsCounted() {
        app.get("api/gate/evicted/open");
        app.text("api/hold/evicted");

        HttpResponse<String> answer = operator.post("cabstand/pools/orders/evict-all", "");

        assertThat(ConsoleClient.read(answer).getInt("connections")).isPositive();
        await().untilAsserted(
                        () ->
                                assertThat(
                                                operator.pool()
                                                        .getJsonObject("totals")
                                                        .getJsonObject("evictions")
                                                        .getInt("evicted by an operator", 0))
                                        .isPositive());
    }

    @Test
    void limitsAreChangedAndWrongOnesAreRefusedWithTheReason() {
        HttpResponse<String> wrong =
                operator.post(
                        "cabstand/pools/orders/limits",
                        "min-size=5&max-size=3&acquisition-timeout=5s");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(ConsoleClient.read(wrong).getString("error")).contains("min-size");
        assertThat(
                        operator.post(
                                        "cabstand/pools/orders/limits",
                                        "min-size=0&max-size=3&acquisition-timeout=five")
                                .statusCode())
                .isEqualTo(400);

        assertThat(
                        operator.post(
                                        "cabstand/pools/orders/limits",
                                        "min-size=0&max-size=3&acquisition-timeout=7s")
                                .statusCode())
                .isEqualTo(200);
        try {
            assertThat(operator.pool().getInt("maxSize")).isEqualTo(3);
            assertThat(operator.pool().getInt("acquisitionTimeout")).isEqualTo(7000);
        } finally {
            operator.post(
                    "cabstand/pools/orders/limits", "min-size=0&max-size=2&acquisition-timeout=5s");
        }
        assertThat(operator.pool().getInt("maxSize")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cabstand/nothing",
                "cabstand/pools/nothing",
                "cabstand/pools/orders/",
                "cabstand/../WEB-INF/web.xml",
                "cabstand/Console.class"
            })
    void nothingElseIsThere(String path) {
        assertThat(operator.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void onlyAPostOfTheConsolesOwnChangesSomething() {
        String suspend = "cabstand/pools/orders/suspend";

        assertThat(operator.get(suspend).statusCode()).isEqualTo(404);
        for (List<String> headers :
                List.of(
                        List.of("Sec-Fetch-Site", "cross-site"),
                        List.of("Sec-Fetch-Site", "same-site"),
                        List.of("Origin", "http://evil.example"),
                        List.of("Content-Type", "application/x-www-form-urlencoded"))) {
            HttpResponse<String> answer =
                    operator.send(
                            suspend,
                            request ->
                                    request.header(headers.get(0), headers.get(1))
                                            .POST(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(headers.toString()).isEqualTo(403);
        }
        assertThat(operator.pool().getBoolean("suspended")).isFalse();
    }
}
