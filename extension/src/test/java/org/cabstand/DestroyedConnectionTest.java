package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who destroys a request's connection before the request ends. */
class DestroyedConnectionTest extends CommittersFixture {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoDestroysTheConnectionHimselfGetsAnotherOne(boolean unfinished) throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("himself" + unfinished, "max-size", "1"),
                        Destroyer.class)) {
            createTable(app);
            app.request(
                    () -> {
                        Instance<Connection> connections = app.get(Destroyer.class).connections();
                        if (unfinished) {
                            insert(connections.get());
                        } else {
                            Sql.run(connections.get(), "select 1");
                        }
                        connections.destroy(connections.get());
                        // unfinished work may wait for the request's end, but needs not
                        assertThat(app.state().active()).isLessThanOrEqualTo(unfinished ? 1 : 0);
                        assertThat(Sql.one(app.connection(), "select count(*) from work"))
                                .isEqualTo("0");
                        assertThat(app.state().active()).isEqualTo(1);
                    });
            assertThat(rows(app)).isEqualTo("0");
        }
    }

    @RequestScoped
    static class Destroyer {
        @Inject Instance<Connection> connections;

        Instance<Connection> connections() {
            return connections;
        }
    }

    /** The thread is gone, and nobody tells of an end. */
    @Test
    void whatNobodyEndsIsTakenBackByTheHousekeeper() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("housekeeper", "max-size", "1"), Destroyer.class)) {
            createTable(app);
            Thread thread =
                    new Thread(() -> SEEN.add("" + catchThrowable(() -> destroyWithoutEnd(app))));
            thread.start();
            thread.join();
            assertThat(SEEN).containsExactly("null");
            await().atMost(Duration.ofSeconds(15)).until(() -> app.state().active() == 0);
            assertThat(rows(app)).isEqualTo("0");
        }
    }

    private static void destroyWithoutEnd(TestApplication app) {
        app.get(RequestContextController.class).activate();
        Instance<Connection> connections = app.get(Destroyer.class).connections();
        try {
            insert(connections.get());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        connections.destroy(connections.get());
    }
}
