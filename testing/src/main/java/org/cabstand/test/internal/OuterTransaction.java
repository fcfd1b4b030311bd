package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * The transaction of a test in the session that its connections share. All their work is between savepoints in it, and
 * is rolled back at the end. It notices if anything has ended it.
 *
 * <p>Thread safety: called under the lock of the turns, except for {@link #end}, which takes it.
 */
final class OuterTransaction {

    private final String pool;
    private final TestRun run;
    private final Connection real;
    private final Turns turns;
    private final Choices choices;
    private final boolean checksAtCommit;
    private final boolean originalAutoCommit;

    /** A savepoint at its beginning, which tells whether the transaction is still the same. */
    private Savepoint begin;

    /** Begins the transaction. */
    OuterTransaction(String pool, TestRun run, Connection real, Turns turns, Choices choices)
            throws SQLException {
        this.pool = pool;
        this.run = run;
        this.real = real;
        this.turns = turns;
        this.choices = choices;
        this.checksAtCommit = "PostgreSQL".equals(real.getMetaData().getDatabaseProductName());
        this.originalAutoCommit = real.getAutoCommit();
        real.setAutoCommit(false);
        this.begin = real.setSavepoint();
    }

    /** Checks deferred constraints, as PostgreSQL does at a commit, and makes them deferred again. */
    void checkConstraints(String sql) throws SQLException {
        if (checksAtCommit && !Sql.reads(sql)) {
            try (Statement statement = real.createStatement()) {
                statement.execute(
                        "savepoint cabstand_check; set constraints all immediate;"
                                + " rollback to savepoint cabstand_check;"
                                + " release savepoint cabstand_check");
            }
        }
    }

    void release(Savepoint savepoint, String sql) throws SQLException {
        try {
            real.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            lost(sql, e);
        }
    }

    void undo(Savepoint guard, String sql, Throwable error) throws SQLException {
        undoTo(guard, sql, error);
        release(guard, sql);
    }

    void undoTo(Savepoint savepoint, String sql, Throwable error) throws SQLException {
        try {
            real.rollback(savepoint);
            choices.unknown();
        } catch (SQLException e) {
            error.addSuppressed(e);
            lost(sql, e);
        }
    }

    /** Reports that the transaction has ended, because the savepoint is gone, and continues in another one. */
    private void lost(String sql, SQLException cause) throws SQLException {
        if (isDead(cause)) {
            run.fault(Message.SESSION_LOST.format(pool, cause.getMessage()));
            return;
        }
        run.fault(Message.HAS_COMMITTED.format(pool, Sql.shown(sql), cause.getMessage()));
        real.rollback();
        begin = real.setSavepoint();
        for (OpenWork work : turns.open()) {
            work.begin = real.setSavepoint();
            work.savepoints.clear();
        }
    }

    private boolean isDead(SQLException error) throws SQLException {
        return real.isClosed() || String.valueOf(error.getSQLState()).startsWith("08");
    }

    /**
     * Rolls back everything, and restores the session.
     *
     * @return false when the session is no longer usable
     */
    boolean end() throws SQLException {
        if (!turns.tryLock()) {
            cut();
            return false;
        }
        try {
            turns.endAll();
            if (real.isClosed()) {
                run.fault(Message.SESSION_LOST.format(pool, "it is closed"));
                return false;
            }
            checkItGoesOn();
            real.rollback();
            choices.restore();
            real.rollback(); // reading the schema begins a transaction, too
            real.setAutoCommit(originalAutoCommit);
            return true;
        } catch (SQLException e) {
            if (!isDead(e)) {
                throw e;
            }
            run.fault(Message.SESSION_LOST.format(pool, e.getMessage()));
            return false;
        } finally {
            turns.unlock();
        }
    }

    /** Finds out whether the transaction was ended unseen, if nothing has noticed that before. */
    private void checkItGoesOn() throws SQLException {
        try {
            real.rollback(begin);
        } catch (SQLException e) {
            if (isDead(e)) {
                throw e;
            }
            run.fault(Message.HAS_COMMITTED.format(pool, "something unseen", e.getMessage()));
        }
    }

    /** Aborts the session, because a call of the driver hangs. The abort may hang, too. */
    private void cut() {
        run.stillBusy(pool, turns.busy(), turns.patience());
        turns.endAll();
        Background.run(() -> real.abort(Runnable::run));
    }
}
