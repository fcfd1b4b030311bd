package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One outage is one report: the first one with its cause, and then how many more there were. */
class OutageReportTest {

    private static final int KILLED = 12;

    private final CapturedLog log = new CapturedLog();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TestApplication app;

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        log.close();
        app.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "MYSQL"})
    void sessionsKilledInTransactionsAreOneWarningAndACount(TestDatabase database)
            throws Exception {
        startAndKill(database);

        assertThat(log.warnings()).filteredOn(m -> m.startsWith("CAB0213")).hasSize(1);
        assertThat(log.at(Level.FINE)).filteredOn(m -> m.startsWith("CAB0213")).hasSize(KILLED - 1);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> log.at(Level.INFO), infos -> infos.stream().anyMatch(this::isSummary));
        assertThat(log.at(Level.INFO)).filteredOn(this::isSummary).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "POSTGRESQL")
    void theLastCountIsNotLostWhenTheApplicationStops(TestDatabase database) throws Exception {
        startAndKill(database);
        app.close();

        assertThat(log.at(Level.INFO)).filteredOn(this::isSummary).hasSize(1);
        app = TestApplication.start(database.pool());
    }

    private boolean isSummary(String message) {
        return message.startsWith(
                        "CAB0245: pool 'test': the same happened " + (KILLED - 1) + " more")
                && message.contains("CAB0213");
    }

    private void startAndKill(TestDatabase database) throws Exception {
        app = TestApplication.startWithJta(database.pool("max-size", Integer.toString(KILLED)));
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int)");
        }
        TransactionManager manager = app.get(TransactionManager.class);
        CountDownLatch working = new CountDownLatch(KILLED);
        CountDownLatch killed = new CountDownLatch(1);
        List<String> ids = new ArrayList<>();
        List<Future<?>> transactions = new ArrayList<>();
        for (int i = 0; i < KILLED; i++) {
            transactions.add(
                    threads.submit(
                            () -> {
                                manager.begin();
                                try (Connection connection = app.dataSource().getConnection()) {
                                    Sql.run(connection, "insert into ride values (1)");
                                    String id = Sql.one(connection, idOfSession(database));
                                    synchronized (ids) {
                                        ids.add(id);
                                    }
                                }
                                working.countDown();
                                killed.await();
                                assertThatThrownBy(manager::commit)
                                        .isInstanceOf(RollbackException.class);
                                return null;
                            }));
        }
        working.await();
        try (Connection control =
                DriverManager.getConnection(database.url(), userOf(database), "secret")) {
            for (String id : ids) {
                Sql.run(control, killOf(database, id));
            }
        }
        killed.countDown();
        for (Future<?> transaction : transactions) {
            transaction.get(20, TimeUnit.SECONDS);
        }
    }

    private static String userOf(TestDatabase database) {
        return database == TestDatabase.POSTGRESQL ? "postgres" : "app";
    }

    private static String idOfSession(TestDatabase database) {
        return database == TestDatabase.POSTGRESQL
                ? "select pg_backend_pid()"
                : "select connection_id()";
    }

    private static String killOf(TestDatabase database, String id) {
        return database == TestDatabase.POSTGRESQL
                ? "select pg_terminate_backend(" + id + ", 5000)"
                : "kill " + id;
    }
}
