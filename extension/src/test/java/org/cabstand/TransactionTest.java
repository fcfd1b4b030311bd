package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.cabstand.TestApplication.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection follows JTA transactions: the fine grain, with Narayana as the transaction manager. */
class TransactionTest {

    /** Work as applications do it. */
    @ApplicationScoped
    static class Transactions {

        @Transactional
        void required(Work work) throws Exception {
            work.run();
        }

        @Transactional(rollbackOn = IOException.class)
        void rollbackOnChecked(Work work) throws Exception {
            work.run();
        }
    }

    private final CapturedLog log = new CapturedLog();
    private TestApplication app;
    private Transactions transactions;
    private Suspending suspending;
    private TransactionManager manager;

    private void start(TestDatabase database, String... settings) throws SQLException {
        start(database.pool(settings));
        create(app.dataSource("test"));
    }

    private void start(Map<String, String> properties, Class<?>... more) {
        List<Class<?>> beans = new ArrayList<>(List.of(more));
        beans.add(Transactions.class);
        beans.add(Suspending.class);
        app = TestApplication.startWithJta(properties, beans.toArray(Class<?>[]::new));
        transactions = app.get(Transactions.class);
        suspending = app.get(Suspending.class);
        manager = app.get(TransactionManager.class);
    }

    private static void create(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Sql.run(connection, "drop table if exists ride");
            Sql.run(connection, "create table ride (id int)");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    @AfterEach
    void stop() {
        log.close();
        if (app != null) {
            app.close();
        }
    }

    private int rides() throws SQLException {
        return rides(app.dataSource("test"));
    }

    private static int rides(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return count(connection);
        }
    }

    private static int count(Connection connection) throws SQLException {
        return Integer.parseInt(Sql.one(connection, "select count(*) from ride"));
    }

    private void insert(int id) throws SQLException {
        Sql.run(app.connection(), "insert into ride values (" + id + ")");
    }

    private String session() throws SQLException {
        return Sql.one(app.connection(), "select pg_backend_pid()");
    }

    private void assertNothingInUse() {
        await().untilAsserted(() -> assertThat(app.state().active()).isZero());
    }

    // commit and rollback

    @ParameterizedTest
    @EnumSource
    void requestsConnectionIsCommittedAndRolledBackWithTheTransaction(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        app.request(
                () -> {
                    transactions.required(() -> insert(1));
                    assertThat(count(app.connection())).isEqualTo(1);
                    assertThat(app.connection().getAutoCommit()).isTrue();
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(2);
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void borrowedConnectionsAreCommittedAndRolledBackWithTheTransaction(TestDatabase database)
            throws Exception {
        start(database, "max-size", "1");
        transactions.required(
                () -> {
                    try (Connection first = app.dataSource().getConnection()) {
                        Sql.run(first, "insert into ride values (1)");
                    }
                    try (Connection second = app.dataSource().getConnection()) {
                        assertThat(count(second)).as("the same session").isEqualTo(1);
                    }
                });
        assertThatThrownBy(
                        () ->
                                transactions.required(
                                        () -> {
                                            try (Connection connection =
                                                    app.dataSource().getConnection()) {
                                                Sql.run(connection, "insert into ride values (2)");
                                            }
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void poolWithoutAutoCommitTakesPart() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "auto-commit", "false");
        app.request(
                () -> {
                    transactions.required(() -> insert(1));
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(2);
                                                        throw new IllegalStateException();
                                                    }))
                            .isInstanceOf(IllegalStateException.class);
                    assertThat(count(app.connection())).isEqualTo(1);
                });
        assertNothingInUse();
    }

    @Test
    void checkedExceptionsCommitUnlessTheyAreInRollbackOn() throws Exception {
        start(TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(1);
                                                        throw new IOException("checked");
                                                    }))
                            .hasMessage("checked");
                    assertThatThrownBy(
                                    () ->
                                            transactions.rollbackOnChecked(
                                                    () -> {
                                                        insert(2);
                                                        throw new IOException("checked");
                                                    }))
                            .hasMessage("checked");
                });
        assertThat(rides()).isEqualTo(1);
    }

    @Test
    void rollbackOnlyIsRolledBackAndCanBeReadIn() throws Exception {
        start(TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    manager.setRollbackOnly();
                    assertThat(count(app.connection())).isEqualTo(1);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThat(rides()).isZero();
        assertNothingInUse();
    }

    @Test
    void nothingJoinsATransactionThatIsMarkedForRollback() throws Exception {
        start(TestDatabase.POSTGRESQL);
        app.request(
                () -> {
                    manager.begin();
                    manager.setRollbackOnly();
                    assertThatThrownBy(() -> insert(1))
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("CAB0116")
                            .hasMessageContaining("marked for rollback");
                    manager.rollback();
                    insert(2);
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    // per call

    @Test
    void eachCallGoesToTheTransactionOfItsThread() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "3");
        app.request(
                () -> {
                    insert(1);
                    transactions.required(
                            () -> {
                                insert(2);
                                String outer = session();
                                suspending.requiresNew(
                                        () -> {
                                            System.err.println(
                                                    "DBG inner " + manager.getTransaction());
                                            assertThat(session()).isNotEqualTo(outer);
                                            assertThat(count(app.connection()))
                                                    .as("what the outer one did is not seen")
                                                    .isEqualTo(1);
                                            insert(3);
                                        });
                                suspending.notSupported(
                                        () -> {
                                            assertThat(session()).isNotEqualTo(outer);
                                            assertThat(app.connection().getAutoCommit()).isTrue();
                                            assertThat(count(app.connection())).isEqualTo(2);
                                        });
                                assertThat(session()).isEqualTo(outer);
                                assertThat(count(app.connection())).isEqualTo(3);
                                manager.setRollbackOnly();
                            });
                });
        assertThat(rides()).as("1 and 3").isEqualTo(2);
        assertNothingInUse();
    }

    @Test
    void userTransactionByHandIsFollowed() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    for (int i = 0; i < 3; i++) {
                        insert(i);
                        manager.begin();
                        insert(10 + i);
                        if (i == 1) {
                            manager.rollback();
                        } else {
                            manager.commit();
                        }
                    }
                });
        assertThat(rides()).isEqualTo(5);
        assertNothingInUse();
    }

    @Test
    void borrowedConnectionFollowsTooFromBeforeTheTransactionUntilAfterIt() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "insert into ride values (1)");
            manager.begin();
            Sql.run(connection, "insert into ride values (2)");
            manager.rollback();
            Sql.run(connection, "insert into ride values (3)");
            assertThat(count(connection)).isEqualTo(2);
        }
        assertNothingInUse();
    }

    // how many connections

    @Test
    void idleConnectionGoesBackBeforeTheTransactionTakesOne() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "acquisition-timeout", "2s");
        app.request(
                () -> {
                    insert(1);
                    transactions.required(
                            () -> {
                                insert(2);
                                assertThat(app.state().active()).isEqualTo(1);
                            });
                    insert(3);
                    assertThat(app.state().active()).isEqualTo(1);
                });
        assertThat(rides()).isEqualTo(3);
    }

    @Test
    void openWorkOutsideThatBlocksTheTransactionFailsAtOnceAndSaysWhy() throws Exception {
        start(
                TestDatabase.POSTGRESQL,
                "max-size",
                "1",
                "auto-commit",
                "false",
                "acquisition-timeout",
                "20s");
        app.request(
                () -> {
                    insert(1);
                    long begin = System.nanoTime();
                    assertThatThrownBy(() -> transactions.required(() -> insert(2)))
                            .isInstanceOf(PoolExhaustedException.class)
                            .hasMessageContaining("CAB0120: pool 'test'")
                            .hasMessageContaining("neither committed nor rolled back")
                            .hasMessageContaining("cabstand.pool.test.max-size");
                    assertThat(Duration.ofNanos(System.nanoTime() - begin))
                            .isLessThan(Duration.ofSeconds(10));
                    app.connection().commit();
                    transactions.required(() -> insert(3));
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    @Test
    void openStatementOutsideKeepsItsConnection() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        insertOutside(1, 2, 3);
        app.request(
                () -> {
                    int sum = 0;
                    try (Statement statement = app.connection().createStatement();
                            ResultSet results = statement.executeQuery("select id from ride")) {
                        while (results.next()) {
                            int id = results.getInt(1);
                            sum += id;
                            transactions.required(() -> insert(10 * id));
                        }
                    }
                    assertThat(sum).isEqualTo(6);
                });
        assertThat(rides()).isEqualTo(6);
        assertNothingInUse();
    }

    @Test
    void openMetadataResultOutsideKeepsItsConnection() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    try (ResultSet tables =
                            app.connection().getMetaData().getTables(null, null, "ride", null)) {
                        assertThatThrownBy(() -> transactions.required(() -> insert(1)))
                                .hasMessageContaining("an open statement or result");
                        assertThat(tables.next()).isTrue();
                    }
                    transactions.required(() -> insert(2));
                });
        assertThat(rides()).isEqualTo(1);
    }

    @Test
    void suspendedTransactionThatBlocksAnotherIsNamed() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "acquisition-timeout", "20s");
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    insert(1);
                                    assertThatThrownBy(
                                                    () -> suspending.requiresNew(() -> insert(2)))
                                            .hasMessageContaining("CAB0120")
                                            .hasMessageContaining("suspended transaction");
                                    assertThatThrownBy(
                                                    () -> suspending.notSupported(() -> insert(3)))
                                            .hasMessageContaining("CAB0120");
                                    insert(4);
                                }));
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    private void insertOutside(int... ids) throws SQLException {
        try (Connection connection = app.dataSource().getConnection()) {
            for (int id : ids) {
                Sql.run(connection, "insert into ride values (" + id + ")");
            }
        }
    }

    // state

    @Test
    void stateFollowsIntoTheTransactionAndOutOfIt() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "create schema if not exists tenant_a");
            Sql.run(connection, "create schema if not exists tenant_b");
        }
        app.request(
                () -> {
                    app.connection().setSchema("tenant_a");
                    app.connection().setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    transactions.required(
                            () -> {
                                assertThat(app.connection().getSchema()).isEqualTo("tenant_a");
                                assertThat(Sql.one(app.connection(), "show transaction_isolation"))
                                        .isEqualTo("serializable");
                                app.connection().setSchema("tenant_b");
                                suspending.requiresNew(
                                        () ->
                                                assertThat(app.connection().getSchema())
                                                        .isEqualTo("tenant_b"));
                            });
                    assertThat(app.connection().getSchema()).isEqualTo("tenant_b");
                });
        for (int i = 0; i < 2; i++) {
            app.request(
                    () -> {
                        assertThat(app.connection().getSchema()).isEqualTo("public");
                        assertThat(app.connection().getTransactionIsolation())
                                .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
                    });
        }
    }

    @Test
    void stateChangedInsideReachesTheConnectionThatWaitedOutside() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "2");
        insertOutside(1);
        app.request(
                () -> {
                    String outside = session();
                    try (PreparedStatement open = app.connection().prepareStatement("select 1")) {
                        transactions.required(
                                () -> {
                                    assertThat(session()).isNotEqualTo(outside);
                                    app.connection().setSchema("pg_catalog");
                                });
                        assertThat(open.execute()).isTrue();
                        assertThat(session()).isEqualTo(outside);
                        assertThat(app.connection().getSchema()).isEqualTo("pg_catalog");
                    }
                });
    }

    /** Notes each session that it was given. */
    @ApplicationScoped
    static class Customizer implements ConnectionCustomizer {

        @Override
        public void customize(String pool, Connection connection) throws SQLException {
            try (PreparedStatement statement =
                    connection.prepareStatement("select set_config('app.tenant', ?, false)")) {
                statement.setString(1, "t" + pool);
                statement.execute();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = org.cabstand.internal.config.Transactions.class,
            names = {"AUTO", "XA"})
    void customizerIsCalledForTheTransactionsConnection(
            org.cabstand.internal.config.Transactions setting) throws Exception {
        for (String autoCommit : new String[] {"true", "false"}) {
            start(
                    TestDatabase.POSTGRESQL.pool(
                            "transactions",
                            setting.name().toLowerCase(java.util.Locale.ROOT),
                            "auto-commit",
                            autoCommit),
                    Customizer.class);
            app.request(
                    () ->
                            transactions.required(
                                    () ->
                                            assertThat(Sql.one(app.connection(), "show app.tenant"))
                                                    .isEqualTo("ttest")));
            assertNothingInUse();
            app.close();
        }
        app = null;
    }

    // what the transaction decides

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void commitRollbackAndAutoCommitAreRefusedAndHarmNothing(TestDatabase database)
            throws Exception {
        start(database);
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    Connection connection = app.connection();
                                    insert(1);
                                    assertThatThrownBy(connection::commit)
                                            .isInstanceOf(SQLException.class)
                                            .hasMessageContaining("CAB0113: commit()");
                                    assertThatThrownBy(connection::rollback)
                                            .hasMessageContaining("CAB0113: rollback()");
                                    assertThatThrownBy(() -> connection.setAutoCommit(true))
                                            .hasMessageContaining("CAB0113: setAutoCommit(true)");
                                    connection.setAutoCommit(false);
                                    assertThat(connection.getAutoCommit()).isFalse();
                                    insert(2);
                                }));
        assertThat(rides()).isEqualTo(2);
        app.request(() -> assertThat(app.connection().getAutoCommit()).isTrue());
    }

    @Test
    void closeInsideEndsThisUseOnly() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    insert(1);
                                    String session = session();
                                    PreparedStatement left =
                                            app.connection().prepareStatement("select 1");
                                    app.connection().close();
                                    assertThat(app.connection().isClosed()).isFalse();
                                    assertThat(left.isClosed()).isTrue();
                                    assertThat(session()).isEqualTo(session);
                                    assertThat(count(app.connection())).isEqualTo(1);
                                    app.connection().close();
                                    app.connection().close();
                                }));
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @Test
    void statementsAreNotMovedToAnotherTransaction() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "3");
        app.request(
                () -> {
                    PreparedStatement outside =
                            app.connection().prepareStatement("insert into ride values (1)");
                    PreparedStatement[] inside = new PreparedStatement[1];
                    transactions.required(
                            () -> {
                                assertThatThrownBy(outside::execute)
                                        .isInstanceOf(SQLException.class)
                                        .hasMessageContaining("CAB0118");
                                inside[0] =
                                        app.connection()
                                                .prepareStatement("insert into ride values (2)");
                                suspending.requiresNew(
                                        () ->
                                                assertThatThrownBy(() -> inside[0].execute())
                                                        .hasMessageContaining("CAB0118"));
                                inside[0].execute();
                            });
                    assertThatThrownBy(() -> inside[0].execute())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("CAB0119");
                    outside.execute();
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    @Test
    void requestThatEndsInsideATransactionLeavesTheConnectionToIt() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                });
        assertThat(app.state().active()).isEqualTo(1);
        manager.commit();
        assertNothingInUse();
        assertThat(rides()).isEqualTo(1);
    }

    // more than one resource

    private Map<String, String> twoPools(String first, String second) {
        Map<String, String> properties =
                TestDatabase.POSTGRESQL.pool("transactions", first, "max-size", "1");
        TestDatabase.H2
                .pool("transactions", second, "max-size", "1")
                .forEach((key, value) -> properties.put(key.replace(".test.", ".other."), value));
        properties.put("cabstand.default-pool", "test");
        return properties;
    }

    private void startTwo(String first, String second) throws SQLException {
        start(twoPools(first, second));
        create(app.dataSource("test"));
        create(app.dataSource("other"));
    }

    private void insertOther(int id) throws SQLException {
        try (Connection connection = app.dataSource("other").getConnection()) {
            Sql.run(connection, "insert into ride values (" + id + ")");
        }
    }

    @ParameterizedTest
    @CsvSource({"auto,auto", "auto,xa", "xa,auto"})
    void secondPoolIsRefusedAndTheFirstUnharmed(String first, String second) throws Exception {
        startTwo(first, second);
        app.request(
                () ->
                        transactions.required(
                                () -> {
                                    insert(1);
                                    assertThatThrownBy(() -> insertOther(1))
                                            .isInstanceOf(SQLException.class)
                                            .hasMessageContaining("CAB0115")
                                            .hasMessageContaining("'other'")
                                            .hasMessageContaining("'test'")
                                            .hasMessageContaining(
                                                    "cabstand.pool.other.transactions");
                                    assertThat(
                                                    TestApplication.state(app.dataSource("other"))
                                                            .active())
                                            .isZero();
                                    insert(2);
                                }));
        assertThat(rides()).isEqualTo(2);
        assertThat(rides(app.dataSource("other"))).isZero();
    }

    @Test
    void twoXaPoolsAreCommittedAndRolledBackTogether() throws Exception {
        startTwo("xa", "xa");
        app.request(
                () -> {
                    insert(0); // outside of a transaction it is a connection like any other
                    transactions.required(
                            () -> {
                                insert(1);
                                insertOther(1);
                            });
                    assertThatThrownBy(
                                    () ->
                                            transactions.required(
                                                    () -> {
                                                        insert(2);
                                                        insertOther(2);
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                });
        assertThat(rides()).isEqualTo(2);
        assertThat(rides(app.dataSource("other"))).isEqualTo(1);
        assertNothingInUse();
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SQLITE")
    void xaPoolWorksAloneOnEachDatabase(TestDatabase database) throws Exception {
        start(database, "transactions", "xa", "max-size", "1");
        app.request(
                () -> {
                    transactions.required(() -> insert(1));
                    manager.begin();
                    insert(2);
                    manager.rollback();
                    manager.begin();
                    manager.getTransaction().enlistResource(new ForeignResource());
                    insert(3);
                    manager.commit(); // in two phases
                    app.connection().setAutoCommit(false);
                    insert(4);
                    app.connection().rollback();
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    /** Something that takes part in a transaction beside a pool, as JMS does. */
    private static final class ForeignResource implements XAResource {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void start(Xid xid, int flags) {
            calls.add("start");
        }

        @Override
        public void end(Xid xid, int flags) {
            calls.add("end");
        }

        @Override
        public int prepare(Xid xid) {
            calls.add("prepare");
            return XA_OK;
        }

        @Override
        public void commit(Xid xid, boolean onePhase) {
            calls.add("commit");
        }

        @Override
        public void rollback(Xid xid) {
            calls.add("rollback");
        }

        @Override
        public void forget(Xid xid) {
            calls.add("forget");
        }

        @Override
        public Xid[] recover(int flag) throws XAException {
            return new Xid[0];
        }

        @Override
        public boolean isSameRM(XAResource other) {
            return other == this;
        }

        @Override
        public int getTransactionTimeout() {
            return 0;
        }

        @Override
        public boolean setTransactionTimeout(int seconds) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void besideAForeignResourceAOnePhasePoolVotesRollbackAndSaysSo(boolean foreignFirst)
            throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        ForeignResource foreign = new ForeignResource();
        app.request(
                () -> {
                    manager.begin();
                    if (foreignFirst) {
                        manager.getTransaction().enlistResource(foreign);
                    }
                    insert(1);
                    if (!foreignFirst) {
                        manager.getTransaction().enlistResource(foreign);
                    }
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThat(foreign.calls).contains("rollback").doesNotContain("commit");
        assertThat(rides()).isZero();
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .startsWith("CAB0214: pool 'test'")
                .contains("cabstand.pool.test.transactions");
        assertNothingInUse();
    }

    // failures

    @Test
    void failedCommitIsARollbackException() throws Exception {
        for (String setting : new String[] {"auto", "xa"}) {
            start(TestDatabase.POSTGRESQL, "max-size", "1", "transactions", setting);
            app.request(
                    () -> {
                        Sql.run(
                                app.connection(),
                                "alter table ride add constraint one unique (id)"
                                        + " deferrable initially deferred");
                        manager.begin();
                        insert(1);
                        insert(1);
                        assertThatThrownBy(manager::commit)
                                .as(setting)
                                .isInstanceOf(RollbackException.class);
                        transactions.required(() -> insert(2));
                    });
            assertThat(rides()).isEqualTo(1);
            assertThat(log.warnings())
                    .as(setting)
                    .anySatisfy(
                            warning ->
                                    assertThat(warning)
                                            .startsWith("CAB0213: pool 'test'")
                                            .contains("duplicate key"));
            assertNothingInUse();
            app.close();
        }
        app = null;
    }

    /** PostgreSQL rolls back when it is told to commit, and its driver takes that for success. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "xa"})
    void commitAfterAStatementThatEndedTheTransactionInTheDatabaseIsARollbackException(
            String setting) throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1", "transactions", setting);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select no_such_column"))
                            .isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    manager.begin();
                    manager.getTransaction().enlistResource(new ForeignResource());
                    insert(2);
                    assertThatThrownBy(() -> Sql.run(app.connection(), "select no_such_column"))
                            .isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    transactions.required(() -> insert(3));
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    /** After a deadlock MariaDB goes on as if a new transaction had begun, whose work could be committed. */
    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "MYSQL", "POSTGRESQL"})
    void commitAfterADeadlockIsARollbackException(TestDatabase database) throws Exception {
        start(database, "max-size", "2");
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists locked");
            Sql.run(connection, "create table locked (id int primary key, n int)");
            Sql.run(connection, "insert into locked values (1, 0), (2, 0)");
        }
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    Sql.run(app.connection(), "update locked set n = 1 where id = 1");
                    CountDownLatch locked = new CountDownLatch(1);
                    CompletableFuture<Boolean> other =
                            CompletableFuture.supplyAsync(() -> lockBoth(locked));
                    locked.await();
                    boolean lost = false;
                    try {
                        Sql.run(app.connection(), "update locked set n = 1 where id = 2");
                    } catch (SQLException e) {
                        assertThat(e.getSQLState()).startsWith("40");
                        lost = true;
                    }
                    if (lost) {
                        if (database != TestDatabase.POSTGRESQL) {
                            insert(2);
                        }
                        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    } else {
                        manager.commit();
                    }
                    assertThat(other.get()).as("one of the two").isEqualTo(lost);
                    assertThat(rides()).isEqualTo(lost ? 0 : 1);
                });
        assertNothingInUse();
    }

    /** Locks the second row and then the first; has done much, so that the other one is given up. */
    private boolean lockBoth(CountDownLatch locked) {
        try (Connection connection = app.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 10; i < 60; i++) {
                Sql.run(connection, "insert into locked values (" + i + ", 0)");
            }
            Sql.run(connection, "update locked set n = 2 where id = 2");
            locked.countDown();
            Sql.run(connection, "update locked set n = 2 where id = 1");
            connection.commit();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void sessionKilledInATransactionIsARollbackExceptionAndTheNextWorks() throws Exception {
        for (String setting : new String[] {"auto", "xa"}) {
            start(TestDatabase.POSTGRESQL, "max-size", "1", "transactions", setting);
            app.request(
                    () -> {
                        manager.begin();
                        insert(1);
                        kill(session());
                        assertThatThrownBy(manager::commit)
                                .as(setting)
                                .isInstanceOf(RollbackException.class);
                        manager.begin();
                        insert(2);
                        kill(session());
                        assertThatThrownBy(() -> insert(3)).isInstanceOf(SQLException.class);
                        assertThatThrownBy(manager::commit)
                                .as(setting)
                                .isInstanceOf(RollbackException.class);
                        transactions.required(() -> insert(4));
                    });
            assertThat(rides()).isEqualTo(1);
            assertNothingInUse();
            app.close();
        }
        app = null;
    }

    private static void kill(String session) throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            assertThat(Sql.one(admin, "select pg_terminate_backend(" + session + ", 5000)"))
                    .isEqualTo("t");
        }
    }

    @Test
    void abortInATransactionIsARollbackException() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    app.connection().abort(Runnable::run);
                    assertThatThrownBy(() -> insert(2)).isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                });
        assertThat(rides()).isZero();
        assertNothingInUse();
    }

    @ParameterizedTest
    @EnumSource
    void timedOutTransactionFailsClosed(TestDatabase database) throws Exception {
        start(database, "max-size", "1");
        manager.setTransactionTimeout(1);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    Connection connection = app.connection();
                    PreparedStatement statement =
                            connection.prepareStatement("insert into ride values (2)");
                    await().pollInSameThread()
                            .until(() -> manager.getStatus() != Status.STATUS_ACTIVE);
                    assertThatThrownBy(() -> insert(3)).isInstanceOf(SQLException.class);
                    assertThatThrownBy(statement::execute).isInstanceOf(SQLException.class);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
                    insert(4);
                });
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, auto, select pg_sleep(30)",
        "POSTGRESQL, xa, select pg_sleep(30)",
        "MARIADB, auto, select sleep(30)",
        "MARIADB, xa, select sleep(30)",
        "MYSQL, auto, select sleep(30)",
        "MYSQL, xa, select sleep(30)"
    })
    void timeOutEndsARunningStatementAndNothingIsCommitted(
            TestDatabase database, String setting, String sleep) throws Exception {
        start(database, "max-size", "1", "transactions", setting);
        manager.setTransactionTimeout(1);
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    long begin = System.nanoTime();
                    assertThatThrownBy(() -> insert(asRow(sleep))).isInstanceOf(SQLException.class);
                    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                            .isLessThan(20);
                    assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                    insert(2);
                });
        if (database == TestDatabase.POSTGRESQL) {
            assertPostgresSleepsNoMore();
        }
        assertThat(rides()).isEqualTo(1);
        assertNothingInUse();
    }

    /** A statement that changes something if it is not ended: MariaDB ends a lone sleep without error. */
    private static String asRow(String query) {
        return "select count(*) from (" + query + ") as slept";
    }

    private void insert(String query) throws SQLException {
        Sql.run(app.connection(), "insert into ride " + query);
    }

    private static void assertPostgresSleepsNoMore() throws SQLException {
        try (Connection admin = DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    Sql.one(
                                                            admin,
                                                            "select count(*) from pg_stat_activity"
                                                                    + " where query like '%pg_sleep%'"
                                                                    + " and pid <> pg_backend_pid()"))
                                            .isEqualTo("0"));
        }
    }

    /** Whether it was committed nobody knows; the caller must not take it for success. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "xa"})
    void commitThatTheDatabaseDoesNotAnswerIsARollbackExceptionAndThePoolIsWhole(String setting)
            throws Exception {
        try (SilentProxy proxy = new SilentProxy(TestDatabase.POSTGRESQL.port())) {
            Map<String, String> pool =
                    TestDatabase.POSTGRESQL.pool(
                            "max-size", "1", "transactions", setting, "network-timeout", "1s");
            pool.put("cabstand.pool.test.url", TestDatabase.POSTGRESQL.url(proxy.port()));
            start(pool);
            create(app.dataSource());
            app.request(
                    () -> {
                        manager.begin();
                        insert(1);
                        proxy.silence();
                        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
                        transactions.required(() -> insert(2));
                    });
            assertThat(rides()).isEqualTo(1);
            assertNothingInUse();
        }
    }

    @Test
    void sessionKilledAfterACommitCostsAtMostTheNextUse() throws Exception {
        start(TestDatabase.POSTGRESQL, "max-size", "1");
        app.request(
                () -> {
                    String[] session = new String[1];
                    transactions.required(
                            () -> {
                                insert(1);
                                session[0] = session();
                            });
                    kill(session[0]);
                    assertThatThrownBy(() -> transactions.required(() -> insert(2)))
                            .isInstanceOfAny(SQLException.class, RollbackException.class);
                    transactions.required(() -> insert(3));
                });
        assertThat(rides()).isEqualTo(2);
        assertNothingInUse();
    }

    // settings

    @Test
    void requiredIsRefusedOutsideOfATransaction() throws Exception {
        start(TestDatabase.POSTGRESQL.pool("transactions", "required", "max-size", "1"));
        app.request(
                () -> {
                    assertThatThrownBy(() -> app.connection().createStatement())
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("CAB0114: pool 'test'")
                            .hasMessageContaining("cabstand.pool.test.transactions");
                    assertThatThrownBy(() -> app.dataSource().getConnection())
                            .hasMessageContaining("CAB0114");
                    assertThat(app.state().active()).isZero();
                    transactions.required(
                            () -> assertThat(Sql.one(app.connection(), "select 1")).isEqualTo("1"));
                    assertThatThrownBy(() -> app.connection().createStatement())
                            .hasMessageContaining("CAB0114");
                });
        assertNothingInUse();
    }

    @Test
    void offNeverTakesPart() throws Exception {
        start(TestDatabase.POSTGRESQL, "transactions", "off", "max-size", "1");
        app.request(
                () -> {
                    manager.begin();
                    insert(1);
                    app.connection().setAutoCommit(false);
                    insert(2);
                    app.connection().commit();
                    manager.rollback();
                });
        assertThat(rides()).isEqualTo(2);
    }

    @Test
    void databaseWithoutAKnownXaDataSourceIsReportedAtDeployment() {
        assertThatThrownBy(() -> start(TestDatabase.SQLITE.pool("transactions", "xa")))
                .hasMessageContaining("CAB0021")
                .hasMessageContaining("cabstand.pool.test.driver");
    }

    @Test
    void borrowThatFailsInATransactionHarmsItNot() throws Exception {
        FakeDatabase database = new FakeDatabase("refusing-auto-commit");
        start(database.pool("max-size", "1"));
        database.on(
                "setAutoCommit",
                (session, args) -> {
                    if (Boolean.FALSE.equals(args[0])) {
                        throw new SQLException("not now", "08006");
                    }
                    return null;
                });
        app.request(
                () -> {
                    manager.begin();
                    assertThatThrownBy(() -> app.connection().createStatement())
                            .hasMessageContaining("not now");
                    database.asUsual("setAutoCommit");
                    app.connection().createStatement().close();
                    manager.commit();
                });
        assertNothingInUse();
    }
}
