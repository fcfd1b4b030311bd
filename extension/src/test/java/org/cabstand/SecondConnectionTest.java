package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that takes a second connection outside of JTA is told so, with both places. */
class SecondConnectionTest {

    private final CapturedLog log = new CapturedLog();
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        other.shutdownNow();
        assertThat(other.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        log.close();
    }

    private static Connection takeFirst(TestApplication app) throws SQLException {
        return app.dataSource().getConnection();
    }

    private static Connection takeSecond(TestApplication app) throws SQLException {
        return app.dataSource().getConnection();
    }

    private static TestApplication app(String database, String what) {
        return TestApplication.startWithJta(
                TestApplication.h2(database, "multiple-acquisition", what));
    }

    @Test
    void itIsOneWarningForEachPlaceAndBothArePlacesOfTheApplication() throws Exception {
        try (var app = app("second-warn", "warn")) {
            for (int i = 0; i < 3; i++) {
                try (Connection first = takeFirst(app);
                        Connection second = takeSecond(app)) {
                    assertThat(Sql.one(first, "select 1")).isEqualTo(Sql.one(second, "select 1"));
                }
            }
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CAB0135: pool 'test': thread '")
                    .containsSubsequence(
                            "takes a second connection at " + getClass().getName() + ".takeSecond(",
                            "borrowed at " + getClass().getName() + ".takeFirst(",
                            "'cabstand.pool.test.multiple-acquisition'");
            assertThat(log.at(Level.FINE)).filteredOn(m -> m.startsWith("CAB0135")).hasSize(2);
        }
    }

    @Test
    void itFailsBeforeAnythingIsTaken() throws Exception {
        try (var app = app("second-fail", "fail")) {
            try (Connection first = takeFirst(app)) {
                assertThatThrownBy(() -> takeSecond(app))
                        .isInstanceOf(SQLException.class)
                        .hasMessageStartingWith("CAB0135")
                        .hasMessageContaining("takeFirst(");
                assertThat(app.state().active()).isOne();
                assertThat(Sql.one(first, "select 1")).isEqualTo("1");
            }
            takeSecond(app).close();
        }
    }

    @Test
    void theRequestsConnectionIsOneToo() throws Exception {
        try (var app = app("second-request", "fail")) {
            app.request(
                    () -> {
                        Sql.run(app.connection(), "select 1");
                        assertThatThrownBy(() -> takeSecond(app)).hasMessageStartingWith("CAB0135");
                        app.connection().close();
                        takeSecond(app).close();
                    });
        }
    }

    @Test
    void whatAnotherThreadUsesIsNotThisOnesAnyMore() throws Exception {
        try (var app = app("second-handed-on", "fail")) {
            try (Connection handedOn = takeFirst(app)) {
                other.submit(() -> Sql.one(handedOn, "select 1")).get(10, TimeUnit.SECONDS);
                takeSecond(app).close();
            }
        }
    }

    @Test
    void twoThreadsMayHoldOneEach() throws Exception {
        try (var app = app("second-two", "fail")) {
            try (Connection first = takeFirst(app)) {
                other.submit(
                                () -> {
                                    takeSecond(app).close();
                                    return null;
                                })
                        .get(10, TimeUnit.SECONDS);
                assertThat(first.isClosed()).isFalse();
            }
        }
    }

    @Test
    void whatATransactionHoldsDoesNotCount() throws Exception {
        try (var app = app("second-jta", "fail")) {
            TransactionManager manager = app.get(TransactionManager.class);
            try (Connection outside = takeFirst(app)) {
                outside.setAutoCommit(false);
                Sql.run(outside, "select 1");
                manager.begin();
                try (Connection inside = takeSecond(app)) {
                    assertThat(Sql.one(inside, "select 1")).isEqualTo("1");
                }
                manager.commit();
                outside.rollback();
            }
            manager.begin();
            try (Connection inside = takeFirst(app)) {
                Sql.run(inside, "select 1");
                Transaction suspended = manager.suspend();
                takeSecond(app).close();
                manager.resume(suspended);
            }
            manager.commit();
        }
    }

    @Test
    void offIsTheDefault() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("second-off"))) {
            try (Connection first = takeFirst(app);
                    Connection second = takeSecond(app)) {
                assertThat(first).isNotSameAs(second);
            }
            assertThat(log.warnings()).isEmpty();
        }
    }
}
