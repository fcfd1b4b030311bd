package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.cabstand.Pool;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After a test the database is as before, and during it the application sees what it would see without one. */
class RollbackTest {

    @CabstandTest
    @EnableWeld
    static class Works {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Inject
        @Pool("shop")
        Connection db;

        @BeforeEach
        void fixture() throws SQLException {
            orders.add(1000);
        }

        @Test
        void autoCommit() throws Exception {
            orders.add(1);
            Orders.insert(db, 2);
            assertThat(orders.count()).isEqualTo(3);
        }

        @Test
        void commit() throws Exception {
            orders.addCommitting(1, 2);
            assertThat(orders.count()).isEqualTo(3);
        }

        @Test
        void rollback() throws Exception {
            orders.addAndRollBack(1, 2);
            assertThat(orders.count()).isEqualTo(2);
        }

        @Test
        void transactional() throws Exception {
            orders.addInTransaction(1);
            assertThat(orders.count()).isEqualTo(2);
            assertThatThrownBy(() -> orders.failAfter(2)).hasMessage("refused");
            assertThat(orders.count()).isEqualTo(2);
        }

        @Test
        void requiresNew() throws Exception {
            orders.addWithAudit(1, 2);
            assertThat(orders.count()).isEqualTo(3);
        }

        @Test
        void threads() throws Exception {
            orders.addInThreads(8, 20);
            assertThat(orders.count()).isEqualTo(161);
        }

        @Test
        void failedStatement() throws Exception {
            orders.add(1);
            assertThatThrownBy(() -> orders.add(1)).isInstanceOf(SQLException.class);
            orders.add(2);
            assertThat(orders.count()).isEqualTo(3);
        }

        @Test
        void uncommitted() throws Exception {
            db.setAutoCommit(false);
            Orders.insert(db, 1);
            db.close();
            assertThat(orders.count()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void parameters(int id) throws Exception {
            orders.addCommitting(1);
            assertThat(orders.count()).isEqualTo(2);
        }

        @Nested
        class Inner {
            @Test
            void nested() throws Exception {
                orders.addCommitting(1);
                assertThat(orders.count()).isEqualTo(2);
            }
        }
    }

    /** One application for all tests of a class. */
    @CabstandTest
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneApplication {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void one() throws Exception {
            orders.addCommitting(1);
            assertThat(orders.count()).isEqualTo(1);
        }

        @Test
        void two() throws Exception {
            orders.addInThreads(2, 2);
            assertThat(orders.count()).isEqualTo(4);
        }

        @Test
        void three() throws Exception {
            orders.addInTransaction(1);
            assertThat(orders.count()).isEqualTo(1);
        }
    }

    /** The container's annotation stands above ours. */
    @EnableWeld
    @CabstandTest
    static class OtherOrder {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void commit() throws Exception {
            orders.addCommitting(1);
            assertThat(orders.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverWasCommittedIsUndone(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class).succeed(11);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void oneApplicationServesSeveralTests(TestDatabase database) throws Exception {
        database.use();
        Tests.run(OneApplication.class).succeed(3);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withXaResources(TestDatabase database) throws Exception {
        if (database == TestDatabase.SQLITE) {
            return; // its driver has none
        }
        database.use();
        PoolConfig.set("transactions", "xa");
        Tests.run(OneApplication.class).succeed(3);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfExtensionsDoesNotMatter(TestDatabase database) throws Exception {
        database.use();
        Tests.run(OtherOrder.class).succeed(1);
        assertThat(database.rows()).isZero();
    }

    @Test
    void testsRunInParallel() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.runInParallel(Works.class, OtherOrder.class).succeed(12);
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }

    /** What PostgreSQL does in its own way. */
    @CabstandTest
    @EnableWeld
    static class OnPostgres {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void aFailedTransactionTakesARollBackOnly() throws Exception {
            orders.add(1);
            try (Connection connection = orders.connect()) {
                connection.setAutoCommit(false);
                Orders.insert(connection, 2);
                Savepoint savepoint = connection.setSavepoint();
                assertThatThrownBy(() -> Orders.insert(connection, 1))
                        .isInstanceOf(SQLException.class);
                assertThatThrownBy(() -> Orders.insert(connection, 3))
                        .extracting(e -> ((SQLException) e).getSQLState())
                        .isEqualTo("25P02");
                connection.rollback(savepoint);
                Orders.insert(connection, 3);
                connection.commit();
            }
            assertThat(orders.count()).isEqualTo(3);
        }

        @Test
        void deferredConstraintsAreLookedAtWithTheCommit() throws Exception {
            orders.execute("create table parent (id integer primary key)");
            orders.execute(
                    "create table child (id integer references parent deferrable initially"
                            + " deferred)");
            try (Connection connection = orders.connect();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("insert into child values (1)");
                statement.execute("insert into parent values (1)");
                connection.commit();
                statement.execute("insert into child values (2)");
                assertThatThrownBy(connection::commit).hasMessageContaining("child");
            }
            assertThat(orders.number("select count(*) from child")).isEqualTo(1);
        }

        @Test
        void eachConnectionHasItsSchema() throws Exception {
            orders.execute("create schema other");
            orders.execute("create table other.orders (id integer, note varchar(100))");
            try (Connection one = orders.connect();
                    Connection two = orders.connect()) {
                one.setSchema("other");
                Orders.insert(one, 1);
                Orders.insert(two, 2);
                Orders.insert(one, 3);
                assertThat(one.getSchema()).isEqualTo("other");
                assertThat(two.getSchema()).isEqualTo("public");
            }
            assertThat(orders.number("select count(*) from other.orders")).isEqualTo(2);
            assertThat(orders.count()).isEqualTo(1);
        }
    }

    @Test
    void postgresIsItself() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(OnPostgres.class).succeed(3);
        PoolConfig.set("reset", "full");
        Tests.run(OnPostgres.class).succeed(3);
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }
}
