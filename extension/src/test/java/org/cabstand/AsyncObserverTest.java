package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An asynchronous observer has a request of its own, whose end Weld does not announce. */
class AsyncObserverTest {

    /** Something that has happened. */
    record Ordered(int id, boolean lastWords) {}

    @ApplicationScoped
    static class Shop {
        @Inject Event<Ordered> events;

        void order(int id, boolean lastWords) throws Exception {
            events.fireAsync(new Ordered(id, lastWords))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @ApplicationScoped
    static class Book {
        @Inject Connection connection;
        @Inject Adam adam;
        @Inject Zoe zoe;

        void ordered(@ObservesAsync Ordered event) throws SQLException {
            connection.setAutoCommit(false);
            Sql.run(connection, "insert into orders values (" + event.id() + ")");
            if (event.lastWords()) {
                adam.touch();
                zoe.touch();
            }
        }
    }

    /** Beans of different names, so that some may be destroyed before the connection and some after it. */
    abstract static class Commits {
        @Inject Connection connection;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void commit() {
            try {
                TimeUnit.MILLISECONDS.sleep(
                        100); // the pool has the time to take the connection away
                connection.commit();
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @RequestScoped
    static class Adam extends Commits {}

    @RequestScoped
    static class Zoe extends Commits {}

    private static TestApplication shop(String name) throws Exception {
        Map<String, String> settings =
                TestApplication.h2(name, "max-size", "1", "acquisition-timeout", "2s");
        TestApplication app =
                TestApplication.start(settings, Shop.class, Book.class, Adam.class, Zoe.class);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "create table orders (id int)");
        }
        return app;
    }

    private static String orders(TestApplication app) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select count(*) from orders");
        }
    }

    @Test
    void unfinishedWorkIsRolledBackAndTheConnectionReturnsAtOnce() throws Exception {
        try (TestApplication app = shop("observed")) {
            for (int i = 0; i < 20; i++) {
                app.get(Shop.class).order(i, false);
                await().atMost(Duration.ofSeconds(1)).until(() -> app.state().active() == 0);
            }
            assertThat(orders(app)).isEqualTo("0");
        }
    }

    @Test
    void lastWordsMayCommitFirst() throws Exception {
        try (TestApplication app = shop("observed-words")) {
            for (int i = 0; i < 5; i++) {
                app.get(Shop.class).order(i, true);
                await().atMost(Duration.ofSeconds(1)).until(() -> app.state().active() == 0);
            }
            assertThat(orders(app)).isEqualTo("5");
        }
    }
}
