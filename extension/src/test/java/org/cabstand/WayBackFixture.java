package org.cabstand;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;

/** An application whose pool has one session, which one borrower changes and the next one gets. */
abstract class WayBackFixture {

    final CapturedLog log = new CapturedLog();
    TestApplication app;

    void start(Map<String, String> pool) {
        pool.put("cabstand.pool.test.max-size", "1");
        app = TestApplication.start(pool);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    /** A copy. */
    static Properties clientInfo(Connection connection) throws SQLException {
        Properties copy = new Properties();
        if (connection.getClientInfo() != null) {
            copy.putAll(connection.getClientInfo());
        }
        return copy;
    }
}
