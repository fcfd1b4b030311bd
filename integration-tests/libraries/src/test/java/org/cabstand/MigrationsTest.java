package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Flyway and Liquibase: their locks, scripts that fail, and pools that are too small. */
class MigrationsTest extends LibraryFixture {

    private static void clean(String schema) throws SQLException {
        try (Connection connection = control()) {
            Sql.run(connection, "drop schema if exists " + schema + " cascade");
        }
    }

    private static String one(String sql) throws SQLException {
        try (Connection connection = control()) {
            return Sql.one(connection, sql);
        }
    }

    private static void atOnce(Callable<Void> first, Callable<Void> second) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Void> each : threads.invokeAll(List.of(first, second))) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void flywayIsToldThatItNeedsTwoConnections() throws Exception {
        clean("small");
        assertThatThrownBy(() -> BackgroundWays.flyway(dataSource("on1"), "small"))
                .hasStackTraceContaining("CAB0120")
                .hasStackTraceContaining("raise 'cabstand.pool.on1.max-size'");
    }

    @Test
    void flywaysThatStartTogetherMigrateOnce() throws Exception {
        clean("together");
        try (Connection connection = control()) {
            Sql.run(connection, "create schema together");
        }
        Callable<Void> migration =
                () -> {
                    BackgroundWays.flyway(dataSource("on2"), "together");
                    return null;
                };
        Callable<Void> other =
                () -> {
                    BackgroundWays.flyway(dataSource("off2"), "together");
                    return null;
                };
        atOnce(migration, other);
        assertThat(one("select count(*) from together.flyway_schema_history where version = '1'"))
                .isEqualTo("1");
    }

    @Test
    void flywaysFailingScriptLeavesNothing() throws Exception {
        clean("failing");
        assertThatThrownBy(
                        () ->
                                Flyway.configure()
                                        .dataSource(dataSource("on2"))
                                        .locations("classpath:db/failing")
                                        .schemas("failing")
                                        .load()
                                        .migrate())
                .hasStackTraceContaining("nowhere");
        assertThat(one("select to_regclass('failing.half')")).isNull();
        BackgroundWays.flyway(dataSource("on2"), "failing");
        assertThat(one("select to_regclass('failing.moved')")).isNotNull();
    }

    private static void liquibase(String pool, String changes, String table) throws Exception {
        var database =
                DatabaseFactory.getInstance()
                        .findCorrectDatabaseImplementation(
                                new JdbcConnection(dataSource(pool).getConnection()));
        database.setDatabaseChangeLogTableName(table);
        database.setDatabaseChangeLogLockTableName(table + "_lock");
        try (Liquibase liquibase =
                new Liquibase(changes, new ClassLoaderResourceAccessor(), database)) {
            liquibase.setChangeLogParameter("id", 1);
            liquibase.update(new Contexts());
        }
    }

    @Test
    void liquibasesFailingChangeLeavesNeitherTableNorLock() throws Exception {
        try (Connection connection = control()) {
            Sql.run(connection, "drop table if exists failed, failed_lock, half");
        }
        assertThatThrownBy(() -> liquibase("on1", "db/failing.sql", "failed"))
                .hasStackTraceContaining("nowhere");
        assertThat(one("select count(*) from half")).as("the failing change").isEqualTo("0");
        assertThat(one("select locked from failed_lock")).isEqualTo("f");
        liquibase("off1", "db/changelog.sql", "failed");
        assertThat(rides()).isEqualTo("1");
    }

    @Test
    void liquibaseIsRefusedInATransactionAndLeavesNothing() throws Exception {
        try (Connection connection = control()) {
            Sql.run(connection, "drop table if exists refused, refused_lock");
        }
        assertThatThrownBy(() -> transaction(() -> liquibase("on1", "db/changelog.sql", "refused")))
                .hasStackTraceContaining("CAB0113")
                .hasStackTraceContaining("outside the transaction");
        assertThat(one("select to_regclass('refused_lock')")).isNull();
        assertThat(rides()).isEmpty();
    }
}
