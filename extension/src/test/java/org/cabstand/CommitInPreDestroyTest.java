package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A request's work that a bean commits in its {@code @PreDestroy}: a container destroys the beans of a
 * request in an order of its own, the connection among them.
 */
class CommitInPreDestroyTest extends CommittersFixture {

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
}
