package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;

/**
 * The transaction of a test in the session that its connections share: all that they do is between savepoints in it,
 * and is rolled back at its end. It notices when somebody has ended it.
 *
 * <p>Thread safety: with the turns' lock, but for {@link #end}, which takes it.
 */
final class OuterTransaction {

    private final String pool;
    private final TestRun run;
    private final Connection real;
    private final Turns turns;
    private final Choices choices;
    private final boolean checksAtCommit;
    private final boolean originalAutoCommit;

    /** At its begin, so that it tells whether that goes on. */
    private Savepoint begin;

    /** Begins it. */
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

    /** PostgreSQL looks at deferred constraints at a commit; undone, so that they are as deferred as before. */
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

    /** The savepoint is gone, so the transaction has ended: go on in another one, and say so. */
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
     * Rolls back everything, and leaves the session as it was.
     *
     * @return false when it is of no use any more
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
            real.rollback(); // asking for a schema begins a transaction, too
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

    /** What ended the transaction past us, and was followed by nothing that noticed, is found here. */
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

    /** The driver does not come back; it may not come back from this either. */
    private void cut() {
        run.stillBusy(pool, turns.busy(), turns.patience());
        turns.endAll();
        Background.run(() -> real.abort(Runnable::run));
    }
}
