package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.cabstand.internal.handle.ConnectionSource;
import org.cabstand.internal.pool.Pools;
import org.cabstand.internal.request.RequestConnection;
import org.cabstand.internal.request.RequestPayload;
import org.cabstand.internal.request.RequestTracker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a request, as containers tell it. */
class RequestEndTest {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    /** Beans with many names, so that some are destroyed before the connection and some after. */
    abstract static class LastWords {
        @Inject Connection connection;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void sayGoodbye() {
            try {
                SEEN.add(Sql.one(connection, "select 'goodbye'"));
            } catch (SQLException e) {
                SEEN.add(e.getMessage());
            }
        }
    }

    @RequestScoped
    static class Adam extends LastWords {}

    @RequestScoped
    static class Zoe extends LastWords {}

    @RequestScoped
    static class Mike extends LastWords {}

    @RequestScoped
    static class Quentin extends LastWords {}

    @Test
    void aPreDestroyMayUseTheConnectionAndLeaksNothing() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("lastwords", "max-size", "1"),
                        Adam.class,
                        Zoe.class,
                        Mike.class,
                        Quentin.class)) {
            for (int i = 0; i < 5; i++) {
                app.request(
                        () -> {
                            Sql.run(app.connection(), "select 1");
                            app.get(Adam.class).touch();
                            app.get(Zoe.class).touch();
                            app.get(Mike.class).touch();
                            app.get(Quentin.class).touch();
                        });
                assertThat(app.state().active()).as("after request " + i).isZero();
            }
            assertThat(SEEN).hasSize(20).containsOnly("goodbye");
        }
    }

    /** Weld gives up destroying when a bean is created meanwhile. */
    @RequestScoped
    static class CreatesAnother {
        @Inject Unrelated unrelated;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void createAnother() {
            unrelated.touch();
        }
    }

    @RequestScoped
    static class Unrelated {
        void touch() {
            // makes the container create this bean
        }
    }

    @Test
    void aContainerThatGivesUpDestroyingLeaksNothing() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("givesup", "max-size", "1"),
                        CreatesAnother.class,
                        Unrelated.class)) {
            for (int i = 0; i < 5; i++) {
                // each on a thread of its own: Weld leaves the broken context on this one
                Thread thread =
                        new Thread(
                                () -> {
                                    try {
                                        app.request(
                                                () -> {
                                                    app.get(CreatesAnother.class).touch();
                                                    SEEN.add(Sql.one(app.connection(), "select 1"));
                                                });
                                    } catch (Exception e) {
                                        SEEN.add("the container's trouble");
                                    }
                                });
                thread.start();
                thread.join();
                assertThat(app.state().active()).isZero();
            }
            assertThat(SEEN).filteredOn("1"::equals).hasSize(5);
        }
    }

    @Test
    void aRequestThatFailsGivesItsConnectionBack() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("fails"))) {
            assertThatThrownBy(
                            () ->
                                    app.request(
                                            () -> {
                                                Sql.run(app.connection(), "select 1");
                                                throw new IllegalStateException("boom");
                                            }))
                    .hasMessage("boom");
            assertThat(app.state().active()).isZero();
        }
    }

    @Test
    void withoutARequestTheContainerRefuses() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("norequest"))) {
            Connection connection = app.connection();
            assertThatThrownBy(connection::createStatement)
                    .isInstanceOf(ContextNotActiveException.class);
        }
    }

    @ApplicationScoped
    static class Worker {
        @Inject Connection connection;

        @ActivateRequestContext
        void work() throws SQLException {
            SEEN.add(Sql.one(connection, "select 'worked'"));
        }
    }

    @Test
    void anActivatedRequestContextHasItsOwnConnection() throws Exception {
        try (var app = TestApplication.start(TestApplication.h2("activated"), Worker.class)) {
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    app.get(Worker.class).work();
                                } catch (SQLException e) {
                                    SEEN.add(e.toString());
                                }
                            });
            thread.start();
            thread.join();
            assertThat(SEEN).containsExactly("worked");
            assertThat(app.state().active()).isZero();
        }
    }

    /** Some servers show an asynchronous request a bean that was destroyed before. */
    @Test
    void aRequestThatHasEndedDoesNotComeBack() throws Exception {
        Map<String, Object> attributes = new HashMap<>();
        RequestPayload payloads =
                new RequestPayload() {
                    @Override
                    public boolean isAsync(Object payload) {
                        return true;
                    }

                    @Override
                    public void setAttribute(Object payload, String name, Object value) {
                        attributes.put(name, value);
                    }

                    @Override
                    public Object takeAttribute(Object payload, String name) {
                        return attributes.remove(name);
                    }
                };
        try (var app = TestApplication.start(TestApplication.h2("ended"))) {
            ConnectionSource source = app.dataSource().unwrap(ConnectionSource.class);
            Pools owner = new Pools(getClass().getClassLoader());
            try {
                RequestTracker requests = new RequestTracker(payloads);
                RequestConnection connection = requests.create(source);
                Sql.run(connection, "select 1");
                requests.parking("request", List.of(connection));
                requests.left();
                assertThat(connection.isClosed()).as("parked").isTrue();
                requests.entered("request");
                assertThat(connection.isClosed()).as("back in its request").isFalse();
                Sql.run(connection, "select 1");
                requests.destroyed(connection);
                requests.left();
                assertThat(connection.isClosed()).as("ended").isTrue();
                requests.parking("request", List.of(connection));
                requests.left();
                requests.entered("request");
                assertThat(connection.isClosed()).as("still ended").isTrue();
                requests.left();
            } finally {
                owner.close();
            }
            assertThat(app.state().active()).isZero();
        }
    }

    /** As Payara forgets it, if asynchronous methods of MicroProfile Fault Tolerance overlap. */
    @Test
    void aRequestThatIsNeverEndedHoldsItsConnectionNotForEver() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "forgotten", "max-size", "1", "acquisition-timeout", "20s"))) {
            try (Connection connection = app.dataSource().getConnection()) {
                Sql.run(connection, "create table work (id int)");
            }
            Callable<Void> work =
                    () -> {
                        app.get(RequestContextController.class).activate();
                        Connection connection = app.connection();
                        connection.setAutoCommit(false);
                        Sql.run(connection, "insert into work values (1)");
                        SEEN.add(Sql.one(connection, "select count(*) from work"));
                        return null;
                    };
            threads.submit(work).get();
            try (Connection connection = app.dataSource().getConnection()) {
                assertThat(Sql.one(connection, "select count(*) from work")).isEqualTo("0");
            }
            threads.submit(work).get();
            assertThat(SEEN).as("what was forgotten is not there").containsExactly("1", "1");
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
