package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.cabstand.internal.pool.ConnectionPool;
import org.cabstand.internal.pool.HealthProbe;
import org.junit.jupiter.api.Test;

/** A pool's readiness, whatever its database does. */
class HealthTest {

    private static HealthProbe probe(TestApplication app) throws SQLException {
        return app.dataSource().unwrap(ConnectionPool.class).probe();
    }

    /** Asks while the application starts, before the extension has started the pools, as Helidon does. */
    @ApplicationScoped
    static class AsksEarly {

        private final List<HealthProbe.Answer> answers = new ArrayList<>();

        void ask(
                @Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event,
                DataSource dataSource)
                throws SQLException {
            answers.add(dataSource.unwrap(ConnectionPool.class).probe().ask());
        }

        List<HealthProbe.Answer> answers() {
            return answers;
        }
    }

    @Test
    void aCheckThatComesBeforeTheStartIsAnsweredAndCostsNoConnection() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("asksearly", "max-size", "1"), AsksEarly.class)) {
            assertThat(app.get(AsksEarly.class).answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.up()).as(answer.toString()).isTrue());
            app.request(() -> Sql.run(app.connection(), "select 1"));
            assertThat(app.state().active()).isZero();
        }
    }

    @Test
    void aPoolWhoseDatabaseAnswersIsUp() throws Exception {
        FakeDatabase database = new FakeDatabase("healthy");
        try (var app = TestApplication.start(database.pool("max-size", "4"))) {
            HealthProbe.Answer answer = probe(app).ask();
            assertThat(answer.up()).isTrue();
            assertThat(answer.reason()).isNull();
            assertThat(answer.state().max()).isEqualTo(4);
            assertThat(answer.state().active()).isZero();
            assertThat(database.calls()).contains("isValid");
        }
    }

    @Test
    void aPoolBeforeItsFirstConnectionIsDownAndRecoversByItself() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        FakeDatabase database =
                new FakeDatabase("unready")
                        .onConnect(
                                p -> {
                                    if (down.get()) {
                                        throw new SQLException("refused", "08001");
                                    }
                                });
        try (var app = TestApplication.start(database.pool("password", "marker-secret"))) {
            HealthProbe.Answer answer = probe(app).ask();
            assertThat(answer.up()).isFalse();
            assertThat(answer.reason()).contains("refused").doesNotContain("marker-secret");
            down.set(false);
            await().atMost(Duration.ofSeconds(10)).until(() -> probe(app).ask().up());
        }
    }

    @Test
    void aFullPoolIsUpAndOpensNothingMore() throws Exception {
        FakeDatabase database = new FakeDatabase("full");
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            try (Connection c = app.dataSource().getConnection()) {
                Sql.run(c, "x");
                HealthProbe.Answer answer = probe(app).ask();
                assertThat(answer.up()).isTrue();
                assertThat(answer.state().active()).isEqualTo(1);
                assertThat(database.mostSessions()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFullPoolWhoseDatabaseDiedIsDown() throws Exception {
        FakeDatabase database =
                new FakeDatabase("fulldown")
                        .on(
                                "execute",
                                (session, args) -> {
                                    throw new SQLException("gone", "08006");
                                });
        try (var app = TestApplication.start(database.pool("max-size", "1"))) {
            try (Connection c = app.dataSource().getConnection()) {
                assertThatThrownBy(() -> Sql.run(c, "x")).hasMessage("gone");
                assertThat(probe(app).ask().up()).isFalse();
            }
        }
    }

    @Test
    void aDeadIdleConnectionIsReplacedNotReported() throws Exception {
        FakeDatabase database = new FakeDatabase("deadidle");
        try (var app = TestApplication.start(database.pool("validation-interval", "off"))) {
            app.dataSource().getConnection().close();
            AtomicBoolean first = new AtomicBoolean(true);
            database.on("isValid", (session, args) -> !first.getAndSet(false));
            assertThat(probe(app).ask().up()).isTrue();
            assertThat(database.logins()).hasSize(2);
        }
    }

    @Test
    void aSilentDatabaseIsDownWithinTheTimeoutAndProbesShareOneCheck() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        FakeDatabase database = new FakeDatabase("silent").onConnect(p -> silence.await());
        try (var app = TestApplication.start(database.pool("health.timeout", "300ms"))) {
            List<CompletableFuture<HealthProbe.Answer>> probes = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                probes.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    try {
                                        return probe(app).ask();
                                    } catch (SQLException e) {
                                        throw new AssertionError(e);
                                    }
                                },
                                task -> new Thread(task).start()));
            }
            for (CompletableFuture<HealthProbe.Answer> probe : probes) {
                assertThat(probe.get().up()).isFalse();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(3));
            assertThat(database.logins()).as("one check for all").hasSize(1);
            silence.countDown();
        }
    }

    @Test
    void aResultIsFreshForASecond() throws Exception {
        FakeDatabase database = new FakeDatabase("cached");
        try (var app = TestApplication.start(database.pool())) {
            for (int i = 0; i < 20; i++) {
                assertThat(probe(app).ask().up()).isTrue();
            }
            assertThat(database.calls().stream().filter("isValid"::equals)).hasSizeLessThan(3);
        }
    }

    @Test
    void aConnectionThatRetiresWhileItIsCheckedGoesBackOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean checking = new AtomicBoolean();
        AtomicBoolean closedMeanwhile = new AtomicBoolean();
        FakeDatabase database =
                new FakeDatabase("retiring")
                        .on(
                                "isValid",
                                (session, args) -> {
                                    checking.set(true);
                                    release.await();
                                    checking.set(false);
                                    return null;
                                })
                        .on(
                                "close",
                                (session, args) -> {
                                    closedMeanwhile.compareAndSet(false, checking.get());
                                    return null;
                                });
        try (var app =
                TestApplication.start(
                        database.pool(
                                "max-lifetime",
                                "1s",
                                "health.timeout",
                                "1200ms",
                                "validation-timeout",
                                "3s"))) {
            app.dataSource().getConnection().close();
            assertThat(probe(app).ask().up()).isFalse(); // its lifetime has ended meanwhile
            await().during(Duration.ofMillis(300)).until(() -> !closedMeanwhile.get());
            release.countDown();
            await().atMost(Duration.ofSeconds(5)).until(() -> database.sessions() == 0);
            assertThat(closedMeanwhile).isFalse();
        }
    }
}
