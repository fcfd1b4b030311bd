package org.cabstand;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** An application with JTA, some of whose work is rolled back. */
abstract class RollbackFixture {

    final CapturedLog log = new CapturedLog();
    TestApplication app;

    void start(Map<String, String> properties, Class<?>... beans) {
        app = TestApplication.startWithJta(properties, beans);
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    void createSchema(TestDatabase database) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            if (!database.canChange(org.cabstand.internal.jdbc.SessionAttribute.CATALOG)) {
                Sql.run(connection, "create schema if not exists other");
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }
}
