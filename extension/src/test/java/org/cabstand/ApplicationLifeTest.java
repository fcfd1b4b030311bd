package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work when the application starts and when it ends, on a pool of one connection. All of it is left unfinished. */
class ApplicationLifeTest {

    private static final String URL = "jdbc:h2:mem:life;DB_CLOSE_DELAY=-1";

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private static void insert(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "insert into ride values (1)");
    }

    private static void insertInto(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            insert(connection);
        }
    }

    /** Works in a request of its own. */
    @ApplicationScoped
    static class Worker {

        @Inject Connection connection;

        @ActivateRequestContext
        void work() throws SQLException {
            insert(connection);
        }
    }

    /** Hears of everything. */
    @ApplicationScoped
    static class Observers {

        @Inject DataSource pool;
        @Inject Worker worker;

        private void work(String event) throws SQLException {
            insertInto(pool);
            worker.work();
            SEEN.add(event);
        }

        void initialized(@Observes @Initialized(ApplicationScoped.class) Object event)
                throws SQLException {
            work("initialized");
        }

        void first(@Observes @Priority(1) Startup event) throws SQLException {
            work("startup");
        }

        void last(@Observes Shutdown event) throws SQLException {
            work("shutdown");
        }

        void before(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event)
                throws SQLException {
            work("before destroyed");
        }

        void after(@Observes @Destroyed(ApplicationScoped.class) Object event) throws SQLException {
            insertInto(pool);
            SEEN.add("destroyed");
        }
    }

    /** Begins and ends with work. A container gives each {@code @PostConstruct} a request. */
    @ApplicationScoped
    static class Whole {

        @Inject Connection connection;
        @Inject DataSource pool;

        void touch() {
            // makes the container create this bean
        }

        @PostConstruct
        void begin() {
            try {
                insert(connection);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            SEEN.add("begun");
        }

        @PreDestroy
        void end() {
            try {
                insertInto(pool);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            SEEN.add("ended");
        }
    }

    @BeforeEach
    void createTable() throws SQLException {
        SEEN.clear();
        try (Connection connection = DriverManager.getConnection(URL)) {
            Sql.run(connection, "create table if not exists ride (id int)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void thePoolWorksFromTheFirstEventToTheLast(String autoCommit) throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2(
                                "life",
                                "max-size",
                                "1",
                                "acquisition-timeout",
                                "1s",
                                "auto-commit",
                                autoCommit),
                        Worker.class,
                        Observers.class,
                        Whole.class)) {
            assertThat(SEEN).containsExactly("initialized", "startup");
            app.get(Whole.class).touch();
            assertThat(SEEN).last().isEqualTo("begun");
            assertThat(app.state().active()).isZero();
        }
        assertThat(SEEN).contains("shutdown", "before destroyed", "ended", "destroyed");
        try (Connection connection = DriverManager.getConnection(URL)) {
            assertThat(Sql.one(connection, "select count(*) from ride")).isEqualTo("0");
        }
    }
}
