package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import org.cabstand.test.internal.Warnings;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What {@code @CabstandTest} needs: an application with pools, which no other test uses at the same
 * time; and what is done without it.
 */
class TestSetUpTest {

    /** As in production: nobody says that this is a test. */
    @EnableWeld
    static class NoTest {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void commits() throws Exception {
            orders.addCommitting(1);
        }
    }

    @Test
    void withoutTestItDoesNothingButWarn() throws Exception {
        TestDatabase.POSTGRESQL.use();
        try (Warnings warnings = new Warnings()) {
            Tests.run(NoTest.class).succeed(1);
            assertThat(warnings.texts()).singleElement().asString().startsWith("CAB0170");
        }
        assertThat(TestDatabase.POSTGRESQL.rows()).isEqualTo(1);
    }

    @CabstandTest
    static class NoApplication {
        @Test
        void test() {}
    }

    @Test
    void aTestWithoutPools() {
        Tests.run(NoApplication.class).fail("CAB0171", "test()");
    }

    @CabstandTest
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    static class Shared {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void one() throws Exception {
            orders.add(1);
            Thread.sleep(300); // so that the other one begins meanwhile
        }

        @Test
        void two() throws Exception {
            orders.add(1);
            Thread.sleep(300);
        }
    }

    @Test
    void testsThatShareAnApplicationInParallel() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.runInParallel(Shared.class).fail("CAB0177", "Shared.one()", "Shared.two()");
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }
}
