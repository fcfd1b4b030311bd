package org.cabstand;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;

/**
 * An application with a pool {@code test}, whose table of rides borrowers fill and leave to the next
 * one.
 */
abstract class ReturnFixture {

    final CapturedLog log = new CapturedLog();
    TestApplication app;

    void start(TestDatabase database, String... settings) throws SQLException {
        app = TestApplication.start(database.pool(settings));
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int)");
            if (database.hasSchemas()) {
                Sql.run(connection, "create schema if not exists other");
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    int rides() throws Exception {
        try (Connection connection = app.dataSource().getConnection()) {
            return Integer.parseInt(Sql.one(connection, "select count(*) from ride"));
        }
    }

    /** The same object for the same session of the database. */
    static Connection session(Connection connection) throws SQLException {
        return connection.unwrap(Connection.class);
    }
}
