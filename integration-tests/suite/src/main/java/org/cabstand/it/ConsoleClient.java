package org.cabstand.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * Somebody who calls an application's console, logged in or not.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class ConsoleClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String war;

    /** Name and password; empty for nobody. */
    private final String user;

    private ConsoleClient(String war, String user) {
        this.war = war;
        this.user = user;
    }

    static ConsoleClient of(String war) {
        return new ConsoleClient(war, "");
    }

    /**
     * The same application, called by somebody else.
     *
     * @param other name and password, with a colon between them
     */
    ConsoleClient as(String other) {
        return new ConsoleClient(war, other);
    }

    HttpResponse<String> get(String path) {
        return send(path, request -> request);
    }

    JsonObject json(String path) {
        return read(send(path, request -> request.header("Accept", "application/json")));
    }

    /** The state of pool {@code orders}. */
    JsonObject pool() {
        return json("cabstand/pools/orders");
    }

    /** As a program posts a form. */
    HttpResponse<String> post(String path, String form) {
        return send(
                path,
                request ->
                        request.header("Accept", "application/json")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("X-Requested-By", "test")
                                .POST(BodyPublishers.ofString(form)));
    }

    static JsonObject read(HttpResponse<String> answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }

    HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> completed) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create(System.getProperty("it.http") + "/" + war + "/" + path))
                        .timeout(Duration.ofSeconds(30));
        if (!user.isEmpty()) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)));
        }
        try {
            return HTTP.send(completed.apply(request).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }
}
