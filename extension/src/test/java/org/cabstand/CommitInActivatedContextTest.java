package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A {@code @PreDestroy} that commits, in a request context that a method activates. */
class CommitInActivatedContextTest extends CommittersFixture {

    @ApplicationScoped
    static class Worker {
        @Inject Connection connection;
        @Inject Instance<Committer> committers;
        @Inject Whole whole;

        @ActivateRequestContext
        void work(Class<? extends Committer> committer) throws SQLException {
            insert(connection);
            committers.select(committer).get().touch();
        }

        @ActivateRequestContext
        void workForAll() throws SQLException {
            insert(connection);
            for (Class<? extends Committer> committer : COMMITTERS) {
                committers.select(committer).get().touch();
            }
            whole.touch();
        }

        @ActivateRequestContext
        void fail() throws SQLException {
            insert(connection);
            whole.touch();
            throw new IllegalStateException("boom");
        }
    }

    @Test
    void inAnActivatedContextToo() throws Exception {
        try (var app = start(TestApplication.h2("activatedtoo", "max-size", "1"), Worker.class)) {
            Worker worker = app.get(Worker.class);
            for (Class<? extends Committer> committer : COMMITTERS) {
                worker.work(committer);
            }
            assertThat(rows(app)).isEqualTo("6");
            SEEN.clear();
            worker.workForAll();
            assertThat(SEEN).hasSize(7).containsOnly("committed");
            assertThat(rows(app)).isEqualTo("7");
            assertThat(catchThrowable(worker::fail)).hasMessage("boom");
            assertThat(rows(app)).isEqualTo("8");
        }
    }

    @Test
    void anActivatedMethodWithinARequestEndsNothing() throws Exception {
        try (var app = start(TestApplication.h2("within", "max-size", "1"), Worker.class)) {
            app.request(
                    () -> {
                        app.get(Worker.class).work(Alice.class);
                        assertThat(app.state().active()).isEqualTo(1);
                        assertThat(catchThrowable(app.get(Worker.class)::fail)).hasMessage("boom");
                        insert(app.connection());
                        assertThat(Sql.one(app.connection(), "select count(*) from work"))
                                .isEqualTo("3");
                    });
            assertThat(rows(app)).isEqualTo("3");
        }
    }

    @RequestScoped
    static class Unrelated {
        void touch() {
            // makes the container create this bean
        }
    }

    @RequestScoped
    static class Spoiler {
        @Inject Unrelated unrelated;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void createAnother() {
            unrelated.touch();
        }
    }

    @ApplicationScoped
    static class SpoiledWorker {
        @Inject Connection connection;
        @Inject Spoiler spoiler;

        @ActivateRequestContext
        void work() throws SQLException {
            insert(connection);
            spoiler.touch();
        }
    }

    /** Weld then fires no event for the end of an activated context. */
    @Test
    void aContainerThatGivesUpLeaksNothingInAnActivatedContext() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("spoiled", "max-size", "1"),
                        SpoiledWorker.class,
                        Spoiler.class,
                        Unrelated.class)) {
            createTable(app);
            Thread thread =
                    new Thread(
                            () ->
                                    SEEN.add(
                                            ""
                                                    + catchThrowable(
                                                            app.get(SpoiledWorker.class)::work)));
            thread.start();
            thread.join();
            assertThat(SEEN).hasSize(1);
            assertThat(app.state().active()).isZero();
        }
    }
}
