package org.cabstand.examples.quickstart;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** As it comes: no environment variable, the database inside of the application. */
class GuestbookOnH2IT extends GuestbookContract {

    private static RunningQuickstart quickstart;

    @BeforeAll
    static void start() throws IOException {
        quickstart = RunningQuickstart.start("quickstart-h2", Map.of());
    }

    @AfterAll
    static void stop() {
        if (quickstart != null) {
            quickstart.close();
        }
    }

    @Override
    RunningQuickstart quickstart() {
        return quickstart;
    }

    @Override
    String database() {
        return "H2";
    }
}
