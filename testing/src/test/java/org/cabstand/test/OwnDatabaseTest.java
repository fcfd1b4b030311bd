package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.SQLException;
import org.cabstand.test.CabstandTest.Isolation;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database for each test or class: all is possible in it, and nothing is left of it. */
class OwnDatabaseTest {

    @CabstandTest(value = Isolation.OWN_DATABASE, script = "/orders.sql")
    @EnableWeld
    static class EachTest {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        PoolCheck check;

        private void work() throws SQLException {
            assertThat(orders.count()).isEqualTo(1);
            orders.execute("create table more (id integer)");
            orders.addCommitting(1);
            try {
                orders.failAfter(2);
            } catch (SQLException e) {
                assertThat(e.getMessage()).isEqualTo("refused");
            }
            assertThat(orders.count()).isEqualTo(2);
        }

        @Test
        void one() throws Exception {
            work();
            check.statementsAtMost(5);
        }

        @Test
        void two() throws Exception {
            work();
        }
    }

    @CabstandTest(value = Isolation.OWN_DATABASE, script = "/orders.sql")
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    static class EachClass {

        private static int seen;

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void one() throws Exception {
            orders.add(++seen);
            assertThat(orders.count()).isEqualTo(1 + seen);
        }

        @Test
        void two() throws Exception {
            one();
        }
    }

    /** The configured database is the template. */
    @CabstandTest(Isolation.OWN_DATABASE)
    @EnableWeld
    static class Copy {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void hasWhatTheTemplateHas() throws Exception {
            assertThat(orders.count()).isEqualTo(1);
            orders.add(7);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2", "SQLITE"})
    void ofEachTest(TestDatabase database) throws Exception {
        prepare(database);
        Tests.run(EachTest.class).succeed(2);
        assertThat(database.ownDatabases()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "H2", "SQLITE"})
    void ofEachClass(TestDatabase database) throws Exception {
        prepare(database);
        EachClass.seen = 0;
        Tests.run(EachClass.class).succeed(2);
        assertThat(database.ownDatabases()).isZero();
    }

    /** Cases that savepoints cannot cover. */
    @CabstandTest(value = Isolation.OWN_DATABASE, script = "/orders.sql")
    @EnableWeld
    static class Independent {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void workInTransactionsOfItsOwn() throws Exception {
            try {
                orders.failAfterAudit(2, 3);
            } catch (SQLException e) {
                assertThat(e.getMessage()).isEqualTo("refused");
            }
            assertThat(orders.number("select max(id) from orders")).isEqualTo(3);
            assertThat(orders.count()).isEqualTo(2);
        }
    }

    @Test
    void transactionsAreIndependent() throws Exception {
        prepare(TestDatabase.POSTGRESQL);
        Tests.run(Independent.class).succeed(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "SQLITE"})
    void aCopyOfTheConfiguredOne(TestDatabase database) throws Exception {
        database.use();
        if (database == TestDatabase.POSTGRESQL) {
            database.execute(
                    "drop database if exists template_of_shop", "create database template_of_shop");
            PoolConfig.set("url", database.url().replace("/postgres?", "/template_of_shop?"));
            try (var connection =
                            java.sql.DriverManager.getConnection(
                                    database.url().replace("/postgres?", "/template_of_shop?"));
                    var statement = connection.createStatement()) {
                statement.execute("create table orders (id integer, note varchar(9))");
                statement.execute("insert into orders values (0, '')");
            }
        } else {
            database.execute("insert into orders values (0, '')");
        }
        Tests.run(Copy.class).succeed(1);
        assertThat(database.ownDatabases()).isZero();
    }

    @Test
    void inParallel() throws Exception {
        prepare(TestDatabase.POSTGRESQL);
        Tests.runInParallel(EachTest.class).succeed(2);
        assertThat(TestDatabase.POSTGRESQL.ownDatabases()).isZero();
    }

    @Test
    void whatAJvmThatWasKilledHasLeftIsDropped() throws Exception {
        prepare(TestDatabase.POSTGRESQL);
        String dead = "cabstand_0123456789abcdef0123456789abcdef";
        String living = "cabstand_fedcba9876543210fedcba9876543210";
        TestDatabase.POSTGRESQL.execute("create database " + dead, "create database " + living);
        try (var other = TestDatabase.POSTGRESQL.connect();
                var statement = other.createStatement()) {
            statement.execute("select pg_advisory_lock(4748, hashtext('" + living + "'))");
            Tests.run(EachTest.class, "one").succeed(1);
            try (var rows =
                    statement.executeQuery(
                            "select datname from pg_database where datname in ('"
                                    + dead
                                    + "', '"
                                    + living
                                    + "')")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo(living);
                assertThat(rows.next()).isFalse();
            }
        } finally {
            TestDatabase.POSTGRESQL.execute("drop database if exists " + living);
        }
    }

    @Test
    void isRefusedWhereNobodyKnowsHow() throws Exception {
        TestDatabase.MARIADB.use();
        Tests.run(EachTest.class, "two").fail("CAB0182", "pool 'shop'", "jdbc:mariadb:");
    }

    private static void prepare(TestDatabase database) throws SQLException {
        database.use();
        if (database == TestDatabase.POSTGRESQL) {
            database.execute("drop database if exists empty", "create database empty");
            PoolConfig.set("url", database.url().replace("/postgres?", "/empty?"));
        } else if (database == TestDatabase.SQLITE) {
            PoolConfig.set("url", "jdbc:sqlite:target/not-there.db");
        }
    }
}
