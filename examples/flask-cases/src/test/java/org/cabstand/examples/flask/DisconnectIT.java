package org.cabstand.examples.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code pool_pre_ping} and {@code pool_recycle}. */
class DisconnectIT {

    private final RunningCases cases = RunningCases.shared();

    @Test
    void withPrePingNoRequestMeetsAKilledSession() {
        String killed = cases.text("GET", "disconnect/pre-ping");
        awaitBack("pre-ping");

        assertThat(cases.databases().terminateSessions("pre-ping")).isOne();

        assertThat(cases.text("GET", "disconnect/pre-ping")).isNotEqualTo(killed);
    }

    @Test
    void withoutPrePingOneRequestDoesAndNoOther() {
        await().untilAsserted(() -> assertThat(cases.databases().sessions("no-ping")).isEqualTo(3));
        assertThat(cases.databases().terminateSessions("no-ping")).isEqualTo(3);

        assertThat(cases.get("disconnect/no-ping").statusCode()).isEqualTo(500);

        for (int i = 0; i < 5; i++) {
            cases.text("GET", "disconnect/no-ping");
        }
    }

    @Test
    void aSessionIsReplacedAfterItsLifetime() {
        String first = cases.text("GET", "disconnect/recycle");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !cases.text("GET", "disconnect/recycle").equals(first));

        await().untilAsserted(
                        () ->
                                assertThat(cases.databases().sessions("recycle"))
                                        .isLessThanOrEqualTo(1));
    }

    private void awaitBack(String pool) {
        await().untilAsserted(() -> assertThat(cases.checkedOut(pool)).isZero());
    }
}
