package org.cabstand.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.UserTransaction;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import org.jboss.weld.junit5.EnableWeld;
import org.jboss.weld.junit5.WeldInitiator;
import org.jboss.weld.junit5.WeldSetup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever an application, a driver or a database does in a test, that test ends and the next one is not harmed. */
class HostileTest {

    @CabstandTest
    @EnableWeld
    static class Works {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void isFine() throws Exception {
            orders.add(1);
            assertThat(orders.count()).isEqualTo(1);
        }

        @Test
        void leavesThreadInStatement() throws Exception {
            orders.add(1);
            CountDownLatch begun = new CountDownLatch(1);
            Thread thread =
                    new Thread(
                            () -> {
                                try (Connection connection = orders.connect();
                                        Statement statement = connection.createStatement()) {
                                    begun.countDown();
                                    statement.execute("select pg_sleep(30)");
                                } catch (SQLException e) {
                                    // it is cut
                                }
                            },
                            "sleeper");
            thread.start();
            begun.await();
            await().until(
                            () -> {
                                try (Connection other = TestDatabase.POSTGRESQL.connect();
                                        Statement statement = other.createStatement();
                                        var rows =
                                                statement.executeQuery(
                                                        "select 1 from pg_stat_activity where query"
                                                                + " like 'select pg_sleep%' and"
                                                                + " state = 'active'")) {
                                    return rows.next();
                                }
                            });
        }

        @Test
        void commitsPastThePool() throws Exception {
            orders.add(1);
            try (Connection connection = orders.connect()) {
                Connection raw = connection.unwrap(TestDatabase.driverConnection(connection));
                raw.commit();
            }
        }

        @Test
        void failsPastThePool() throws Exception {
            orders.add(1);
            try (Connection connection = orders.connect()) {
                connection.setAutoCommit(false);
                Connection raw = connection.unwrap(TestDatabase.driverConnection(connection));
                try (Statement statement = raw.createStatement()) {
                    statement.execute("insert into orders values (2, 'raw')");
                    assertThatThrownBy(() -> statement.execute("select nonsense"))
                            .isInstanceOf(SQLException.class);
                }
                connection.rollback();
            }
            assertThat(orders.count()).isEqualTo(1);
        }

        @Test
        void losesItsSession() throws Exception {
            orders.add(1);
            int backend = orders.number("select pg_backend_pid()");
            TestDatabase.POSTGRESQL.execute("select pg_terminate_backend(" + backend + ")");
            assertThatThrownBy(() -> orders.count()).isInstanceOf(SQLException.class);
        }

        @Test
        void outlivesItsTransaction() throws Exception {
            var transaction = UserTransaction.userTransaction();
            transaction.setTransactionTimeout(1);
            transaction.begin();
            orders.add(1);
            await().pollInSameThread().until(() -> transaction.getStatus() != Status.STATUS_ACTIVE);
            assertThatThrownBy(() -> orders.add(2)).isInstanceOf(SQLException.class);
            assertThatThrownBy(transaction::commit).isNotNull();
            transaction.setTransactionTimeout(0);
            assertThat(orders.count()).isZero();
            orders.addInTransaction(3);
            assertThat(orders.count()).isEqualTo(1);
        }

        @Test
        void switchesAutoCommit() throws Exception {
            try (Connection connection = orders.connect()) {
                connection.setAutoCommit(false);
                Orders.insert(connection, 1);
                connection.setAutoCommit(true); // commits
                Orders.insert(connection, 2);
                connection.setAutoCommit(false);
                Orders.insert(connection, 3);
                connection.rollback();
            }
            assertThat(orders.count()).isEqualTo(2);
        }
    }

    /** The application goes on when the test has ended. */
    @CabstandTest
    @EnableWeld
    @TestInstance(Lifecycle.PER_CLASS)
    static class Asks {

        @WeldSetup WeldInitiator weld = Application.weld();

        @Inject Orders orders;

        @Test
        void aDatabaseThatHangs() {
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    orders.count();
                                } catch (SQLException e) {
                                    HangingDriver.errors.add(e);
                                }
                            },
                            "asker");
            thread.start();
            await().until(() -> HangingDriver.hanging > 0);
        }
    }

    private static void theNextOneIsFine(TestDatabase database) throws SQLException {
        Tests.run(Works.class, "isFine").succeed(1);
        assertThat(database.rows()).isZero();
    }

    @BeforeEach
    void withoutTracesOfOthers() {
        HangingDriver.hangsAt = null;
        HangingDriver.errors.clear();
    }

    @Test
    void aStatementThatIsStillRunningAtTheEnd() throws Exception {
        TestDatabase.POSTGRESQL.use();
        PoolConfig.set("acquisition-timeout", "500ms");
        PoolConfig.set("drain-timeout", "10ms");
        Tests.run(Works.class, "leavesThreadInStatement")
                .fail("CAB0296", "pool 'shop'", "thread 'sleeper'", "500 ms");
        TestDatabase.POSTGRESQL.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where query like 'select pg_sleep%'"
                        + " and pid <> pg_backend_pid()");
        theNextOneIsFine(TestDatabase.POSTGRESQL);
    }

    /** When the session is to be shared, and when it is. */
    @ParameterizedTest
    @EnumSource(HangingDriver.Call.class)
    void aDriverThatHangs(HangingDriver.Call call) throws Exception {
        TestDatabase.H2.use();
        PoolConfig.set("url", HangingDriver.URL);
        PoolConfig.set("driver", HangingDriver.class.getName());
        PoolConfig.set("acquisition-timeout", "500ms");
        PoolConfig.set("drain-timeout", "10ms");
        HangingDriver.hangsAt = call;
        Tests.run(Asks.class).fail("CAB0296", "thread 'asker'");
        await().untilAsserted(() -> assertThat(HangingDriver.errors).hasSize(1));
        HangingDriver.errors.clear();
        HangingDriver.hangsAt = null;
        theNextOneIsFine(TestDatabase.H2);
    }

    @ParameterizedTest
    @EnumSource
    void aCommitPastThePool(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "commitsPastThePool").fail("CAB0173", "something unseen");
        assertThat(database.rows()).isEqualTo(1); // said
    }

    @ParameterizedTest
    @EnumSource
    void aFailurePastThePool(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "failsPastThePool").succeed(1);
        assertThat(database.rows()).isZero();
    }

    @Test
    void aSessionThatIsLost() throws Exception {
        TestDatabase.POSTGRESQL.use();
        Tests.run(Works.class, "losesItsSession").fail("CAB0297", "pool 'shop'");
        theNextOneIsFine(TestDatabase.POSTGRESQL);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatTimesOut(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "outlivesItsTransaction").succeed(1);
        theNextOneIsFine(database);
    }

    @ParameterizedTest
    @EnumSource
    void autoCommitThatIsSwitchedOnAndOff(TestDatabase database) throws Exception {
        database.use();
        Tests.run(Works.class, "switchesAutoCommit").succeed(1);
        assertThat(database.rows()).isZero();
    }
}
