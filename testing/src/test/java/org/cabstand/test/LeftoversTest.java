package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.UserTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.cabstand.Pool;
import org.cabstand.test.internal.Warnings;
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

/** What a test leaves, beans of its requests and a JTA transaction on its thread, is ended and undone with it. */
class LeftoversTest {

    // beans

    /** Commits at the end of its request, on the request's connection and on one that it borrows then. */
    @RequestScoped
    static class Basket {

        static final List<Integer> COUNTS = new CopyOnWriteArrayList<>();

        @Inject
        @Pool("shop")
        Connection db;

        @Inject
        @Pool("shop")
        DataSource shop;

        @Inject Orders orders;

        void open() {
            // it exists
        }

        void use() throws SQLException {
            db.setAutoCommit(false);
            Orders.insert(db, 3);
        }

        @PreDestroy
        void commit() throws SQLException {
            db.setAutoCommit(false);
            Orders.insert(db, 1);
            db.commit();
            db.close();
            orders.add(2);
            orders.addInTransaction(4);
            COUNTS.add(orders.count());
        }
    }

    @CabstandTest
    @EnableWeld
    static class Requests {

        @WeldSetup WeldInitiator weld = Application.weld(Basket.class);

        @Inject Orders orders;
        @Inject Basket basket;
        @Inject RequestContextController request;

        @Test
        void endInTheTest() throws Exception {
            FutureTask<Void> task =
                    new FutureTask<>(
                            () -> {
                                request.activate();
                                try {
                                    basket.use();
                                } finally {
                                    request.deactivate();
                                }
                                return null;
                            });
            new Thread(task, "request").start();
            task.get();
            assertThat(orders.count()).isEqualTo(4);
        }

        @Test
        void endWithTheTest() {
            basket.open();
        }

        @Test
        void endWithTheTestAfterUse() throws Exception {
            basket.use();
        }
    }

    /** The container's annotation stands above ours: it stops after our callbacks. */
    @EnableWeld
    @CabstandTest
    static class RequestsOfOtherOrder extends Requests {}

    @CabstandTest
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    static class RequestOfAllTests {

        @WeldSetup WeldInitiator weld = Application.weld(Basket.class);

        @Inject Basket basket;

        @Test
        void opens() {
            basket.open();
        }
    }

    @BeforeEach
    void withoutCounts() {
        Basket.COUNTS.clear();
    }

    @ParameterizedTest
    @EnumSource
    void commitInPreDestroyIsUndone(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Requests.class).succeed(3);
        assertThat(Basket.COUNTS).containsExactlyInAnyOrder(4, 3, 4);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void commitInPreDestroyIsUndoneWhenTheContainerStopsLast(TestDatabase database)
            throws Exception {
        database.use();
        Tests.run(RequestsOfOtherOrder.class).succeed(3);
        assertThat(Basket.COUNTS).containsExactlyInAnyOrder(4, 3, 4);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void commitOfARequestThatOutlivesItsTestIsReported(TestDatabase database) throws Exception {
        database.use();
        try (Warnings warnings = new Warnings()) {
            Tests.run(RequestOfAllTests.class).succeed(1);
            assertThat(warnings.texts())
                    .singleElement()
                    .asString()
                    .contains("CAB0321: pool 'shop'", "'insert into orders", "opens()");
        }
        assertThat(Basket.COUNTS).containsExactly(3);
        assertThat(database.rows()).isEqualTo(3);
    }

    // JTA

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
