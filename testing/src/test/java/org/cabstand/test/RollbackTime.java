package org.cabstand.test;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Measures 100 tests that are rolled back, beside 100 that truncate their tables. Not run with the others: {@code mvn
 * -pl extension,testing test -Dtest=RollbackTime -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RollbackTime {

    private static final int TABLES = 10;

    abstract static class Work {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @RepeatedTest(100)
        void work() throws Exception {
            for (int i = 0; i < 10; i++) {
                orders.addCommitting(2 * i, 2 * i + 1);
            }
            orders.count();
        }
    }

    @CabstandTest
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    static class RolledBack extends Work {}

    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    static class Truncated extends Work {

        @AfterEach
        void truncate() throws Exception {
            try (Connection connection = orders.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("truncate orders, " + tables());
            }
        }
    }

    private static String tables() {
        StringBuilder tables = new StringBuilder();
        for (int i = 0; i < TABLES; i++) {
            tables.append(i == 0 ? "" : ", ").append("filler").append(i);
        }
        return tables.toString();
    }

    @Test
    void measure() throws Exception {
        TestDatabase.POSTGRESQL.use();
        for (int i = 0; i < TABLES; i++) {
            TestDatabase.POSTGRESQL.execute(
                    "drop table if exists filler" + i,
                    "create table filler" + i + " (id serial primary key, note text)");
        }
        for (int round = 0; round < 4; round++) {
            System.out.println("rolled back: " + time(RolledBack.class));
            System.out.println("truncated:   " + time(Truncated.class));
        }
    }

    private static Duration time(Class<?> tests) {
        long begin = System.nanoTime();
        Tests.run(tests).succeed(100);
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
