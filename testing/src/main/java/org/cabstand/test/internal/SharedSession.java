package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;

/**
 * The session that all connections of a pool share during a test, in one transaction that is rolled back at the end.
 *
 * <p>Every connection's transaction is a savepoint in it. Savepoints nest, so only one thread at a time has open work;
 * others wait for their turn. Work of one thread on several connections, as with {@code REQUIRES_NEW}, nests: a
 * rollback of the outer one undoes what the inner one has committed, which is reported.
 *
 * <p>A statement in auto-commit mode has a savepoint, too: PostgreSQL aborts the whole transaction when a statement
 * fails.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class SharedSession {

    /** A call of the driver. */
    interface Call<T> {
        T run() throws SQLException;
    }

    private final String pool;
    private final TestRun run;
    private final Connection real;
    private final Turns turns;
    private final Sql.Definitions definitions;
    private final Choices choices;
    private final OuterTransaction outer;

    /**
     * Begins the transaction of the test.
     *
     * @param real a session of the pool, which nobody else uses until the end
     * @param patience how long a thread waits for its turn
     */
    SharedSession(String pool, TestRun run, Connection real, Duration patience)
            throws SQLException {
        this.pool = pool;
        this.run = run;
        this.real = real;
        this.turns = new Turns(pool, run, patience);
        this.definitions = Sql.Definitions.of(real.getMetaData());
        this.choices = new Choices(real);
        this.outer = new OuterTransaction(pool, run, real, turns, choices);
    }

    Connection real() {
        return real;
    }

    /** Runs a statement of the application when it is the connection's turn. */
    <T> T execute(SavepointConnection who, String sql, Call<T> call) throws SQLException {
        enter(who);
        try {
            if (Sql.commits(sql, definitions)) {
                String fault = Message.WOULD_COMMIT.format(pool, Sql.shown(sql));
                run.fault(fault);
                throw new SQLException(fault, "2D000");
            }
            boolean writes = !Sql.reads(sql);
            T result = who.autoCommit() ? guarded(sql, call) : within(begun(who), sql, call);
            if (writes) {
                turns.open().forEach(work -> work.beside(who.work, sql));
            }
            return result;
        } finally {
            turns.unlock();
        }
    }

    /** Runs the pool's own calls between the uses of a connection, without taking a turn. */
    <T> T quietly(String sql, Call<T> call) throws SQLException {
        turns.lock();
        try {
            return guarded(sql, call);
        } finally {
            turns.unlock();
        }
    }

    /** Runs a call that sends no statement to the database. */
    <T> T exclusively(Call<T> call) throws SQLException {
        turns.lock();
        try {
            return call.run();
        } finally {
            turns.unlock();
        }
    }

    /** Runs a statement in a savepoint of its own. */
    private <T> T guarded(String sql, Call<T> call) throws SQLException {
        Savepoint guard = real.setSavepoint();
        T result;
        try {
            result = call.run();
            outer.checkConstraints(sql);
        } catch (SQLException | RuntimeException | Error e) {
            outer.undo(guard, sql, e);
            throw e;
        }
        outer.release(guard, sql);
        return result;
    }

    private <T> T within(OpenWork work, String sql, Call<T> call) throws SQLException {
        work.thread = Thread.currentThread();
        if (work.failed) {
            throw new SQLException(
                    "current transaction is aborted, commands ignored until end of transaction block",
                    "25P02");
        }
        try {
            return call.run();
        } catch (SQLException e) {
            if (isGivenUp()) {
                // roll back as far as the database would
                Savepoint back = work.savepoints.isEmpty() ? work.begin : work.savepoints.peek();
                reportMissed(work);
                outer.undoTo(back, sql, e);
                work.failed = true;
            }
            throw e;
        }
    }

    private OpenWork begun(SavepointConnection who) throws SQLException {
        if (who.work == null) {
            who.work = new OpenWork(real.setSavepoint(), Thread.currentThread());
            turns.begin(who.work);
        }
        return who.work;
    }

    /** Whether the database accepts only a rollback. */
    private boolean isGivenUp() {
        try {
            real.releaseSavepoint(real.setSavepoint());
            return false;
        } catch (SQLException e) {
            return true; // the answer to the question
        }
    }

    void commit(SavepointConnection who) throws SQLException {
        turns.lock();
        try {
            OpenWork work = who.work;
            if (work == null) {
                return;
            }
            if (work.failed) {
                rollback(who); // as PostgreSQL does
                return;
            }
            try {
                outer.checkConstraints("commit");
            } catch (SQLException e) {
                rollback(who);
                throw e;
            }
            boolean innermost = turns.isInnermost(work);
            leave(who);
            work.done();
            if (innermost) {
                outer.release(work.begin, "commit");
            }
        } finally {
            turns.unlock();
        }
    }

    void rollback(SavepointConnection who) throws SQLException {
        turns.lock();
        try {
            OpenWork work = who.work;
            if (work == null) {
                return;
            }
            reportMissed(work);
            leave(who);
            work.undone();
            choices.unknown();
            real.rollback(work.begin);
            outer.release(work.begin, "rollback");
        } finally {
            turns.unlock();
        }
    }

    private void reportMissed(OpenWork work) {
        String missed = work.missed();
        if (missed != null) {
            run.fault(Message.WORK_OF_OTHERS.format(pool, work.thread.getName(), missed));
        }
    }

    private void leave(SavepointConnection who) {
        turns.end(who.work);
        who.work = null;
    }

    Savepoint setSavepoint(SavepointConnection who, Call<Savepoint> call) throws SQLException {
        enter(who);
        try {
            OpenWork work = begun(who);
            Savepoint savepoint = within(work, "savepoint", call);
            work.savepoints.push(savepoint);
            return savepoint;
        } finally {
            turns.unlock();
        }
    }

    /** Called when the application gets the driver's connection. Its work there is part of its transaction. */
    <T> T unwrap(SavepointConnection who, Call<T> call) throws SQLException {
        enter(who);
        try {
            if (!who.autoCommit()) {
                begun(who);
            }
            return call.run();
        } finally {
            turns.unlock();
        }
    }

    void rollback(SavepointConnection who, Savepoint savepoint) throws SQLException {
        enter(who);
        try {
            OpenWork work = begun(who);
            reportMissed(work);
            real.rollback(savepoint);
            choices.unknown();
            work.failed = false;
            while (work.savepoints.contains(savepoint) && work.savepoints.peek() != savepoint) {
                work.savepoints.pop();
            }
        } finally {
            turns.unlock();
        }
    }

    void releaseSavepoint(SavepointConnection who, Savepoint savepoint) throws SQLException {
        enter(who);
        try {
            real.releaseSavepoint(savepoint);
            if (who.work != null) {
                who.work.savepoints.remove(savepoint);
            }
        } finally {
            turns.unlock();
        }
    }

    /**
     * Ends the outer transaction.
     *
     * @return false when the session is no longer usable
     */
    boolean end() throws SQLException {
        return outer.end();
    }

    /** Takes the turn, and gives the session the schema and catalog of the connection. */
    private void enter(SavepointConnection who) throws SQLException {
        turns.enter(who);
        boolean entered = false;
        try {
            choices.apply(who);
            entered = true;
        } finally {
            if (!entered) {
                turns.unlock();
            }
        }
    }

    /** Sets the schema or catalog of a connection when it is its turn. */
    void choose(SavepointConnection who, Call<Void> note) throws SQLException {
        enter(who);
        try {
            note.run();
            choices.changed(who);
        } finally {
            turns.unlock();
        }
    }
}
