package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.inject.Inject;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What beans do at the end of requests that a test has left is undone with it. */
class LeftoversTest {

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

    abstract static class Requests {

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

    @CabstandTest
    @EnableWeld
    static class ContainerStopsFirst extends Requests {}

    @EnableWeld
    @CabstandTest
    static class ContainerStopsLast extends Requests {}

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
        Tests.run(ContainerStopsFirst.class).succeed(3);
        assertThat(Basket.COUNTS).containsExactlyInAnyOrder(4, 3, 4);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void commitInPreDestroyIsUndoneWhenTheContainerStopsLast(TestDatabase database)
            throws Exception {
        database.use();
        Tests.run(ContainerStopsLast.class).succeed(3);
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
}
