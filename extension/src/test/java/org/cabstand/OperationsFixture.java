package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** An application whose pool somebody looks at and steers. */
abstract class OperationsFixture {

    final ExecutorService threads = Executors.newCachedThreadPool();
    final CapturedLog log = new CapturedLog();
    TestApplication app;
    PoolOperations pool;

    void start(Map<String, String> properties) {
        app = TestApplication.startWithJta(properties);
        pool = app.get(PoolOperations.class);
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        if (app != null) {
            app.close();
        }
        log.close();
    }

    List<Connection> borrow(int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            borrowed.add(app.dataSource().getConnection());
        }
        return borrowed;
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
