package org.cabstand;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;

/** An application whose pool has one session and resets it fully. */
abstract class FullResetFixture {

    final CapturedLog log = new CapturedLog();
    TestApplication app;

    void start(TestDatabase database, String parameters, String... settings) {
        Map<String, String> pool = database.pool(settings);
        pool.put("cabstand.pool.test.max-size", "1");
        pool.put("cabstand.pool.test.reset", "full");
        pool.computeIfPresent("cabstand.pool.test.url", (key, url) -> url + parameters);
        app = TestApplication.start(pool);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    static String sessionId(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Sql.one(
                connection,
                product.equals("PostgreSQL")
                        ? "select pg_backend_pid()"
                        : "select connection_id()");
    }

    /** Without a pool. */
    static Connection direct(TestDatabase database) throws SQLException {
        return direct(database, "");
    }

    static Connection direct(TestDatabase database, String parameters) throws SQLException {
        Properties login = new Properties();
        if (database != TestDatabase.POSTGRESQL) {
            login.setProperty("user", "app");
            login.setProperty("password", "secret");
        }
        return DriverManager.getConnection(database.url() + parameters, login);
    }
}
