package org.cabstand.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cabstand.examples.quickstart.RunningQuickstart.json;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The behaviour of the quickstart, on every database. */
abstract class GuestbookContract {

    private static final int MAX_SIZE = 8;

    abstract RunningQuickstart quickstart();

    abstract String database();

    @Test
    void thePageAndItsPartsAreServed() {
        assertThat(quickstart().get("/").body()).contains("<h1>Guest book</h1>");
        for (String part : List.of("/style.css", "/js/main.js", "/js/burst.js", "/favicon.svg")) {
            assertThat(quickstart().get(part).statusCode()).as(part).isEqualTo(200);
        }
    }

    @Test
    void whatWasPostedIsListedFirst() {
        Instant before = Instant.now().minusSeconds(5);

        HttpResponse<String> posted = post("Zoë", "Grüße,\nauf zwei Zeilen 🚕");

        assertThat(posted.statusCode()).isEqualTo(201);
        JsonObject entry = newest();
        assertThat(entry).isEqualTo(json(posted));
        assertThat(entry.getString("author")).isEqualTo("Zoë");
        assertThat(entry.getString("message")).isEqualTo("Grüße,\nauf zwei Zeilen 🚕");
        assertThat(Instant.parse(entry.getString("written")))
                .isBetween(before, Instant.now().plusSeconds(5));
    }

    @Test
    void markupAndSqlAreTextLikeAnyOther() {
        String nasty = "<script>alert('x')</script>'); drop table guestbook; --";

        post("<b>Bobby</b>", nasty);

        assertThat(newest().getString("message")).isEqualTo(nasty);
        assertThat(newest().getString("author")).isEqualTo("<b>Bobby</b>");
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            textBlock =
                    """
                    {"author":"","message":"x"}            | author  | Your name must not be empty.
                    {"author":" ","message":"x"}           | author  | Your name must not be empty.
                    {"message":"x"}                        | author  | Your name must not be empty.
                    {"author":5,"message":"x"}             | author  | Your name must not be empty.
                    {"author":"a\\nb","message":"x"}       | author  | Your name must be a single line.
                    {"author":"a\\u0000","message":"x"}    | author  | Your name must not hold control characters.
                    {"author":"a","message":null}          | message | Your message must not be empty.
                    """)
    void badInputIsRefusedWithTheReason(String body, String field, String reason) {
        assertRefused(quickstart().post("/api/entries", body), field, reason);
    }

    @Test
    void everyFaultIsToldAtOnce() {
        JsonObject faults = refused(quickstart().post("/api/entries", "{}"));

        assertThat(faults.getString("author")).isEqualTo("Your name must not be empty.");
        assertThat(faults.getString("message")).isEqualTo("Your message must not be empty.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]         | The body must be a JSON object with author and message.",
                "{\"author\": | The body is not valid JSON.",
                "''         | The body is not valid JSON."
            })
    void whatIsNoEntryAtAllIsRefused(String body, String reason) {
        HttpResponse<String> answer = quickstart().post("/api/entries", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).asJsonObject().getString("error")).isEqualTo(reason);
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThat(post("a".repeat(80), "m".repeat(500)).statusCode()).isEqualTo(201);
        assertRefused(
                post("a".repeat(81), "m"),
                "author",
                "Your name has 81 characters, 80 are allowed.");
        assertRefused(
                post("a", "m".repeat(501)),
                "message",
                "Your message has 501 characters, 500 are allowed.");
    }

    @Test
    void aBurstIsAnsweredAndLeavesTheStandAsItWas() {
        CompletableFuture<?> burst =
                CompletableFuture.supplyAsync(() -> quickstart().post("/api/burst", ""))
                        .thenAccept(
                                answer -> {
                                    assertThat(answer.statusCode()).isEqualTo(200);
                                    JsonObject summary = json(answer).asJsonObject();
                                    assertThat(summary.getInt("requests")).isEqualTo(60);
                                    assertThat(summary.getInt("answered")).isEqualTo(60);
                                });

        assertStandHoldsUntilDone(burst);
    }

    @Test
    void manyVisitorsAtOnceAreAnsweredAndLeaveTheStandAsItWas() {
        CompletableFuture<?> visitors =
                CompletableFuture.allOf(
                        Stream.generate(
                                        () ->
                                                quickstart()
                                                        .getAsync("/api/ride")
                                                        .thenAccept(
                                                                answer ->
                                                                        assertThat(
                                                                                        answer
                                                                                                .statusCode())
                                                                                .isEqualTo(200)))
                                .limit(60)
                                .toArray(CompletableFuture[]::new));

        assertStandHoldsUntilDone(visitors);
    }

    @Test
    void readinessNamesThePool() {
        HttpResponse<String> answer = quickstart().get("/health/ready");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject health = json(answer).asJsonObject();
        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(health.getJsonArray("checks").getValuesAs(JsonObject.class))
                .anySatisfy(
                        check -> {
                            assertThat(check.getString("name")).contains("guestbook");
                            assertThat(check.getString("status")).isEqualTo("UP");
                        });
    }

    @Test
    void theConsoleShowsThePoolAndItsDatabase() {
        assertThat(quickstart().get("/cabstand/").body()).contains("guestbook");
        assertThat(stand().getString("database")).startsWith(database());
    }

    private void assertStandHoldsUntilDone(CompletableFuture<?> load) {
        List<JsonObject> seen = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            seen.add(stand());
                            return load.isDone();
                        });
        load.join();

        assertThat(seen)
                .allSatisfy(
                        stand -> {
                            assertThat(stand.getInt("active")).isBetween(0, MAX_SIZE);
                            assertThat(stand.getInt("active") + stand.getInt("idle"))
                                    .isBetween(0, MAX_SIZE);
                        })
                .anySatisfy(stand -> assertThat(stand.getInt("active")).isEqualTo(MAX_SIZE))
                .anySatisfy(stand -> assertThat(stand.getInt("waiting")).isPositive());
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> {
                            assertThat(stand().getInt("active")).isZero();
                            assertThat(stand().getInt("waiting")).isZero();
                        });
    }

    private JsonObject stand() {
        return json(quickstart().getJson("/cabstand/pools/guestbook")).asJsonObject();
    }

    private HttpResponse<String> post(String author, String message) {
        return quickstart()
                .post(
                        "/api/entries",
                        Json.createObjectBuilder()
                                .add("author", author)
                                .add("message", message)
                                .build()
                                .toString());
    }

    private JsonObject newest() {
        return json(quickstart().get("/api/entries")).asJsonArray().getJsonObject(0);
    }

    private static void assertRefused(HttpResponse<String> answer, String field, String reason) {
        JsonObject faults = refused(answer);
        assertThat(faults.keySet()).containsExactly(field);
        assertThat(faults.getString(field)).isEqualTo(reason);
    }

    private static JsonObject refused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        return json(answer).asJsonObject().getJsonObject("fields");
    }
}
