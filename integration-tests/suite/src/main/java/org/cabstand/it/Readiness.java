package org.cabstand.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server's answer to readiness checks.
 *
 * @param httpStatus 200 when all checks are up, else 503
 * @param checks the checks of all applications on the server
 * @see <a href="https://download.eclipse.org/microprofile/microprofile-health-4.0/microprofile-health-spec-4.0.html">
 *     MicroProfile Health 4.0</a>
 */
record Readiness(int httpStatus, List<Check> checks) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One check; {@code data} is empty when the check gave none. */
    record Check(String name, String status, JsonObject data) {

        /** Payara makes strings of all data. */
        int number(String key) {
            return data.get(key) instanceof JsonString text
                    ? Integer.parseInt(text.getString())
                    : data.getInt(key);
        }
    }

    /**
     * Asks the server.
     *
     * @param application that must be ready: TomEE answers below each one's path
     */
    static Readiness ask(String application) {
        return askAt(System.getProperty("it.health"), application);
    }

    /** Asks whether all has started, as {@link #ask} does whether all is ready. */
    static Readiness askStarted(String application) {
        return askAt(
                System.getProperty("it.health").replace("/health/ready", "/health/started"),
                application);
    }

    private static Readiness askAt(String check, String application) {
        String address = check.replace("APPLICATION", application);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30)).build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
                List<Check> checks =
                        reader
                                .readObject()
                                .getJsonArray("checks")
                                .getValuesAs(JsonObject.class)
                                .stream()
                                .map(Readiness::check)
                                .toList();
                return new Readiness(response.statusCode(), checks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Check check(JsonObject check) {
        JsonObject data = check.getJsonObject("data");
        return new Check(
                check.getString("name"),
                check.getString("status"),
                data == null ? JsonObject.EMPTY_JSON_OBJECT : data);
    }

    Optional<Check> of(String pool) {
        return checks.stream().filter(check -> check.name().equals(pool)).findFirst();
    }
}
