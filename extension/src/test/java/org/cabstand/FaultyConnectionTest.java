package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** By JDBC it is open what becomes of unfinished work when a connection is closed; Oracle's driver commits it. */
    @Test
    void aBrokenConnectionIsRolledBackBeforeItIsClosed() throws Exception {
        FakeDatabase database = new FakeDatabase("close");
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            app.request(
                    () -> {
                        app.connection().setAutoCommit(false);
                        Sql.run(app.connection(), "insert");
                        database.on(
                                "execute",
                                (session, args) -> {
                                    throw new SQLException("looks fatal", "08006");
                                });
                        assertThatThrownBy(() -> Sql.run(app.connection(), "insert"))
                                .hasMessage("looks fatal");
                    });
            await().until(() -> database.sessions() == 0);
            assertThat(database.calls()).containsSubsequence("execute", "rollback", "close");
        }
    }

    @Test
    void afterAFatalErrorOlderConnectionsAreNotTrusted() throws Exception {
        FakeDatabase database = new FakeDatabase("restart");
        try (var app =
                TestApplication.start(
                        database.pool("validate-after-idle", "1h", "validation-interval", "off"))) {
            Connection idle = app.dataSource().getConnection();
            Connection held = app.dataSource().getConnection();
            Connection first = app.dataSource().getConnection();
            idle.close();
            // the database restarts: sessions are gone, new ones are well
            AtomicBoolean gone = new AtomicBoolean(true);
            database.on(
                            "execute",
                            (session, args) -> {
                                if (gone.get()) {
                                    throw new SQLException("connection reset", "08006");
                                }
                                return null;
                            })
                    .on("isValid", (session, args) -> !gone.get());
            assertThatThrownBy(() -> Sql.run(first, "x")).hasMessage("connection reset");
            await("the idle one is found in the background").until(() -> database.sessions() == 2);
            first.close();
            held.close(); // was held while it happened: validated when it is borrowed again
            await().until(() -> database.sessions() == 1);
            CountDownLatch opened = new CountDownLatch(1);
            database.onConnect(
                    p -> {
                        gone.set(false);
                        opened.countDown();
                    });
            try (Connection next = app.dataSource().getConnection()) {
                Sql.run(next, "x");
            }
            assertThat(opened.getCount()).as("a new session was opened").isZero();
            await().until(() -> database.sessions() == 1);
        }
    }

    @Test
    void anErrorThatIsNotFatalDestroysNothing() throws Exception {
        FakeDatabase database =
                new FakeDatabase("notfatal")
                        .on(
                                "execute",
                                (session, args) -> {
                                    throw new SQLException("duplicate key", "23505");
                                });
        try (var app = TestApplication.start(database.pool())) {
            for (int i = 0; i < 3; i++) {
                app.request(
                        () ->
                                assertThatThrownBy(() -> Sql.run(app.connection(), "x"))
                                        .hasMessage("duplicate key"));
            }
            assertThat(database.logins()).hasSize(1);
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
    void toBeBorrowedAndNotUsedIsNoProof() throws Exception {
        FakeDatabase database = new FakeDatabase("unused");
        try (var app =
                TestApplication.start(
                        database.pool(
                                "validate-after-idle", "1500ms", "validation-interval", "off"))) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_000);
            while (System.nanoTime() < end) {
                try (Connection c = app.dataSource().getConnection()) {
                    c.createStatement().execute("select 1");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(database.calls()).as("used all the time").doesNotContain("isValid");
            while (!database.calls().contains("isValid")) {
                app.dataSource().getConnection().close();
                TimeUnit.MILLISECONDS.sleep(20);
                assertThat(System.nanoTime() - end).isLessThan(TimeUnit.SECONDS.toNanos(20));
            }
            assertThat(System.nanoTime() - end).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void warningsDoNotReachTheNextOne() throws Exception {
        FakeDatabase database = new FakeDatabase("warnings");
        try (var app = TestApplication.start(database.pool())) {
            app.dataSource().getConnection().close();
            assertThat(database.calls()).contains("clearWarnings");
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

    @Test
    void aDriverThatThrowsAnythingAtTheReturnLosesNoRoom() throws Exception {
        for (String method : new String[] {"rollback", "close", "getAutoCommit", "endRequest"}) {
            FakeDatabase database = new FakeDatabase("throwing-" + method);
            try (var app =
                    TestApplication.start(
                            database.pool("max-size", "1", "acquisition-timeout", "2s"))) {
                for (int i = 0; i < 3; i++) {
                    Connection c = app.dataSource().getConnection();
                    c.setAutoCommit(false);
                    c.createStatement().execute("x"); // left open
                    database.on(
                            method,
                            (session, args) -> {
                                throw new IllegalStateException("driver's fault");
                            });
                    c.close();
                    database.asUsual(method);
                    assertThat(app.state().active()).as(method).isZero();
                }
                app.dataSource().getConnection().close();
                if (!method.equals("close")) { // else nobody can tell whether the session ended
                    assertThat(database.mostSessions()).as(method).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void aChangeThatTheDriverDoesNotSupportLeavesTheConnectionAsItIs() throws Exception {
        FakeDatabase database =
                new FakeDatabase("unsupported")
                        .on(
                                "setTypeMap",
                                (session, args) -> {
                                    throw new SQLFeatureNotSupportedException("no type maps");
                                });
        try (var app = TestApplication.start(database.pool())) {
            app.request(
                    () ->
                            assertThatThrownBy(() -> app.connection().setTypeMap(Map.of()))
                                    .hasMessage("no type maps"));
            assertThat(log.warnings()).isEmpty();
            assertThat(database.sessions()).isEqualTo(1);
        }
    }
}
