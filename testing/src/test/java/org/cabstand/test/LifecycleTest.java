package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.cabstand.CabstandExtension;
import org.cabstand.Pool;
import org.cabstand.test.CabstandTest.Isolation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever in JUnit's life of a test its application starts, the test's work is undone. */
class LifecycleTest {

    /** An application that somebody starts by hand. */
    private static final class Started implements AutoCloseable {

        private final SeContainer container =
                SeContainerInitializer.newInstance()
                        .disableDiscovery()
                        .addExtensions(new CabstandExtension())
                        .addBeanClasses(Started.class)
                        .initialize();

        void add(int id) throws SQLException {
            try (Connection connection =
                    container
                            .select(DataSource.class, Pool.Literal.of("shop"))
                            .get()
                            .getConnection()) {
                Orders.insert(connection, id);
            }
        }

        @Override
        public void close() {
            if (container.isRunning()) {
                container.close();
            }
        }
    }

    @CabstandTest
    static class ForTheInstance {

        final Started application = new Started();

        @AfterEach
        void stop() {
            application.close();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameters(int id) throws Exception {
            application.add(id);
        }

        @RepeatedTest(2)
        void repeated() throws Exception {
            application.add(3);
        }

        @Nested
        class Inner {

            final Started own = new Started();

            @AfterEach
            void stop() {
                own.close();
            }

            @Test
            void bothAreUndone() throws Exception {
                application.add(4);
                own.add(5); // another session: it would wait for the first with the same key
            }
        }

        @Nested
        @TestInstance(Lifecycle.PER_CLASS)
        class InnerOfAllTests {

            final Started own = new Started();

            @AfterAll
            void stop() {
                own.close();
            }

            @Test
            void one() throws Exception {
                own.add(5);
            }

            @Test
            void two() throws Exception {
                own.add(5);
            }
        }
    }

    @CabstandTest
    static class ForTheClass {

        static Started application;

        @BeforeAll
        static void start() {
            application = new Started();
        }

        @AfterAll
        static void stop() {
            application.close();
        }

        @Test
        void one() throws Exception {
            application.add(1);
        }

        @Nested
        class Inner {
            @Test
            void two() throws Exception {
                application.add(1);
            }
        }
    }

    @CabstandTest
    @TestInstance(Lifecycle.PER_CLASS)
    static class ForTheOnlyInstance {

        final Started application = new Started();

        @AfterAll
        void stop() {
            application.close();
        }

        @Test
        void one() throws Exception {
            application.add(1);
        }

        @Test
        void two() throws Exception {
            application.add(1);
        }
    }

    @CabstandTest
    static class InTheTest {

        @Test
        void one() throws Exception {
            try (Started application = new Started()) {
                application.add(1);
            }
        }
    }

    @CabstandTest(value = Isolation.OWN_DATABASE, script = "/orders.sql")
    static class NeverBegins {

        final Started application = new Started();

        NeverBegins() throws SQLException {
            application.add(1);
            application.close();
            throw new IllegalStateException("no instance");
        }

        @Test
        void one() {}

        @Test
        void two() {}
    }

    private static void areUndone(Class<?> tests, int number) throws SQLException {
        TestDatabase.H2.use();
        Tests.run(tests).succeed(number);
        assertThat(TestDatabase.H2.rows()).isZero();
    }

    @Test
    void whenTheInstanceStartsIt() throws Exception {
        TestDatabase.POSTGRESQL.use();
        PoolConfig.set("acquisition-timeout", "1s");
        Tests.run(ForTheInstance.class).succeed(7);
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }

    @Test
    void whenTheClassStartsIt() throws Exception {
        areUndone(ForTheClass.class, 2);
    }

    @Test
    void whenTheOnlyInstanceStartsIt() throws Exception {
        areUndone(ForTheOnlyInstance.class, 2);
    }

    @Test
    void whenTheTestStartsIt() throws Exception {
        areUndone(InTheTest.class, 1);
    }

    @Test
    void whenTheTestNeverBegins() throws Exception {
        TestDatabase.POSTGRESQL.use();
        TestDatabase.POSTGRESQL.execute("drop database if exists empty", "create database empty");
        PoolConfig.set("url", TestDatabase.POSTGRESQL.url().replace("/postgres?", "/empty?"));
        Tests.run(NeverBegins.class).fail("no instance");
        assertThat(TestDatabase.POSTGRESQL.ownDatabases()).isZero();
    }
}
