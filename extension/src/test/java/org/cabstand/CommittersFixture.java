package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;

/** Beans that commit a request's work when they are destroyed, and the table that they work on. */
abstract class CommittersFixture {

    static final List<String> SEEN = new CopyOnWriteArrayList<>();

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

    static final List<Class<? extends Committer>> COMMITTERS =
            List.of(Alice.class, Bob.class, Carol.class, Dave.class, Eve.class, Mallory.class);

    static final List<Class<?>> BEANS =
            List.of(
                    Alice.class,
                    Bob.class,
                    Carol.class,
                    Dave.class,
                    Eve.class,
                    Mallory.class,
                    Part.class,
                    Whole.class);

    static TestApplication start(Map<String, String> properties, Class<?>... more)
            throws SQLException {
        List<Class<?>> beans = new ArrayList<>(BEANS);
        beans.addAll(List.of(more));
        TestApplication app = TestApplication.start(properties, beans.toArray(Class<?>[]::new));
        createTable(app);
        return app;
    }

    static void createTable(TestApplication app) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists work");
            Sql.run(connection, "create table work (id varchar(40))");
        }
    }

    static String rows(TestApplication app) throws SQLException {
        assertThat(app.state().active()).isZero();
        try (Connection connection = app.dataSource().getConnection()) {
            return Sql.one(connection, "select count(*) from work");
        }
    }

    static void insert(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "insert into work values ('open')");
    }
}
