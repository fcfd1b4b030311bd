package org.cabstand.examples.quickstart;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same WAR on a PostgreSQL server, by environment variables only. */
class GuestbookOnPostgresIT extends GuestbookContract {

    private static EmbeddedPostgres postgres;
    private static RunningQuickstart quickstart;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        quickstart =
                RunningQuickstart.start("quickstart-postgres", environment(postgres.getPort()));
    }

    @AfterAll
    static void stop() throws IOException {
        try {
            if (quickstart != null) {
                quickstart.close();
            }
        } finally {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    static Map<String, String> environment(int port) {
        return Map.of(
                "CABSTAND_POOL_GUESTBOOK_URL", "jdbc:postgresql://localhost:" + port + "/postgres",
                "CABSTAND_POOL_GUESTBOOK_USERNAME", "postgres",
                "CABSTAND_POOL_GUESTBOOK_PASSWORD", "postgres");
    }

    @Override
    RunningQuickstart quickstart() {
        return quickstart;
    }

    @Override
    String database() {
        return "PostgreSQL 18";
    }
}
