package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session of the ORM for each request, and {@code session.remove()} at its end. */
class OrmIT {

    private final RunningCases cases = RunningCases.shared();

    @Test
    void committedByTheViewAndBackAfterTheRequest() {
        assertThat(cases.post("orm/users/grace").statusCode()).isEqualTo(200);

        assertBack();
        assertThat(names()).contains("grace");
        assertBack();
    }

    @Test
    void rolledBackAndBackWhenTheViewRaises() {
        assertThat(cases.post("orm/users/raised-in-orm/raised").statusCode()).isEqualTo(500);

        assertBack();
        assertThat(names()).doesNotContain("raised-in-orm");
    }

    private void assertBack() {
        await().untilAsserted(
                        () -> {
                            assertThat(cases.checkedOut("orm")).isZero();
                            assertThat(cases.databases().openTransactions("orm")).isZero();
                        });
    }

    private List<String> names() {
        return cases.json("GET", "orm/users").asJsonArray().getValuesAs(JsonString::getString);
    }
}
