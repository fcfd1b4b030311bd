package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Databases that take their time, and the reports about it. */
abstract class SlowSqlFixture {

    final CapturedLog log = new CapturedLog();
    final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        log.close();
    }

    List<String> reports() {
        return log.warnings().stream().filter(m -> m.startsWith("CAB0266")).toList();
    }

    static FakeDatabase slowOn(String name, String... methods) {
        FakeDatabase database = new FakeDatabase(name);
        for (String method : methods) {
            database.on(
                    method,
                    (session, args) -> {
                        TimeUnit.MILLISECONDS.sleep(30);
                        return null;
                    });
        }
        return database;
    }

    @SuppressWarnings("resource") // the pool closes it
    static Statement statement(Connection connection) throws SQLException {
        return connection.createStatement();
    }
}
