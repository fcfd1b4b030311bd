package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presets with which a database works well in a pool, without configuration. */
class DatabasePresetTest {

    private static final int WRITERS = 8;
    private static final int WRITES = 100;

    @Test
    void manyWritersOfASqliteFileLoseNoUpdate(@TempDir Path directory) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                "jdbc:sqlite:" + directory.resolve("writers.db")))) {
            try (Connection c = app.dataSource().getConnection()) {
                Sql.run(c, "create table counter (n integer)");
                Sql.run(c, "insert into counter values (0)");
                assertThat(Sql.one(c, "pragma journal_mode")).isEqualTo("wal");
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(
                        threads.submit(
                                () -> {
                                    for (int n = 0; n < WRITES; n++) {
                                        app.request(() -> readThenUpdate(app.connection()));
                                    }
                                    return null;
                                }));
            }
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            try (Connection c = app.dataSource().getConnection()) {
                assertThat(Sql.one(c, "select n from counter"))
                        .isEqualTo(Integer.toString(WRITERS * WRITES));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void readThenUpdate(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        int n = Integer.parseInt(Sql.one(connection, "select n from counter"));
        try (PreparedStatement update = connection.prepareStatement("update counter set n = ?")) {
            update.setInt(1, n + 1);
            update.executeUpdate();
        }
        connection.commit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:kept?mode=memory&cache=shared",
                "jdbc:h2:mem:kept",
                "jdbc:hsqldb:mem:kept",
                "jdbc:derby:memory:kept;create=true"
            })
    void aDatabaseInMemorySurvivesItsRequests(String url) throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                url,
                                "cabstand.pool.test.idle-timeout",
                                "50ms"))) {
            app.request(() -> Sql.run(app.connection(), "create table kept (id int)"));
            for (int i = 0; i < 5; i++) {
                app.request(() -> Sql.run(app.connection(), "insert into kept values (1)"));
                TimeUnit.MILLISECONDS.sleep(60); // longer than the idle timeout
            }
            app.request(
                    () ->
                            assertThat(Sql.one(app.connection(), "select count(*) from kept"))
                                    .isEqualTo("5"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:hsqldb:mem:cleaned", "jdbc:derby:memory:cleaned;create=true"})
    void whatWasLeftIsUndoneOnHsqldbAndDerbyToo(String url) throws Exception {
        try (var app =
                TestApplication.start(
                        Map.of(
                                "cabstand.pool.test.url",
                                url,
                                "cabstand.pool.test.max-size",
                                "1"))) {
            int[] isolation = new int[1];
            app.request(
                    () -> {
                        isolation[0] = app.connection().getTransactionIsolation();
                        Sql.run(app.connection(), "create table ride (id int)");
                        app.connection()
                                .setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                        app.connection().setAutoCommit(false);
                        Sql.run(app.connection(), "insert into ride values (1)");
                    });
            app.request(
                    () -> {
                        Connection c = app.connection();
                        assertThat(c.getAutoCommit()).isTrue();
                        assertThat(c.getTransactionIsolation())
                                .isEqualTo(isolation[0])
                                .isNotEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                        assertThat(Sql.one(c, "select count(*) from ride")).isEqualTo("0");
                    });
        }
    }
}
