package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code getconn}, {@code putconn} and {@code rollback} happen without being written. */
class Psycopg2IT {

    private final RunningCases cases = RunningCases.shared();

    @Test
    void committedByTheViewAndBackAfterTheRequest() {
        int checkOuts = checkOuts();

        assertThat(cases.post("psycopg2/users/ada").statusCode()).isEqualTo(200);

        assertBack();
        assertThat(checkOuts()).isEqualTo(checkOuts + 1); // one for all functions of the request
        assertThat(names()).contains("ada");
    }

    @ParameterizedTest
    @CsvSource({"forgotten, 200", "raised, 500"})
    void rolledBackAndBackWhenTheViewForgetsToCommitOrRaises(String how, int status) {
        int checkOuts = checkOuts();

        assertThat(cases.post("psycopg2/users/" + how + "/" + how).statusCode()).isEqualTo(status);

        assertBack();
        assertThat(checkOuts()).isGreaterThan(checkOuts);
        assertThat(names()).doesNotContain(how);
    }

    private void assertBack() {
        await().untilAsserted(
                        () -> {
                            assertThat(cases.checkedOut("psycopg2")).isZero();
                            assertThat(cases.databases().openTransactions("psycopg2")).isZero();
                        });
        assertThat(cases.databases().sessions("psycopg2")).isOne();
    }

    private int checkOuts() {
        return cases.pool("psycopg2").getInt("checkOuts");
    }

    private List<String> names() {
        return cases.json("GET", "psycopg2/users").asJsonArray().getValuesAs(JsonString::getString);
    }
}
