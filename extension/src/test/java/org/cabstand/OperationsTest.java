package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those who run an application see of its pools. */
@Timeout(60)
class OperationsTest extends OperationsFixture {

    @ParameterizedTest
    @EnumSource
    void theDatabaseHasAName(TestDatabase database) throws Exception {
        start(database.pool());
        assertThat(pool.state().database()).isNull();
        app.dataSource().getConnection().close();
        String product =
                switch (database) {
                    case POSTGRESQL -> "PostgreSQL \\d+.*";
                    case MARIADB, MYSQL -> "(MariaDB|MySQL) .*\\d+\\.\\d+.*";
                    default -> "(?i)" + database + " \\d+\\..*";
                };
        assertThat(pool.state().database()).matches(product);
    }

    @Test
    void aDriverThatCannotNameItCostsNothing() throws Exception {
        FakeDatabase database = new FakeDatabase("nameless");
        database.on(
                "getMetaData",
                (session, args) -> {
                    throw new AbstractMethodError("of a very old driver");
                });
        start(database.pool());
        app.dataSource().getConnection().close();
        assertThat(pool.state().database()).isNull();
        assertThat(database.logins()).hasSize(1);
    }

    @Test
    void theCountsAreThoseOfNow() throws Exception {
        start(TestDatabase.H2.pool("max-size", "4", "min-size", "1", "acquisition-timeout", "3s"));
        Instant before = Instant.now();
        List<Connection> held = borrow(3);
        held.remove(0).close();
        PoolState state = pool.state();
        assertThat(state.pool()).isEqualTo("test");
        assertThat(state.at()).isBetween(before, Instant.now());
        assertThat(state)
                .extracting(
                        PoolState::active,
                        PoolState::idle,
                        PoolState::waiting,
                        PoolState::leaving,
                        PoolState::minSize,
                        PoolState::maxSize,
                        PoolState::acquisitionTimeout,
                        PoolState::suspended,
                        PoolState::trouble)
                .containsExactly(2, 1, 0, 0, 1, 4, Duration.ofSeconds(3), false, null);
        assertThat(state.url()).startsWith("jdbc:h2:mem:contract");
        assertThat(state.totals().borrows()).isEqualTo(3);
        assertThat(state.totals().opened()).isEqualTo(3);
        assertThat(pool.counts()).isEqualTo(new PoolCounts(2, 1, 4, 0, 0));
        held.forEach(OperationsFixture::close);
    }

    @Test
    void whoHoldsAConnectionIsSeenAtWork() throws Exception {
        start(TestDatabase.H2.pool());
        CountDownLatch end = new CountDownLatch(1);
        threads.submit(
                () -> {
                    Thread.currentThread().setName("report");
                    try (Connection connection = app.dataSource().getConnection()) {
                        return render(connection, end);
                    }
                });
        await().until(() -> pool.state().active() == 1);
        await().untilAsserted(
                        () ->
                                assertThat(pool.state().holders().get(0).frame())
                                        .startsWith("org.cabstand.OperationsTest.render(Op"));
        PoolState state = pool.state();
        Holder holder = state.holders().get(0);
        assertThat(state.holders()).hasSize(1);
        assertThat(holder.thread()).isEqualTo("report");
        assertThat(holder.since()).isBetween(state.at().minusSeconds(30), state.at());
        assertThat(holder.borrowedAt()).as("nobody has noted it").isNull();
        assertThat(holder.note()).isNull();
        assertThat(holder.stack()).anyMatch(frame -> frame.contains("CountDownLatch.await"));
        assertThat(holder.leaving()).isFalse();
        end.countDown();
        await().until(() -> pool.state().holders().isEmpty());
    }

    private static boolean render(Connection connection, CountDownLatch end)
            throws InterruptedException, SQLException {
        end.await();
        return connection.isClosed();
    }

    @Test
    void whoForgetsAConnectionIsSeenToo() throws Exception {
        start(TestDatabase.H2.pool("leak-timeout", "10m"));
        Connection forgotten =
                threads.submit(
                                () -> {
                                    Thread.currentThread().setName("forgetful");
                                    return app.dataSource().getConnection();
                                })
                        .get();
        await().untilAsserted(
                        () ->
                                assertThat(pool.state().holders().get(0).note())
                                        .isEqualTo(
                                                "that thread is idle now: the connection was not"
                                                        + " returned"));
        Holder holder = pool.state().holders().get(0);
        assertThat(holder.thread()).isEqualTo("forgetful");
        assertThat(holder.frame()).isNull();
        assertThat(holder.stack()).isEmpty();
        assertThat(holder.borrowedAt()).contains("org.cabstand.OperationsTest.");
        forgotten.close();
    }

    @Test
    void theOldestHoldersComeFirstAndNotAllOfThem() throws Exception {
        FakeDatabase database = new FakeDatabase("many-holders");
        start(database.pool("max-size", "60"));
        List<Connection> held = borrow(60);
        List<Holder> holders = pool.state().holders();
        assertThat(holders).hasSize(50);
        assertThat(holders).isSortedAccordingTo((a, b) -> a.since().compareTo(b.since()));
        assertThat(pool.state().active()).isEqualTo(60);
        held.forEach(OperationsFixture::close);
    }

    @Test
    void settingsSayWhereTheyComeFromAndNoSecret() {
        Map<String, String> properties =
                TestDatabase.H2.pool(
                        "username", "sa",
                        "password", "geheim",
                        "max-size", "7",
                        "initial-sql", "set password 'geheim'",
                        "properties.TRACE_LEVEL_FILE", "0");
        properties.put("cabstand.defaults.min-size", "1");
        properties.put("cabstand.defaults.health.timeout", "1s");
        start(properties);
        List<Setting> settings = pool.settings();
        assertThat(settings.toString()).doesNotContain("geheim");
        assertThat(settings)
                .contains(
                        new Setting("max-size", "7", "test", true),
                        new Setting("min-size", "1", "test", true),
                        new Setting("health.timeout", "1s", "test", false),
                        new Setting("acquisition-timeout", "5s", "default", false),
                        new Setting("username", "***", "test", true),
                        new Setting("password", "***", "test", true),
                        new Setting("initial-sql", "***", "test", true),
                        new Setting("properties.TRACE_LEVEL_FILE", "0", "test", true));
        assertThat(settings.get(0).key()).isEqualTo("url");
    }

    @Test
    void aPresetIsNoDefault() {
        start(Map.of("cabstand.pool.test.url", "jdbc:h2:mem:preset"));
        assertThat(pool.settings())
                .contains(new Setting("min-size", "1", "preset of the database", true));
    }

    @Test
    void whatIsWrongIsKnownWithoutAsking() throws Exception {
        FakeDatabase database = new FakeDatabase("trouble");
        database.onConnect(
                properties -> {
                    throw new SQLException("no such host", "08001");
                });
        start(database.pool("acquisition-timeout", "200ms"));
        assertThat(pool.state().trouble()).isNull();
        assertThatThrownBy(() -> app.dataSource().getConnection()).isInstanceOf(SQLException.class);
        assertThat(pool.state().trouble()).contains("no such host");
        assertThat(pool.readiness().ready()).isFalse();
    }

    @Test
    void aPoolThatIsNotActiveSaysSo() {
        start(Map.of("cabstand.pool.test.active", "false"));
        PoolState state = pool.state();
        assertThat(state.trouble()).isEqualTo("not active");
        assertThat(state.url()).isNull();
        assertThat(pool.readiness()).isEqualTo(new Readiness(false, "not active"));
        assertThatThrownBy(pool::suspend)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CAB0106");
    }
}
