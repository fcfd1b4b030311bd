package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.cabstand.internal.pool.ConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who run an application evict connections of its pools, and change limits. */
@Timeout(60)
class SteeredPoolTest extends OperationsFixture {

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
        borrow(4).forEach(OperationsFixture::close);
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
}
