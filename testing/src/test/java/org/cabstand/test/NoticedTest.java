package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work that a rollback cannot undo, or of which it would undo too much, fails the test with a message. */
class NoticedTest {

    @CabstandTest
    @EnableWeld
    static class Works {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        private void swallowing(String sql) {
            try {
                orders.execute(sql);
            } catch (SQLException e) {
                // applications do that
            }
        }

        @Test
        void definesTable() throws Exception {
            orders.add(1);
            swallowing("/* now */ create table more (id integer)");
            swallowing("drop table if exists more");
        }

        @Test
        void definesTemporaryTable() throws Exception {
            orders.add(1);
            orders.execute("create temporary table more (id integer)");
            orders.execute("insert into more values (1)");
        }

        @Test
        void commitsBySql() throws Exception {
            orders.add(1);
            swallowing("commit");
        }

        @Test
        void commitsUnseen() throws Exception {
            orders.add(1);
            orders.execute("call commits()");
            orders.add(2);
        }

        @Test
        void commitsUnseenAmongOthers() throws Exception {
            orders.add(1);
            orders.execute("insert into orders values (2, ''); commit");
            orders.add(3);
        }

        @Test
        void rollsBackAroundRequiresNew() throws Exception {
            try {
                orders.failAfterAudit(1, 2);
            } catch (SQLException e) {
                assertThat(e.getMessage()).isEqualTo("refused");
            }
        }

        @Test
        void waitsForOther() throws Exception {
            try {
                orders.waitForOther(1);
            } catch (SQLException e) {
                // the application may well swallow it
            }
        }

        @Test
        void drawsFromSequence() throws Exception {
            orders.execute("insert into numbered (note) values ('one')");
        }

        @Test
        void leavesThread() throws Exception {
            orders.add(1);
            Connection left = orders.connect();
            CountDownLatch over = Late.OVER;
            Thread late =
                    new Thread(
                            () -> {
                                try {
                                    over.await();
                                    Orders.insert(left, 2);
                                } catch (Throwable e) {
                                    Late.errors.add(e);
                                }
                            });
            Late.thread = late;
            late.start();
        }
    }

    private static final class Late {
        static final CountDownLatch OVER = new CountDownLatch(1);
        static List<Throwable> errors = new CopyOnWriteArrayList<>();
        static Thread thread;
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "H2"})
    void definitionsOfTablesThatWouldCommit(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "definesTable")
                .fail("CAB0172", "pool 'shop'", "'/* now */ create table more (id integer)'");
        assertThat(database.rows()).isZero();
        if (database.isMariaDb()) {
            Tests.run(Works.class, "definesTemporaryTable").succeed(1);
        } else {
            Tests.run(Works.class, "definesTemporaryTable").fail("CAB0172");
        }
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "SQLITE"})
    void definitionsOfTablesThatAreUndone(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "definesTable").succeed(1);
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCommitBySql(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "commitsBySql").fail("CAB0172", "'commit'");
        assertThat(database.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL"})
    void aCommitInAProcedure(TestDatabase database) throws Exception {
        database.use();
        database.execute("drop procedure if exists commits", "create procedure commits() commit");
        Tests.run(Works.class, "commitsUnseen").fail("CAB0173", "'call commits()'");
        assertThat(database.rows()).isEqualTo(1); // said, and the later work undone
    }

    @Test
    void aCommitAmongOtherStatements() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(Works.class, "commitsUnseenAmongOthers").fail("CAB0173", "commit");
        assertThat(TestDatabase.POSTGRESQL.rows()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aRollBackThatTakesCommittedWorkAlong(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "rollsBackAroundRequiresNew")
                .fail("CAB0174", "insert into orders values (?, 'new')");
        assertThat(database.rows()).isZero();
    }

    @Test
    void aDeadlockOfTheTestsThreads() throws Exception {
        TestDatabase.POSTGRESQL.use();
        PoolConfig.set("acquisition-timeout", "300ms");
        Tests.run(Works.class, "waitsForOther")
                .fail(
                        "CAB0175",
                        "thread 'helper'",
                        "thread 'main'",
                        "org.cabstand.test.Orders.waitForOther");
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }

    @Test
    void aThreadThatOutlivesTheTest() throws Exception {
        TestDatabase.POSTGRESQL.use();
        PoolConfig.set("drain-timeout", "10ms");
        Tests.run(Works.class, "leavesThread").succeed(1);
        Late.OVER.countDown();
        Late.thread.join();
        assertThat(Late.errors).hasSize(1);
        assertThat(TestDatabase.POSTGRESQL.rows()).isZero();
    }

    /** MySQL's driver is not asked: the server is MariaDB's, and each sequence is named once. */
    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB", "H2"})
    void aSequenceThatMoves(TestDatabase database) throws Exception {
        database.use();
        database.execute(
                "drop table if exists numbered",
                database.isMariaDb()
                        ? "create table numbered (id integer auto_increment primary key, note"
                                + " varchar(9))"
                        : "create table numbered (id integer generated always as identity, note"
                                + " varchar(9))",
                "insert into numbered (note) values ('zero')");
        List<String> said = new CopyOnWriteArrayList<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        if (record.getLevel() == Level.INFO) {
                            said.add(record.getMessage());
                        }
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger logger = Logger.getLogger("org.cabstand");
        logger.addHandler(handler);
        try {
            Tests.run(Works.class, "drawsFromSequence").succeed(1);
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(said)
                .anySatisfy(
                        text ->
                                assertThat(text)
                                        .contains("CAB0181")
                                        .containsIgnoringCase("numbered"));
    }
}
