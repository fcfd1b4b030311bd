package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who run an application look at its pools, and steer them. */
@Timeout(60)
class OperationsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CapturedLog log = new CapturedLog();
    private TestApplication app;
    private PoolOperations pool;

    private void start(Map<String, String> properties) {
        app = TestApplication.startWithJta(properties);
        pool = app.get(PoolOperations.class);
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        if (app != null) {
            app.close();
        }
        log.close();
    }

    private List<Connection> borrow(int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            borrowed.add(app.dataSource().getConnection());
        }
        return borrowed;
    }

    // what it shows

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
        held.forEach(OperationsTest::close);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
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
        held.forEach(OperationsTest::close);
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

    // eviction

    @Test
    void idleOnesAreClosedAndMinSizeIsFilledUp() throws Exception {
        FakeDatabase database = new FakeDatabase("evict-idle");
        start(database.pool("min-size", "1"));
        List<Connection> held = borrow(4);
        held.remove(0).close();
        held.remove(0).close();
        assertThat(pool.evictIdle()).isEqualTo(2);
        await().until(() -> database.sessions() == 2);
        await().until(() -> pool.state().totals().evictions().size() == 1);
        assertThat(pool.state().totals().evictions()).containsEntry("evicted by an operator", 2L);
        assertThat(log.at(Level.INFO))
                .contains(
                        "CAB0254: pool 'test': an operator has evicted 2 idle connection(s) now, and 0 in use"
                                + " when they are returned.");
        for (Connection connection : held) {
            Sql.run(connection, "x"); // nobody is disturbed
            connection.close();
        }
        assertThat(pool.evictIdle()).isEqualTo(2);
        await().until(() -> database.logins().size() == 5 && database.sessions() == 1);
    }

    @Test
    void thoseInUseAreClosedWhenTheyComeBack() throws Exception {
        FakeDatabase database = new FakeDatabase("evict-all");
        start(database.pool("max-size", "3"));
        List<Connection> held = borrow(3);
        held.remove(0).close();
        assertThat(pool.evictAll()).isEqualTo(3);
        await().until(() -> database.sessions() == 2);
        assertThat(pool.state()).extracting("active", "leaving").containsExactly(2, 2);
        assertThat(pool.state().holders()).allMatch(Holder::leaving);
        for (Connection connection : held) {
            Sql.run(connection, "x");
            connection.close();
        }
        await().until(() -> database.sessions() == 0);
        app.dataSource().getConnection().close();
        assertThat(database.logins()).hasSize(4);
        assertThat(database.mostSessions()).isEqualTo(3);
        assertThat(pool.evictAll()).isOne();
    }

    @Test
    void whatIsBeingOpenedIsReplacedToo() throws Exception {
        FakeDatabase database = new FakeDatabase("evict-opening");
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch evicted = new CountDownLatch(1);
        database.onConnect(
                properties -> {
                    connecting.countDown();
                    evicted.await();
                });
        start(database.pool("max-size", "1", "acquisition-timeout", "30s"));
        var borrower = threads.submit(() -> app.dataSource().getConnection());
        connecting.await();
        assertThat(pool.evictAll()).isZero();
        evicted.countDown();
        borrower.get().close();
        assertThat(database.logins()).hasSize(2);
        await().until(() -> database.sessions() == 1);
        assertThat(database.mostSessions()).isOne();
    }

    /** What never comes back keeps its place: the database sees no more than it may. */
    @Test
    void oneThatNeverComesBackKeepsItsPlace() throws Exception {
        FakeDatabase database = new FakeDatabase("never-back");
        start(database.pool("max-size", "1", "acquisition-timeout", "100ms"));
        Connection forgotten = app.dataSource().getConnection();
        assertThat(pool.evictAll()).isOne();
        assertThat(pool.evictAll()).as("again").isZero();
        threads.submit(
                        () ->
                                assertThatThrownBy(() -> app.dataSource().getConnection())
                                        .isInstanceOf(PoolExhaustedException.class))
                .get();
        assertThat(pool.state().leaving()).isOne();
        assertThat(database.mostSessions()).isOne();
        forgotten.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL", "H2"})
    void aTransactionGoesOnToItsEnd(TestDatabase database) throws Exception {
        start(database.pool("max-size", "1"));
        try (Connection setUp = app.dataSource().getConnection()) {
            Sql.run(setUp, "drop table if exists evicted");
            Sql.run(setUp, "create table evicted (id int)");
        }
        TransactionManager manager = app.get(TransactionManager.class);
        manager.begin();
        try (Connection first = app.dataSource().getConnection()) {
            Sql.run(first, "insert into evicted values (1)");
        }
        assertThat(pool.evictAll()).isOne();
        try (Connection again = app.dataSource().getConnection()) {
            Sql.run(again, "insert into evicted values (2)");
        }
        manager.commit();
        try (Connection connection = app.dataSource().getConnection()) {
            assertThat(Sql.one(connection, "select count(*) from evicted")).isEqualTo("2");
        }
        assertThat(pool.state().totals().opened()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "H2"})
    void aDatabaseInMemoryIsNotThrownAway(TestDatabase database) throws Exception {
        start(
                Map.of(
                        "cabstand.pool.test.url",
                        database == TestDatabase.H2 ? "jdbc:h2:mem:kept" : "jdbc:sqlite::memory:"));
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "create table kept (id int)");
        }
        assertThatThrownBy(pool::evictIdle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("CAB0124: the connections of pool 'test'");
        assertThatThrownBy(pool::evictAll).hasMessageStartingWith("CAB0124");
        try (Connection connection = app.dataSource().getConnection()) {
            assertThat(Sql.one(connection, "select count(*) from kept")).isEqualTo("0");
        }
    }

    // limits

    @Test
    void changedLimitsHoldUntilTheConfigurationItselfChanges() throws Exception {
        FakeDatabase database = new FakeDatabase("changed");
        start(database.pool("max-size", "2"));
        pool.changeLimits(1, 4, Duration.ofMillis(1500));
        await().until(() -> database.sessions() == 1);
        assertThat(pool.settings())
                .contains(
                        new Setting("max-size", "4", "PoolOperations", true),
                        new Setting("acquisition-timeout", "1.5s", "PoolOperations", true));
        app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
        borrow(4).forEach(OperationsTest::close);
        assertThat(pool.state())
                .extracting("minSize", "maxSize", "acquisitionTimeout")
                .containsExactly(1, 4, Duration.ofMillis(1500));
        app.set("cabstand.pool.test.max-size", "3");
        app.dataSource().unwrap(ConnectionPool.class).lookAtConfig();
        await().until(() -> pool.state().maxSize() == 3);
        assertThat(pool.state().acquisitionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(pool.settings())
                .contains(
                        new Setting(
                                "max-size", "3", "configuration, changed since deployment", true),
                        new Setting("acquisition-timeout", "5s", "default", false));
    }

    @Test
    void limitsThatTheConfigurationWouldRefuseAreRefused() {
        start(TestDatabase.H2.pool());
        assertThatThrownBy(() -> pool.changeLimits(-1, 0, Duration.ofDays(400)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CAB0006: 'cabstand.pool.test.max-size' is '0'")
                .hasMessageContaining("CAB0006: 'cabstand.pool.test.min-size' is '-1'")
                .hasMessageContaining("'cabstand.pool.test.acquisition-timeout' is 'PT9600H'");
        assertThatThrownBy(() -> pool.changeLimits(5, 4, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("CAB0016: 'cabstand.pool.test.min-size' is 5, more than");
        assertThat(pool.state())
                .extracting("minSize", "maxSize", "acquisitionTimeout")
                .containsExactly(0, 10, Duration.ofSeconds(5));
    }

    // beans

    @ApplicationScoped
    static class Watcher {

        @Inject
        @Pool("b")
        PoolOperations ofB;

        @Inject @Any Instance<PoolOperations> all;

        List<String> names() {
            List<String> names = new ArrayList<>(List.of(ofB.name()));
            all.forEach(one -> names.add(one.name()));
            return names;
        }
    }

    @Test
    void eachPoolHasABean() {
        Map<String, String> properties =
                Map.of(
                        "cabstand.pool.a.url", "jdbc:h2:mem:a",
                        "cabstand.pool.b.url", "jdbc:h2:mem:b",
                        "cabstand.default-pool", "a");
        app = TestApplication.start(properties, Watcher.class);
        assertThat(app.get(Watcher.class).names()).containsExactlyInAnyOrder("b", "a", "b");
        assertThat(app.get(PoolOperations.class).name()).isEqualTo("a");
    }

    @Test
    void aBeanForAPoolThatIsNotDeclaredIsAFault() {
        assertThatThrownBy(
                        () ->
                                TestApplication.start(
                                        Map.of("cabstand.pool.a.url", "jdbc:h2:mem:a"),
                                        Watcher.class))
                .hasMessageContaining("CAB0012: pool 'b'")
                .hasMessageContaining("needed by org.cabstand.OperationsTest$Watcher.ofB");
    }

    static class OwnOperations {

        @Produces
        @Pool("test")
        PoolOperations own() {
            return (PoolOperations)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {PoolOperations.class},
                            (proxy, method, args) -> "own");
        }
    }

    @Test
    void theApplicationsOwnBeanWins() {
        app = TestApplication.start(TestDatabase.H2.pool(), OwnOperations.class);
        assertThat(app.get(PoolOperations.class, Pool.Literal.of("test")).name()).isEqualTo("own");
        assertThat(app.get(PoolOperations.class).name()).isEqualTo("test");
    }
}
