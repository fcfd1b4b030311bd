package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A request's work that a bean commits in its {@code @PreDestroy}: a container destroys the beans of a
 * request in an order of its own, the connection among them.
 */
class CommitInPreDestroyTest {

    private static final List<String> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    /** A bean that works when it is destroyed; its subclasses differ only in name. */
    abstract static class Committer {
        @Inject Connection connection;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void commit() {
            try {
                if (connection.getAutoCommit()) {
                    connection.setAutoCommit(false);
                    Sql.run(connection, "insert into work values ('alone')");
                }
                connection.commit();
                SEEN.add("committed");
            } catch (SQLException | RuntimeException e) {
                SEEN.add(e.toString());
            }
        }
    }

    @RequestScoped
    static class Alice extends Committer {}

    @RequestScoped
    static class Bob extends Committer {}

    @RequestScoped
    static class Carol extends Committer {}

    @RequestScoped
    static class Dave extends Committer {}

    @RequestScoped
    static class Eve extends Committer {}

    @RequestScoped
    static class Mallory extends Committer {}

    @Dependent
    static class Part extends Committer {}

    @RequestScoped
    static class Whole {
        @Inject Part part;

        void touch() {
            part.touch();
        }
    }

    private static final List<Class<? extends Committer>> COMMITTERS =
            List.of(Alice.class, Bob.class, Carol.class, Dave.class, Eve.class, Mallory.class);

    private static final Class<?>[] BEANS = {
        Alice.class,
        Bob.class,
        Carol.class,
        Dave.class,
        Eve.class,
        Mallory.class,
        Part.class,
        Whole.class,
        Worker.class
    };

    private static TestApplication start(Map<String, String> properties) throws SQLException {
        TestApplication app = TestApplication.start(properties, BEANS);
        createTable(app);
        return app;
    }

    private static void createTable(TestApplication app) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists work");
            Sql.run(connection, "create table work (id varchar(40))");
        }
    }

    private static String rows(TestApplication app) throws SQLException {
        assertThat(app.state().active()).isZero();
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select count(*) from work");
        }
    }

    private static void insert(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "insert into work values ('open')");
    }

    @ParameterizedTest
    @EnumSource
    void anyBeanMayDoIt(TestDatabase database) throws Exception {
        try (var app = start(database.pool("max-size", "1"))) {
            int requests = 0;
            for (Class<? extends Committer> committer : COMMITTERS) {
                app.request(
                        () -> {
                            insert(app.connection());
                            app.get(committer).touch();
                        });
                requests++;
                assertThat(rows(app)).as(committer.getSimpleName()).isEqualTo("" + requests);
            }
            app.request(
                    () -> {
                        app.get(Whole.class).touch();
                        insert(app.connection());
                    });
            assertThat(rows(app)).as("part of a bean").isEqualTo("" + (requests + 1));
        }
    }

    @Test
    void withAutoCommitOffInThePoolToo() throws Exception {
        try (var app =
                start(TestApplication.h2("manual", "max-size", "1", "auto-commit", "false"))) {
            try (Connection connection = app.dataSource().getConnection()) {
                connection.commit();
            }
            int requests = 0;
            for (Class<? extends Committer> committer : COMMITTERS) {
                app.request(
                        () -> {
                            app.get(committer).touch();
                            Sql.run(app.connection(), "insert into work values ('open')");
                        });
                requests++;
                assertThat(rows(app)).isEqualTo("" + requests);
            }
        }
    }

    @Test
    void whatNobodyCommitsIsRolledBackAndSaidOnce() throws Exception {
        try (CapturedLog log = new CapturedLog();
                var app = start(TestApplication.h2("nobody", "max-size", "1"))) {
            app.request(() -> insert(app.connection()));
            assertThat(rows(app)).isEqualTo("0");
            assertThat(log.warnings()).filteredOn(m -> m.startsWith("CAB0201")).hasSize(1);
        }
    }

    /** The first use in a {@code @PreDestroy} creates a bean, and Weld would destroy no further ones. */
    @Test
    void beansThatUseTheConnectionOnlyThenDoIt() throws Exception {
        try (var app = start(TestApplication.h2("onlythen", "max-size", "1"))) {
            app.request(() -> COMMITTERS.forEach(committer -> app.get(committer).touch()));
            app.request(() -> app.get(Whole.class).touch());
            assertThat(SEEN).hasSize(7).containsOnly("committed");
            assertThat(rows(app)).isEqualTo("2");
        }
    }

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
        try (var app = start(TestApplication.h2("activatedtoo", "max-size", "1"))) {
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
        try (var app = start(TestApplication.h2("within", "max-size", "1"))) {
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
    static class Thrower {
        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void fail() {
            throw new IllegalStateException("boom");
        }
    }

    @Test
    void oneThatThrowsTakesNothingFromTheOthers() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("thrower", "max-size", "1"),
                        Thrower.class,
                        Alice.class,
                        Bob.class,
                        Eve.class)) {
            createTable(app);
            app.request(
                    () -> {
                        insert(app.connection());
                        app.get(Thrower.class).touch();
                        app.get(Alice.class).touch();
                        app.get(Bob.class).touch();
                        app.get(Eve.class).touch();
                    });
            assertThat(SEEN).hasSize(3).containsOnly("committed");
            assertThat(rows(app)).isEqualTo("1");
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
                        assertThat(app.state().active()).isEqualTo(unfinished ? 1 : 0);
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

    /** A thing with a disposer that commits. */
    record Ledger(String name) {}

    @RequestScoped
    static class Books {
        @Inject Ledger ledger;

        void touch() {
            assertThat(ledger.name()).isNotEmpty();
        }
    }

    @ApplicationScoped
    static class Ledgers {
        @Produces
        @Dependent
        Ledger ledger() {
            return new Ledger("ledger");
        }

        void dispose(@Disposes Ledger ledger, Connection connection) throws SQLException {
            connection.commit();
            SEEN.add("committed");
        }
    }

    @Test
    void aDisposerMayDoIt() throws Exception {
        try (var app =
                TestApplication.start(
                        TestApplication.h2("disposer", "max-size", "1"),
                        Books.class,
                        Ledgers.class)) {
            createTable(app);
            app.request(
                    () -> {
                        app.get(Books.class).touch();
                        insert(app.connection());
                    });
            assertThat(SEEN).containsExactly("committed");
            assertThat(rows(app)).isEqualTo("1");
        }
    }

    @RequestScoped
    static class Both {
        @Inject
        @Pool("test")
        Connection first;

        @Inject
        @Pool("other")
        Connection second;

        void touch() {
            // makes the container create this bean
        }

        @PreDestroy
        void commit() {
            try {
                first.commit();
                second.commit();
                SEEN.add("committed");
            } catch (SQLException e) {
                SEEN.add(e.getMessage());
            }
        }
    }

    @Test
    void theConnectionsOfAllPoolsWaitForIt() throws Exception {
        Map<String, String> properties =
                new ConcurrentHashMap<>(TestApplication.h2("first", "max-size", "1"));
        properties.put("cabstand.pool.other.url", "jdbc:h2:mem:second;DB_CLOSE_DELAY=-1");
        properties.put("cabstand.default-pool", "test");
        try (var app = TestApplication.start(properties, Both.class)) {
            createTable(app);
            try (Connection other = app.dataSource("other").getConnection()) {
                Sql.run(other, "create table work (id varchar(40))");
            }
            app.request(
                    () -> {
                        insert(app.connection());
                        insert(app.get(Connection.class, Pool.Literal.of("other")));
                        app.get(Both.class).touch();
                    });
            assertThat(SEEN).containsExactly("committed");
            assertThat(rows(app)).isEqualTo("1");
            try (Connection other = app.dataSource("other").getConnection()) {
                assertThat(Sql.one(other, "select count(*) from work")).isEqualTo("1");
            }
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
