package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** {@code pool_reset_session}. */
class MysqlConnectorIT {

    private final RunningCases cases = RunningCases.shared();

    @Test
    void theNextRequestGetsTheSameSessionWithoutItsVariables() {
        JsonObject first = cases.json("PUT", "mysql-connector/visitor/ada").asJsonObject();
        assertThat(first.getString("visitor")).isEqualTo("ada");
        await().untilAsserted(() -> assertThat(cases.checkedOut("mysql-connector")).isZero());

        JsonObject next = cases.json("GET", "mysql-connector/visitor").asJsonObject();

        assertThat(next.getInt("id")).isEqualTo(first.getInt("id"));
        assertThat(next.getString("visitor", null)).isNull();
    }
}
