package org.cabstand.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.cabstand.examples.quickstart.RunningQuickstart.json;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The application is started before its database, as happens after a power cut. */
class DatabaseComesLaterIT {

    @Test
    void theGuestBookOpensByItselfWhenTheDatabaseIsThere() throws IOException {
        int port = RunningQuickstart.freePort();
        try (RunningQuickstart quickstart =
                RunningQuickstart.start(
                        "quickstart-database-later", GuestbookOnPostgresIT.environment(port))) {

            assertThat(quickstart.get("/").statusCode()).isEqualTo(200);
            assertThat(quickstart.get("/health/ready").statusCode()).isEqualTo(503);
            HttpResponse<String> entries = quickstart.get("/api/entries");
            assertThat(entries.statusCode()).isEqualTo(503);
            assertThat(json(entries).asJsonObject().getString("error"))
                    .isEqualTo("The guest book's database does not answer.");

            EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(port).start();
            try (postgres) {
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(500))
                        .untilAsserted(
                                () -> {
                                    assertThat(quickstart.get("/health/ready").statusCode())
                                            .isEqualTo(200);
                                    assertThat(quickstart.get("/api/entries").body())
                                            .isEqualTo("[]");
                                });
            }
        }
    }
}
