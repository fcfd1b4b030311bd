package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.UserTransaction;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JTA transaction that a test leaves on its thread is ended, and the test fails. */
class LeftTransactionTest {

    private static jakarta.transaction.UserTransaction jta() {
        return UserTransaction.userTransaction();
    }

    @CabstandTest
    @EnableWeld
    static class Leaves {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void active() throws Exception {
            jta().begin();
            orders.add(1);
        }

        @Test
        void unused() throws Exception {
            orders.add(1);
            jta().begin();
        }

        @Test
        void marked() throws Exception {
            jta().begin();
            orders.add(1);
            jta().setRollbackOnly();
        }

        @Test
        void timedOut() throws Exception {
            jta().setTransactionTimeout(1);
            jta().begin();
            orders.add(1);
            jta().setTransactionTimeout(0);
            await().pollInSameThread().until(() -> jta().getStatus() != Status.STATUS_ACTIVE);
        }

        @Test
        void thrown() throws Exception {
            jta().begin();
            orders.add(1);
            throw new IllegalStateException("refused");
        }
    }

    @CabstandTest
    @EnableWeld
    static class EndsInAfterEach {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @BeforeEach
        void begin() throws Exception {
            jta().begin();
        }

        @AfterEach
        void end() throws Exception {
            jta().rollback();
        }

        @Test
        void adds() throws Exception {
            orders.add(1);
        }

        @Nested
        class Inner {

            @AfterEach
            void look() throws Exception {
                assertThat(jta().getStatus()).isEqualTo(Status.STATUS_ACTIVE);
            }

            @Test
            void adds() throws Exception {
                orders.add(1);
            }
        }
    }

    @CabstandTest
    @EnableWeld
    static class FailsInBeforeEach {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @BeforeEach
        void begin() throws Exception {
            jta().begin();
            throw new IllegalStateException("refused");
        }

        @Test
        void never() {}
    }

    @CabstandTest
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class LeavesToTheNext {

        static int rows;

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void first() throws Exception {
            jta().begin();
            orders.add(1);
        }

        @Test
        void second() throws Exception {
            orders.addInTransaction(1);
            rows = orders.count();
        }
    }

    private static void theThreadIsFree() throws Exception {
        assertThat(jta().getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
        jta().begin();
        jta().rollback();
    }

    @ParameterizedTest
    @EnumSource
    void transactionOnTheThreadIsReported(TestDatabase database) throws Exception {
        database.use();
        PoolConfig.set("drain-timeout", "20s"); // nothing waits for the transaction's connection
        long begin = System.nanoTime();
        Tests.run(Leaves.class, "active")
                .fail("CAB0320", "'Leaves.active()'", "(active)", "thread 'main'");
        assertThat(System.nanoTime() - begin).isLessThan(15_000_000_000L);
        theThreadIsFree();
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unused", "marked", "timedOut", "thrown"})
    void transactionOfEachKindIsReported(String method) throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(Leaves.class, method).fail("CAB0320", "'Leaves." + method + "()'");
        theThreadIsFree();
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }

    @Test
    void transactionInTwoPhasesIsReported() throws Exception {
        TestDatabase.H2.use();
        PoolConfig.set("transactions", "xa");
        Tests.run(Leaves.class, "active").fail("CAB0320");
        theThreadIsFree();
    }

    @Test
    void transactionThatAfterEachEndsIsFine() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(EndsInAfterEach.class).succeed(2);
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }

    @Test
    void transactionOfAFailedBeforeEachIsReported() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(FailsInBeforeEach.class).fail("refused", "CAB0320");
        theThreadIsFree();
    }

    @Test
    void nextTestIsNotHarmed() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(LeavesToTheNext.class).fail("CAB0320", "first()");
        assertThat(LeavesToTheNext.rows).isOne();
        theThreadIsFree();
    }

    @Test
    void transactionThatWasThereBeforeTheTestIsLeftAlone() throws Exception {
        TestDatabase.POSTGRESQL.use();
        jta().begin();
        try {
            Tests.run(FreeOfTransactions.class).succeed(1);
            assertThat(jta().getStatus()).isEqualTo(Status.STATUS_ACTIVE);
        } finally {
            jta().rollback();
        }
    }

    @CabstandTest
    @EnableWeld
    static class FreeOfTransactions {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void opensNothing() {}
    }
}
