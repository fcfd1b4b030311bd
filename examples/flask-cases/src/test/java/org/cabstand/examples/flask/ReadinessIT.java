package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** An application with many pools. */
class ReadinessIT {

    private final RunningCases cases = RunningCases.shared();

    @Test
    void everyPoolHasItsCheck() {
        await().untilAsserted(
                        () ->
                                assertThat(
                                                cases.json("GET", "../health/ready")
                                                        .asJsonObject()
                                                        .getJsonArray("checks")
                                                        .getValuesAs(JsonObject.class))
                                        .extracting(check -> check.getString("name"))
                                        .containsExactlyInAnyOrder(
                                                "psycopg2",
                                                "mysql-connector",
                                                "sqlite",
                                                "sqlite-memory",
                                                "queue-pool",
                                                "pre-ping",
                                                "no-ping",
                                                "recycle",
                                                "orm"));
    }
}
