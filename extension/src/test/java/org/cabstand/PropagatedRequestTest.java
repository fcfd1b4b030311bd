package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cabstand.TestApplication.Work;
import org.jboss.weld.context.WeldAlterableContext;
import org.jboss.weld.context.api.ContextualInstance;
import org.jboss.weld.context.bound.BoundLiteral;
import org.jboss.weld.context.bound.BoundRequestContext;
import org.jboss.weld.manager.api.WeldManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A request whose beans another thread has, too, as MicroProfile Context Propagation gives them to it. No event tells
 * that it does, or when it is done.
 */
class PropagatedRequestTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static TestApplication start(TestDatabase database) throws SQLException {
        TestApplication app =
                TestApplication.start(database.pool("max-size", "1", "acquisition-timeout", "2s"));
        TransactionFixture.create(app.dataSource());
        return app;
    }

    /** Runs something on another thread, with what the calling thread's request has by now. */
    private Future<?> propagate(TestApplication app, Work work) {
        WeldManager weld = app.get(WeldManager.class);
        WeldAlterableContext request = weld.getActiveWeldAlterableContexts().iterator().next();
        Collection<ContextualInstance<?>> beans = request.getAllContextualInstances();
        return threads.submit(
                () -> {
                    BoundRequestContext context =
                            app.get(BoundRequestContext.class, BoundLiteral.INSTANCE);
                    context.associate(new HashMap<>());
                    context.activate();
                    try {
                        context.clearAndSet(beans);
                        work.run();
                    } finally {
                        context.deactivate();
                    }
                    return null;
                });
    }

    private static void insert(TestApplication app) throws SQLException {
        Connection connection = app.connection();
        connection.setAutoCommit(false);
        Sql.run(connection, "insert into ride values (1)");
    }

    private static void assertNothingIsLeft(TestApplication app) throws SQLException {
        await().atMost(SOON).until(() -> app.state().active() == 0);
        assertThat(TransactionFixture.rides(app.dataSource())).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theRequestsEndIsTheOtherThreadsToo(TestDatabase database) throws Exception {
        try (var app = start(database)) {
            CountDownLatch ended = new CountDownLatch(1);
            Throwable[] failure = new Throwable[1];
            Future<?>[] other = new Future<?>[1];
            app.request(
                    () -> {
                        insert(app);
                        CountDownLatch begun = new CountDownLatch(1);
                        other[0] =
                                propagate(
                                        app,
                                        () -> {
                                            insert(app);
                                            begun.countDown();
                                            ended.await();
                                            failure[0] = catchThrowable(() -> insert(app));
                                        });
                        begun.await();
                    });
            assertNothingIsLeft(app);
            ended.countDown();
            other[0].get(10, TimeUnit.SECONDS);
            assertThat(failure[0]).hasMessageStartingWith("CAB0107");
            assertNothingIsLeft(app);
        }
    }

    /** The other thread is in the middle of a statement when the request ends. */
    @Test
    void aStatementThatRunsIsNobodyElses() throws Exception {
        try (var app = start(TestDatabase.POSTGRESQL)) {
            Future<?>[] other = new Future<?>[1];
            app.request(
                    () -> {
                        insert(app);
                        other[0] =
                                propagate(
                                        app,
                                        () ->
                                                Sql.run(
                                                        app.connection(),
                                                        "insert into ride select 1 from"
                                                                + " pg_sleep(0.5)"));
                        await().until(() -> isSleeping());
                    });
            assertNothingIsLeft(app);
            catchThrowable(() -> other[0].get(10, TimeUnit.SECONDS));
            assertThat(other[0]).isDone();
            assertNothingIsLeft(app);
        }
    }

    private static boolean isSleeping() throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            return "1"
                    .equals(
                            Sql.one(
                                    admin,
                                    "select count(*) from pg_stat_activity where wait_event ="
                                            + " 'PgSleep'"));
        }
    }
}
