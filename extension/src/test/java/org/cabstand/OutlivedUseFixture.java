package org.cabstand;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/**
 * An application whose pool has one session, and what comes from a connection must end with its use.
 */
abstract class OutlivedUseFixture {

    TestApplication app;

    void start(TestDatabase database, String... settings) {
        app = TestApplication.start(database.pool(settings));
    }

    void start(String url) {
        app =
                TestApplication.start(
                        Map.of("cabstand.pool.test.url", url, "cabstand.pool.test.max-size", "1"));
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
    }

    Connection borrow() throws SQLException {
        return app.dataSource().getConnection();
    }

    static void assertEnded(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("CAB0155: pool 'test'");
    }
}
