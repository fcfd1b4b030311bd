package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.Connection;
import org.cabstand.Pool;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks of {@link PoolCheck}. */
class PoolCheckTest {

    @CabstandTest
    @EnableWeld
    static class Checks {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        PoolCheck check;

        @Inject
        @Pool("shop")
        Connection db;

        private void readsEach() throws Exception {
            for (int i = 0; i < 100; i++) {
                orders.number("select id from orders where id = 1 union select 0");
            }
        }

        @Test
        void fewStatements() throws Exception {
            orders.add(1);
            orders.count();
            check.statementsAtMost(2);
            assertThat(check.statements())
                    .containsExactly(
                            "insert into orders values (?, 'new')", "select count(*) from orders");
        }

        @Test
        void manyStatements() throws Exception {
            orders.add(1);
            readsEach();
            check.statementsAtMost(3);
        }

        @Test
        void held() throws Exception {
            Orders.insert(db, 1);
            check.nothingHeld();
        }

        @Test
        void notHeld() throws Exception {
            Orders.insert(db, 1);
            db.close();
            check.nothingHeld();
            check.noWarnings();
        }

        @Test
        void leftOpen() throws Exception {
            try (Connection connection = orders.connect()) {
                connection.createStatement().executeQuery("select 1");
                connection.prepareStatement("select 2").close();
            }
            check.nothingLeftOpen();
        }

        @Test
        void notLeftOpen() throws Exception {
            orders.count();
            check.nothingLeftOpen();
        }

        @Test
        void warned() throws Exception {
            db.setAutoCommit(false);
            Orders.insert(db, 1);
            db.close();
            check.noWarnings();
        }
    }

    @BeforeEach
    void use() throws Exception {
        TestDatabase.H2.use();
    }

    @Test
    void statementsAreCounted() {
        Tests.run(Checks.class, "fewStatements").succeed(1);
        Tests.run(Checks.class, "manyStatements")
                .fail(
                        "CAB0178: expected at most 3 statement(s), but there were 101: select id from orders"
                                + " where id = 1 union select 0 ×100, insert into orders values (?,"
                                + " 'new') ×1");
    }

    @Test
    void statementsThatWereLeftOpenAreShown() {
        Tests.run(Checks.class, "leftOpen")
                .fail(
                        "CAB0295: statements were still open when their connection was returned:"
                                + " select 1 ×1");
        Tests.run(Checks.class, "notLeftOpen").succeed(1);
    }

    @Test
    void heldConnectionsAreNamed() {
        Tests.run(Checks.class, "held").fail("CAB0179", "pool 'shop' by thread 'main'");
        Tests.run(Checks.class, "notHeld").succeed(1);
    }

    @Test
    void warningsAreShown() {
        Tests.run(Checks.class, "warned").fail("CAB0180", "CAB0201");
    }
}
