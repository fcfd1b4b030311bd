package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.cabstand.TestApplication.Work;
import org.junit.jupiter.api.AfterEach;

/** An application with Narayana as the transaction manager, and a pool {@code test} with a table of rides. */
abstract class TransactionFixture {

    /** Work as applications do it. */
    @ApplicationScoped
    static class Transactions {

        @Transactional
        void required(Work work) throws Exception {
            work.run();
        }

        @Transactional(rollbackOn = IOException.class)
        void rollbackOnChecked(Work work) throws Exception {
            work.run();
        }
    }

    final CapturedLog log = new CapturedLog();
    TestApplication app;
    Transactions transactions;
    Suspending suspending;
    TransactionManager manager;

    void start(TestDatabase database, String... settings) throws SQLException {
        start(database.pool(settings));
        create(app.dataSource("test"));
    }

    void start(Map<String, String> properties, Class<?>... more) {
        List<Class<?>> beans = new ArrayList<>(List.of(more));
        beans.add(Transactions.class);
        beans.add(Suspending.class);
        app = TestApplication.startWithJta(properties, beans.toArray(Class<?>[]::new));
        transactions = app.get(Transactions.class);
        suspending = app.get(Suspending.class);
        manager = app.get(TransactionManager.class);
    }

    static void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int)");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    int rides() throws SQLException {
        return rides(app.dataSource("test"));
    }

    static int rides(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return count(connection);
        }
    }

    static int count(Connection connection) throws SQLException {
        return Integer.parseInt(Sql.one(connection, "select count(*) from ride"));
    }

    void insert(int id) throws SQLException {
        Sql.run(app.connection(), "insert into ride values (" + id + ")");
    }

    String session() throws SQLException {
        return Sql.one(app.connection(), "select pg_backend_pid()");
    }

    void insertOutside(int... ids) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            for (int id : ids) {
                Sql.run(connection, "insert into ride values (" + id + ")");
            }
        }
    }

    void assertNothingInUse() {
        await().untilAsserted(() -> assertThat(app.state().active()).isZero());
    }

    static void kill(String session) throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            assertThat(Sql.one(admin, "select pg_terminate_backend(" + session + ", 5000)"))
                    .isEqualTo("t");
        }
    }
}
