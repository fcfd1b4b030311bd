package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.cabstand.internal.handle.PoolDataSource;
import org.junit.jupiter.api.Test;

/** From deployment to undeployment. */
class LifeCycleTest {

    @ApplicationScoped
    static class NeedsUnknown {
        @Inject
        @Pool("nowhere")
        DataSource dataSource;

        @Inject Connection connection;
    }

    @Test
    void aDeploymentWithFaultsFailsWithAllOfThem() {
        assertThatThrownBy(
                        () ->
                                TestApplication.start(
                                        Map.of(
                                                "cabstand.pool.a.url", "jdbc:nosuch:x",
                                                "cabstand.pool.b.url", "jdbc:h2:mem:b",
                                                "cabstand.pool.b.driver", "com.acme.Driver",
                                                "cabstand.pool.b.max-size", "3",
                                                "cabstand.pool.c.url", "jdbc:postgresql:x",
                                                "cabstand.pool.c.max-size", "x"),
                                        NeedsUnknown.class))
                .hasMessageContaining("CAB0001: 5 fault(s)")
                .hasMessageContaining("CAB0012: pool 'nowhere'")
                .hasMessageContaining(
                        "needed by org.cabstand.LifeCycleTest$NeedsUnknown.dataSource")
                .hasMessageContaining("CAB0010")
                .hasMessageContaining("org.cabstand.LifeCycleTest$NeedsUnknown.connection")
                .hasMessageContaining("CAB0014")
                .hasMessageContaining("jdbc:nosuch:x")
                .hasMessageContaining("CAB0013")
                .hasMessageContaining("(com.h2database:h2)")
                .hasMessageContaining("CAB0002");
    }

    @Test
    void aDriverClassAndADataSourceClassCanBeNamed() throws Exception {
        for (String type : new String[] {"org.h2.Driver", "org.h2.jdbcx.JdbcDataSource"}) {
            try (var app =
                    TestApplication.start(
                            TestApplication.h2("named", "driver", type, "username", "sa"))) {
                try (Connection c = app.dataSource().getConnection()) {
                    assertThat(Sql.one(c, "select 42")).isEqualTo("42");
                }
            }
        }
    }

    @Test
    void aClassThatIsNoDriverIsAFault() {
        assertThatThrownBy(
                        () ->
                                TestApplication.start(
                                        TestApplication.h2("x", "driver", "java.lang.String")))
                .hasMessageContaining("CAB0015")
                .hasMessageContaining("neither a Driver nor a DataSource");
    }

    @Test
    void anInactivePoolFailsWhenUsed() throws Exception {
        try (var app = TestApplication.start(Map.of("cabstand.pool.test.active", "false"))) {
            assertThatThrownBy(() -> app.dataSource().getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("CAB0106")
                    .hasMessageContaining("'cabstand.pool.test.active'");
            app.request(
                    () ->
                            assertThatThrownBy(() -> app.connection().createStatement())
                                    .hasMessageStartingWith("CAB0106"));
        }
    }

    @Test
    void undeploymentLetsWhatIsBorrowedFinish() throws Exception {
        FakeDatabase database = new FakeDatabase("drain");
        var app = TestApplication.start(database.pool("drain-timeout", "30s"));
        DataSource pool = app.dataSource().unwrap(PoolDataSource.class);
        Connection borrowed = pool.getConnection();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(app::close);
        await().untilAsserted(
                        () ->
                                assertThatThrownBy(pool::getConnection)
                                        .hasMessageStartingWith("CAB0105"));
        assertThat(closed).isNotDone();
        Sql.run(borrowed, "x");
        borrowed.close();
        closed.get(10, TimeUnit.SECONDS);
        assertThat(database.sessions()).isZero();
    }

    @Test
    void undeploymentDoesNotWaitForEver() throws Exception {
        FakeDatabase database = new FakeDatabase("nodrain");
        try (CapturedLog log = new CapturedLog()) {
            var app = TestApplication.start(database.pool("drain-timeout", "100ms"));
            Connection borrowed = app.dataSource().getConnection();
            app.close();
            assertThat(database.sessions()).isZero();
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("CAB0206: pool 'test': 1 connection(s) still in use after 0.1s")
                    .contains(Thread.currentThread().getName());
            borrowed.close();
        }
    }

    /** The thread that opened a connection may still be at it when the borrower already has it. */
    @Test
    void undeploymentTakesNothingFromABorrower() throws Exception {
        for (int i = 0; i < 50; i++) {
            FakeDatabase database = new FakeDatabase("keeps" + i);
            var app = TestApplication.start(database.pool("drain-timeout", "30s"));
            Connection borrowed = app.dataSource().getConnection();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(app::close);
            assertThat(database.sessions()).isEqualTo(1);
            Sql.run(borrowed, "x");
            TimeUnit.MILLISECONDS.sleep(5);
            assertThat(database.sessions()).isEqualTo(1);
            borrowed.close();
            closed.get(10, TimeUnit.SECONDS);
            assertThat(database.sessions()).isZero();
        }
    }

    @Test
    void undeploymentSendsWaitersAway() throws Exception {
        FakeDatabase database = new FakeDatabase("sentaway");
        var app =
                TestApplication.start(
                        database.pool(
                                "max-size",
                                "1",
                                "acquisition-timeout",
                                "60s",
                                "drain-timeout",
                                "0s"));
        DataSource pool = app.dataSource().unwrap(PoolDataSource.class);
        Connection borrowed = pool.getConnection();
        CompletableFuture<Throwable> waiter =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                pool.getConnection().close();
                                return null;
                            } catch (SQLException e) {
                                return e;
                            }
                        });
        await().until(() -> app.state().waiting() == 1);
        app.close();
        assertThat(waiter.get(10, TimeUnit.SECONDS)).hasMessageStartingWith("CAB0105");
        borrowed.close();
    }

    @Test
    void noThreadOutlivesTheApplication() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("threads", "min-size", "2"))) {
            await().until(() -> app.state().idle() == 2);
            assertThat(TestApplication.poolThreads()).isPositive();
        }
        await().until(() -> TestApplication.poolThreads() == 0);
    }

    @Test
    void agroalIsSeenButNotTouched() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("view", "max-size", "7"))) {
            AgroalDataSource view = app.dataSource().unwrap(AgroalDataSource.class);
            assertThat(view.getConfiguration().connectionPoolConfiguration().maxSize())
                    .isEqualTo(7);
            try (Connection c = view.getConnection()) {
                assertThat(view.getMetrics().activeCount()).isEqualTo(1);
                assertThat(c.isClosed()).isFalse();
            }
            assertThatThrownBy(() -> view.flush(AgroalDataSource.FlushMode.ALL))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("CAB0111");
            assertThatThrownBy(() -> view.isHealthy(true))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(view::close).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> app.dataSource().getConnection("a", "b"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("CAB0110");
        }
    }

    @Test
    void everyBorrowIsCounted() throws Exception {
        try (var app =
                TestApplication.start(TestApplication.h2("counted", "max-lifetime", "150ms"))) {
            AgroalDataSource view = app.dataSource().unwrap(AgroalDataSource.class);
            for (int i = 0; i < 50; i++) {
                app.dataSource().getConnection().close();
                TimeUnit.MILLISECONDS.sleep(10);
            }
            assertThat(view.getMetrics().creationCount()).as("some were replaced").isPositive();
            await().until(() -> view.getMetrics().destroyCount() > 1);
            assertThat(view.getMetrics().acquireCount()).isEqualTo(50);
            assertThat(view.getMetrics().activeCount()).isZero();
        }
    }

    @Test
    void metricsAsTextSayWhatTheirGettersSay() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("as-text"))) {
            AgroalDataSourceMetrics metrics =
                    app.dataSource().unwrap(AgroalDataSource.class).getMetrics();
            assertThat(metrics.maxUsedCount()).isZero();
            for (int i = 0; i < 50; i++) {
                app.dataSource().getConnection().close();
            }
            try (Connection inUse = app.dataSource().getConnection()) {
                assertThat(inUse.isValid(1)).isTrue();
                assertThat(metrics)
                        .hasToString(
                                """
                                pool 'test'
                                connections: %d created, 0 invalid, 0 reaped, 0 flushed, 0 destroyed
                                now: 1 active, %d available, %d at most so far; 0 waiting
                                so far: 51 acquired, 0 leaks
                                creating took %d ms on average, %d ms at most"""
                                        .formatted(
                                                metrics.creationCount(),
                                                metrics.availableCount(),
                                                metrics.maxUsedCount(),
                                                metrics.creationTimeAverage().toMillis(),
                                                metrics.creationTimeMax().toMillis()));
            }
        }
    }
}
