package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A config source that changes while the application runs. */
class ChangedLimitsTest {

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static void set(TestApplication app, String key, String value) throws SQLException {
        app.set("cabstand.pool.test." + key, value);
        app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
    }

    private static List<Connection> borrow(TestApplication app, int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            borrowed.add(app.dataSource().getConnection());
        }
        return borrowed;
    }

    @Test
    void aChangeIsFoundWithoutBeingTold() throws Exception {
        FakeDatabase database = new FakeDatabase("found");
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            app.set("cabstand.pool.test.max-size", "2");
            await().atMost(Duration.ofSeconds(15)).until(() -> app.state().max() == 2);
            assertThat(log.at(Level.INFO))
                    .contains(
                            "CAB0221: pool 'test': from now on min-size is 0, max-size is 2 and"
                                    + " acquisition-timeout is 5s.");
        }
    }

    @Test
    void aHigherMaxSizeLetsWaitersIn() throws Exception {
        FakeDatabase database = new FakeDatabase("higher");
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "1", "acquisition-timeout", "60s"))) {
            Connection first = app.dataSource().getConnection();
            try (Traffic traffic = new Traffic(0, app.dataSource(), c -> {})) {
                traffic.add(1);
                await().until(() -> app.state().waiting() == 1);
                set(app, "max-size", "2");
                traffic.serve(1);
            }
            first.close();
            assertThat(database.mostSessions()).isEqualTo(2);
        }
    }

    @Test
    void aLowerMaxSizeClosesIdleOnesAtOnceAndOthersAtTheReturn() throws Exception {
        FakeDatabase database = new FakeDatabase("lower");
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "8", "acquisition-timeout", "100ms"))) {
            List<Connection> held = borrow(app, 8);
            for (int i = 0; i < 3; i++) {
                held.remove(0).close();
            }
            set(app, "max-size", "2");
            await().until(() -> database.sessions() == 5);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContaining("5 of 2 in use");
            for (Connection connection : held) {
                Sql.run(connection, "x"); // nobody is disturbed
            }
            for (Connection connection : held.subList(0, 3)) {
                connection.close();
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .isInstanceOf(PoolExhaustedException.class);
            }
            await().until(() -> database.sessions() == 2);
            for (Connection connection : held.subList(3, 5)) {
                connection.close();
            }
            borrow(app, 2);
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContaining("2 of 2 in use");
        }
    }

    @Test
    void aLowerMaxSizeClosesNoMoreThanItMust() throws Exception {
        FakeDatabase database = new FakeDatabase("no-more");
        try (var app = TestApplication.start(database.pool("max-size", "8"))) {
            for (Connection connection : borrow(app, 8)) {
                connection.close();
            }
            set(app, "max-size", "5");
            await().until(() -> database.sessions() <= 5);
            await().during(Duration.ofMillis(500)).until(() -> database.sessions() == 5);
        }
    }

    @Test
    void minSizeIsFilledUpWhenItIsRaised() throws Exception {
        FakeDatabase database = new FakeDatabase("raised");
        try (var app = TestApplication.start(database.pool("idle-timeout", "100ms"))) {
            app.dataSource().getConnection().close();
            set(app, "min-size", "4");
            await().until(() -> app.state().idle() == 4);
            assertThat(
                            app.dataSource()
                                    .unwrap(AgroalDataSource.class)
                                    .getConfiguration()
                                    .connectionPoolConfiguration()
                                    .minSize())
                    .isEqualTo(4);
            set(app, "min-size", "1");
            await("the others are idle for too long").until(() -> database.sessions() == 1);
        }
    }

    @Test
    void bothMayMoveAtOnceInEitherDirection() throws Exception {
        FakeDatabase database = new FakeDatabase("both");
        try (var app = TestApplication.start(database.pool("min-size", "2", "max-size", "3"))) {
            for (int[] sizes : new int[][] {{6, 8}, {1, 2}, {5, 5}, {0, 1}}) {
                app.set("cabstand.pool.test.min-size", "" + sizes[0]);
                set(app, "max-size", "" + sizes[1]);
                await().until(() -> app.state().max() == sizes[1]);
                await().until(
                                () ->
                                        database.sessions() >= sizes[0]
                                                && database.sessions() <= sizes[1]);
            }
        }
    }

    @Test
    void theAcquisitionTimeoutHoldsForTheNextBorrow() throws Exception {
        FakeDatabase database = new FakeDatabase("sooner");
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "1", "acquisition-timeout", "10m"))) {
            try (Connection held = app.dataSource().getConnection()) {
                set(app, "acquisition-timeout", "50ms");
                await().until(
                                () ->
                                        log.at(Level.INFO).stream()
                                                .anyMatch(m -> m.startsWith("CAB0221")));
                assertThatThrownBy(() -> app.dataSource().getConnection())
                        .hasMessageContaining("no connection within 0.05s");
                assertThat(held.isClosed()).isFalse();
            }
        }
    }

    @Test
    void aFaultyChangeIsReportedOnceAndTheOldValuesStay() throws Exception {
        FakeDatabase database = new FakeDatabase("faulty");
        try (var app = TestApplication.start(database.pool("max-size", "3"))) {
            app.set("cabstand.pool.test.acquisition-timeout", "9s");
            set(app, "max-size", "many");
            await().until(() -> !log.warnings().isEmpty());
            assertThat(log.warnings().get(0))
                    .startsWith("CAB0222: pool 'test'")
                    .contains("CAB0002: 'cabstand.pool.test.max-size' is 'many'");
            app.set("cabstand.pool.test.max-size", "3");
            set(app, "min-size", "7");
            await().until(() -> log.warnings().size() == 2);
            assertThat(log.warnings().get(1))
                    .contains("CAB0016: 'cabstand.pool.test.min-size' is 7, more than");
            assertThat(app.state()).isEqualTo(new PoolCounts(0, 0, 3, 0, 0));
            set(app, "min-size", "7");
            set(app, "min-size", "1");
            await().until(() -> app.state().idle() == 1);
            assertThat(log.warnings()).as("each once").hasSize(2);
            assertThat(log.at(Level.INFO).stream().filter(m -> m.startsWith("CAB0221")))
                    .as("what was right in a faulty change was not followed either")
                    .singleElement()
                    .asString()
                    .contains("min-size is 1, max-size is 3 and acquisition-timeout is 9s");
        }
    }

    /** As a source does that tells how long it has waited, or which of its servers has failed. */
    @Test
    void faultsThatDifferEachTimeAreOneTrouble() throws Exception {
        FakeDatabase database = new FakeDatabase("always-another");
        try (var app = TestApplication.start(database.pool("max-size", "3"))) {
            for (int i = 1; i <= 8; i++) {
                String value = "many" + i;
                set(app, "max-size", value);
                await().until(() -> log.everything().stream().anyMatch(m -> m.contains(value)));
            }
            assertThat(log.warnings()).as("three in a row, and one for all others").hasSize(4);
            set(app, "max-size", "4");
            await().until(() -> app.state().max() == 4);
            set(app, "max-size", "few");
            await().until(() -> log.warnings().size() == 5);
        }
    }

    @Test
    void theLimitThatHoldsIsNeverExceededUnderLoad() throws Exception {
        FakeDatabase database = new FakeDatabase("resized");
        try (var app =
                TestApplication.start(
                        database.pool("max-size", "2", "acquisition-timeout", "30s"))) {
            try (Traffic traffic =
                    new Traffic(16, app.dataSource(), connection -> Sql.run(connection, "x"))) {
                for (int size : new int[] {12, 3, 9, 1, 6}) {
                    set(app, "max-size", "" + size);
                    await().until(() -> app.state().max() == size);
                    await().until(() -> database.sessions() <= size);
                    database.forgetMostSessions();
                    traffic.serve(500);
                    assertThat(database.mostSessions()).isLessThanOrEqualTo(size);
                }
                assertThat(traffic.failures()).isEmpty();
            }
            assertThat(app.state().active()).isZero();
            assertThat(app.state().idle()).isEqualTo(database.sessions());
        }
    }
}
