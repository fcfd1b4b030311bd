package org.cabstand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long random sequences of what a request can do with transactions, against a model: after each step the
 * committed rows and the connections in use are as the model says.
 *
 * <p>The seeds of a run are one fixed row and one random one; a failure names its own, which {@code
 * -Dcabstand.test.seed} repeats.
 */
class RandomTransactionsTest {

    private static final int STEPS = 120;
    private static final int DEEPEST = 3;

    /** A transaction of the model. */
    private static final class Begun {
        private Transaction suspended;
        private boolean uses;
        private boolean failed;
        private boolean marked;
        private final Set<Integer> rows = new TreeSet<>();
    }

    private final List<String> steps = new ArrayList<>();
    private final Set<Integer> committed = new TreeSet<>();
    private final Deque<Begun> transactions = new ArrayDeque<>();
    private TestApplication app;
    private TransactionManager manager;
    private Random random;
    private int nextRow;

    /** Of the connection outside of transactions. */
    private boolean held;

    private boolean autoCommit = true;
    private boolean failedOutside;
    private boolean unfinishedOutside;
    private final Set<Integer> openOutside = new TreeSet<>();

    static List<Long> seeds() {
        Long given = Long.getLong("cabstand.test.seed");
        if (given != null) {
            return List.of(given);
        }
        List<Long> seeds = new ArrayList<>();
        for (long i = 1; i <= 15; i++) {
            seeds.add(i);
            seeds.add(new Random().nextLong());
        }
        return seeds;
    }

    @BeforeEach
    void start() throws SQLException {
        app =
                TestApplication.startWithJta(
                        TestDatabase.POSTGRESQL.pool("max-size", Integer.toString(DEEPEST + 1)));
        manager = app.get(TransactionManager.class);
        try (Connection connection = app.dataSource().getConnection()) {
            Sql.run(connection, "drop table if exists random_ride");
            Sql.run(connection, "create table random_ride (id int primary key)");
        }
    }

    /** Ends transactions that a failed run has left behind, because the next one would wait for their locks. */
    @AfterEach
    void stop() throws Exception {
        if (manager.getStatus() != Status.STATUS_NO_TRANSACTION) {
            manager.rollback();
        }
        for (Begun left : transactions) {
            if (left.suspended != null
                    && left.suspended.getStatus() <= Status.STATUS_MARKED_ROLLBACK) {
                left.suspended.rollback();
            }
        }
        app.close();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsAndConnectionsAreAsTheModelSays(long seed) throws Exception {
        random = new Random(seed);
        try {
            app.request(
                    () -> {
                        for (int i = 0; i < STEPS; i++) {
                            step();
                            check();
                        }
                        while (!transactions.isEmpty()) {
                            end();
                            check();
                        }
                    });
            held = false;
            check();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + " after " + steps, e);
        }
    }

    private void step() throws Exception {
        switch (random.nextInt(transactions.isEmpty() ? 14 : 12)) {
            case 0, 1 -> begin();
            case 2, 3 -> end();
            case 4, 5, 6 -> insert(app.connection(), "insert");
            case 7 -> insertBorrowed();
            case 8 -> fail();
            case 9 -> close();
            case 10 -> mark();
            case 11 -> read();
            case 12 -> switchAutoCommit();
            default -> endOutside();
        }
    }

    private void begin() throws Exception {
        if (transactions.size() == DEEPEST) {
            return;
        }
        steps.add("begin");
        Begun begun = new Begun();
        if (!transactions.isEmpty()) {
            transactions.peek().suspended = manager.suspend();
        }
        manager.begin();
        transactions.push(begun);
    }

    private void end() throws Exception {
        if (transactions.isEmpty()) {
            return;
        }
        Begun ended = transactions.pop();
        if (random.nextBoolean()) {
            steps.add("commit");
            if (ended.marked || ended.failed) {
                assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
            } else {
                manager.commit();
                committed.addAll(ended.rows);
            }
        } else {
            steps.add("rollback");
            manager.rollback();
        }
        if (!transactions.isEmpty()) {
            manager.resume(transactions.peek().suspended);
        }
    }

    /** Whether the next use is one of the transaction; the model of who holds what. */
    private boolean joins() {
        Begun current = transactions.peek();
        if (current == null) {
            held = true;
            return false;
        }
        boolean refused = current.marked && !current.uses;
        if (!current.uses && !unfinishedOutside) {
            held = false; // idle, it goes back first
        }
        current.uses |= !refused;
        return true;
    }

    private void insert(Connection connection, String step) throws SQLException {
        int row = nextRow++;
        steps.add(step + " " + row);
        String sql = "insert into random_ride values (" + row + ")";
        if (joins()) {
            Begun current = transactions.peek();
            if (!current.uses || current.failed) {
                assertThatThrownBy(() -> Sql.run(connection, sql)).isInstanceOf(SQLException.class);
            } else {
                Sql.run(connection, sql);
                current.rows.add(row);
            }
        } else if (failedOutside) {
            assertThatThrownBy(() -> Sql.run(connection, sql)).isInstanceOf(SQLException.class);
        } else {
            unfinishedOutside = !autoCommit;
            Sql.run(connection, sql);
            (autoCommit ? committed : openOutside).add(row);
        }
    }

    /** A connection of the DataSource, in a transaction, where it is the same one. */
    private void insertBorrowed() throws SQLException {
        Begun current = transactions.peek();
        if (current == null || !current.uses) {
            return;
        }
        try (Connection borrowed = app.dataSource().getConnection()) {
            insert(borrowed, "insert borrowed");
        }
    }

    private void fail() {
        steps.add("fail");
        boolean inTransaction = joins();
        assertThatThrownBy(() -> Sql.run(app.connection(), "select no_such_column"))
                .isInstanceOf(SQLException.class);
        if (inTransaction) {
            transactions.peek().failed |= transactions.peek().uses;
        } else {
            failedOutside |= !autoCommit;
            unfinishedOutside |= !autoCommit;
        }
    }

    private void read() throws SQLException {
        Begun current = transactions.peek();
        if (current == null ? failedOutside : current.failed || current.marked && !current.uses) {
            return;
        }
        steps.add("read");
        Set<Integer> expected = new TreeSet<>(committed);
        if (joins()) {
            expected.addAll(current.rows);
        } else {
            expected.addAll(openOutside);
            unfinishedOutside = !autoCommit;
        }
        assertThat(rows(app.connection())).isEqualTo(expected);
    }

    private void close() throws SQLException {
        steps.add("close");
        app.connection().close();
        if (transactions.isEmpty()) {
            held = false;
            finishedOutside();
        }
    }

    private void finishedOutside() {
        openOutside.clear();
        failedOutside = false;
        unfinishedOutside = false;
    }

    private void mark() throws Exception {
        if (!transactions.isEmpty()) {
            steps.add("mark");
            manager.setRollbackOnly();
            transactions.peek().marked = true;
        }
    }

    private void switchAutoCommit() throws SQLException {
        steps.add("auto-commit " + !autoCommit);
        joins();
        if (failedOutside) {
            app.connection().rollback();
            finishedOutside();
        }
        autoCommit = !autoCommit;
        app.connection().setAutoCommit(autoCommit); // JDBC: commits
        committed.addAll(openOutside);
        finishedOutside();
    }

    private void endOutside() throws SQLException {
        if (autoCommit) {
            return;
        }
        joins();
        if (random.nextBoolean() && !failedOutside) {
            steps.add("commit outside");
            app.connection().commit();
            committed.addAll(openOutside);
        } else {
            steps.add("rollback outside");
            app.connection().rollback();
        }
        finishedOutside();
    }

    private void check() throws SQLException {
        long inTransactions = transactions.stream().filter(t -> t.uses).count();
        assertThat(app.state().active())
                .as("connections in use")
                .isEqualTo((int) inTransactions + (held ? 1 : 0));
        try (Connection outside =
                DatabaseServers.postgres().getPostgresDatabase().getConnection()) {
            assertThat(rows(outside)).as("committed").isEqualTo(committed);
        }
    }

    private static Set<Integer> rows(Connection connection) throws SQLException {
        Set<Integer> rows = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("select id from random_ride")) {
            while (results.next()) {
                rows.add(results.getInt(1));
            }
        }
        return rows;
    }
}
