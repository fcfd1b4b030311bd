package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Client info follows the request by its names, however often it was set. */
class ClientInfoTest {

    @Test
    void thousandsOfChangesAreOne() throws Exception {
        FakeDatabase database = new FakeDatabase("client-info");
        Properties seen = new Properties();
        database.on(
                "setClientInfo",
                (session, args) -> {
                    if (args.length == 2) {
                        seen.setProperty((String) args[0], String.valueOf(args[1]));
                    }
                    return null;
                });
        try (var app = TestApplication.start(database.pool())) {
            app.request(
                    () -> {
                        Connection request = app.connection();
                        for (int i = 0; i < 20_000; i++) {
                            request.setClientInfo("user", "user " + i);
                            request.setClientInfo("step " + i % 3, "at " + i);
                        }
                        request.close();
                        seen.clear();
                        long before = settings(database);
                        Sql.run(request, "select 1");
                        assertThat(settings(database) - before).as("once for each").isEqualTo(4);
                        assertThat(seen.getProperty("user")).isEqualTo("user 19999");
                        assertThat(seen.getProperty("step 1")).isEqualTo("at 19999");
                    });
        }
    }

    private static long settings(FakeDatabase database) {
        return database.calls().stream().filter("setClientInfo"::equals).count();
    }

    @Test
    void whatIsSetAsAWholeReplacesAndIsAddedTo() throws Exception {
        try (var app = TestApplication.start(TestDatabase.POSTGRESQL.pool())) {
            app.request(
                    () -> {
                        Connection request = app.connection();
                        request.setClientInfo("ApplicationName", "first");
                        Properties whole = new Properties();
                        whole.setProperty("ApplicationName", "second");
                        request.setClientInfo(whole);
                        whole.setProperty("ApplicationName", "not set");
                        request.close();
                        assertThat(Sql.one(request, "show application_name")).isEqualTo("second");
                        request.setClientInfo("ApplicationName", "third");
                        request.close();
                        assertThat(Sql.one(request, "show application_name")).isEqualTo("third");
                    });
        }
    }
}
