package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that break: while used, while cleaned, while idle. */
class FaultyConnectionTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void aConnectionWhoseRollbackFailsIsDestroyedAndTheResponseIsUnharmed() throws Exception {
        FakeDatabase database =
                new FakeDatabase("rollback")
                        .on(
                                "rollback",
                                (session, args) -> {
                                    throw new SQLException("cannot roll back", "HY000");
                                });
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            app.request(
                    () -> {
                        app.connection().setAutoCommit(false);
                        Sql.run(app.connection(), "insert");
                    });
            assertThat(log.warnings())
                    .anySatisfy(
                            m ->
                                    assertThat(m)
                                            .startsWith("CAB0202: pool 'test'")
                                            .contains("cannot roll back"));
            await().until(() -> database.sessions() == 0);
            app.dataSource().getConnection().close();
            assertThat(database.logins()).hasSize(2);
        }
    }

    @Test
    void afterAFatalErrorOlderConnectionsAreValidatedAndOneRequestFails() throws Exception {
        AtomicBoolean restarted = new AtomicBoolean();
        FakeDatabase database = new FakeDatabase("restart");
        try (var app =
                TestApplication.start(
                        database.pool("validate-after-idle", "1h", "validation-interval", "off"))) {
            Connection a = app.dataSource().getConnection();
            Connection b = app.dataSource().getConnection();
            Connection c = app.dataSource().getConnection();
            a.close();
            b.close();
            database.on(
                            "execute",
                            (session, args) -> {
                                if (!restarted.get()) {
                                    throw new SQLException("terminated", "57P01");
                                }
                                return null;
                            })
                    .on("isValid", (session, args) -> restarted.get());
            // 57P01 is PostgreSQL's; everywhere it is class 08
            assertThatThrownBy(() -> Sql.run(c, "x")).hasMessage("terminated");
            database.on(
                    "execute",
                    (session, args) -> {
                        throw new SQLException("connection reset", "08006");
                    });
            assertThatThrownBy(() -> Sql.run(c, "x")).hasMessage("connection reset");
            restarted.set(true);
            database.asUsual("execute");
            c.close();
            database.on("isValid", (session, args) -> false);
            await().until(() -> database.sessions() == 0);
            database.asUsual("isValid");
            try (Connection d = app.dataSource().getConnection()) {
                Sql.run(d, "x");
            }
            assertThat(database.sessions()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionIdleForTooLongIsValidatedAndReplaced() throws Exception {
        FakeDatabase database = new FakeDatabase("idle");
        try (var app = TestApplication.start(database.pool("validate-after-idle", "0s"))) {
            app.dataSource().getConnection().close();
            database.on("isValid", (session, args) -> false);
            app.dataSource().getConnection().close();
            assertThat(database.logins()).as("the first was replaced").hasSize(2);
            assertThat(app.state().active()).isZero();
        }
    }

    @Test
    void validationIsSkippedForAFreshConnection() throws Exception {
        FakeDatabase database = new FakeDatabase("fresh");
        try (var app = TestApplication.start(database.pool("validate-after-idle", "1h"))) {
            for (int i = 0; i < 10; i++) {
                app.dataSource().getConnection().close();
            }
            assertThat(database.calls()).doesNotContain("isValid");
        }
    }

    @Test
    void theValidationQueryReplacesIsValid() throws Exception {
        FakeDatabase database = new FakeDatabase("query");
        try (var app =
                TestApplication.start(
                        database.pool(
                                "validate-after-idle", "0s", "validation-query", "select 1"))) {
            app.dataSource().getConnection().close();
            app.dataSource().getConnection().close();
            assertThat(database.calls()).contains("setQueryTimeout").doesNotContain("isValid");
        }
    }

    @Test
    void idleConnectionsAreValidatedInTheBackground() throws Exception {
        FakeDatabase database = new FakeDatabase("background");
        try (var app = TestApplication.start(database.pool("validation-interval", "50ms"))) {
            app.dataSource().getConnection().close();
            database.on("isValid", (session, args) -> false);
            await().until(() -> database.sessions() == 0);
            assertThat(app.state().idle()).isZero();
        }
    }

    @Test
    void beginAndEndOfTheRequestAreToldToTheDriver() throws Exception {
        FakeDatabase database = new FakeDatabase("begin");
        try (var app = TestApplication.start(database.pool())) {
            app.request(() -> Sql.run(app.connection(), "x"));
            assertThat(database.calls())
                    .containsSubsequence("beginRequest", "execute", "endRequest");
        }
    }

    @Test
    void aCloseThatHangsKeepsNobodyWaitingAndCountsAsASession() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        FakeDatabase database = new FakeDatabase("hang");
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "1", "acquisition-timeout", "200ms"))) {
            Connection c = app.dataSource().getConnection();
            database.on(
                    "close",
                    (session, args) -> {
                        if (Thread.currentThread().getName().startsWith("cabstand-")) {
                            hang.await();
                        }
                        return null;
                    });
            c.abort(Runnable::run);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .as("the database still has the session")
                    .isInstanceOf(SQLException.class);
            hang.countDown();
            await().until(() -> database.sessions() == 0);
            app.dataSource().getConnection().close();
            assertThat(database.mostSessions()).isEqualTo(1);
        }
    }
}
