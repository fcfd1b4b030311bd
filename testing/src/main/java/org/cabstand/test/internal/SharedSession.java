package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one session of a pool during a test, inside one transaction that is rolled back at the test's end.
 *
 * <p>Every connection's transaction is a savepoint in it. Savepoints nest, so only one thread at a time has open work;
 * others wait for their turn. Work of one thread on several connections, {@code REQUIRES_NEW} say, nests: a rollback of
 * the outer one undoes what the inner one has committed, which is reported.
 *
 * <p>A statement in auto-commit mode has a savepoint, too: PostgreSQL gives the whole transaction up when a statement
 * fails.
 *
 * <p>Thread safety: safe for concurrent use.
 */
final class SharedSession {

    /** A call of the driver. */
    interface Call<T> {
        T run() throws SQLException;
    }

    /** Who waits for which thread, in all sessions: a circle of them is a deadlock. */
    private static final Map<Thread, Thread> WAITING = new ConcurrentHashMap<>();

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String pool;
    private final TestRun run;
    private final Connection real;
    private final Duration patience;
    private final Sql.Definitions definitions;
    private final boolean checksAtCommit;
    private final boolean originalAutoCommit;
    private final String originalSchema;
    private final String originalCatalog;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();

    /** Guarded by the lock; innermost last. */
    private final Deque<OpenWork> open = new ArrayDeque<>();

    /** Guarded by the lock: whose schema and catalog the session has; null when nobody's for sure. */
    private TestConnection current;

    /** Written with the lock: who had it last; read by those who wait for it. */
    private volatile Thread busy = Thread.currentThread();

    /** Guarded by the lock: whether anybody has chosen one. */
    private boolean hasChoices;

    /** Guarded by the lock. */
    private boolean ended;

    /**
     * Begins the outer transaction.
     *
     * @param real a session of the pool, which nobody else uses until the end
     * @param patience how long a thread waits for its turn
     */
    SharedSession(String pool, TestRun run, Connection real, Duration patience)
            throws SQLException {
        this.pool = pool;
        this.run = run;
        this.real = real;
        this.patience = patience;
        this.definitions = Sql.Definitions.of(real.getMetaData());
        this.checksAtCommit = "PostgreSQL".equals(real.getMetaData().getDatabaseProductName());
        this.originalSchema = real.getSchema();
        this.originalCatalog = real.getCatalog();
        this.originalAutoCommit = real.getAutoCommit();
        real.setAutoCommit(false);
    }

    Connection real() {
        return real;
    }

    /** Runs a statement of the application, when it is this connection's turn. */
    <T> T execute(TestConnection who, String sql, Call<T> call) throws SQLException {
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
                open.forEach(work -> work.beside(who.work, sql));
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Runs what the pool asks for itself, between the uses of a connection: takes no turn. */
    <T> T quietly(String sql, Call<T> call) throws SQLException {
        lock.lock();
        try {
            return guarded(sql, call);
        } finally {
            lock.unlock();
        }
    }

    /** Runs what does not go to the database as a statement. */
    <T> T exclusively(Call<T> call) throws SQLException {
        lock.lock();
        try {
            return call.run();
        } finally {
            lock.unlock();
        }
    }

    /** A statement that is a transaction. */
    private <T> T guarded(String sql, Call<T> call) throws SQLException {
        Savepoint guard = real.setSavepoint();
        T result;
        try {
            result = call.run();
            checkConstraints(sql);
        } catch (SQLException | RuntimeException | Error e) {
            undo(guard, sql, e);
            throw e;
        }
        release(guard, sql);
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
                // as far as the database lets the application go back
                Savepoint back = work.savepoints.isEmpty() ? work.begin : work.savepoints.peek();
                reportMissed(work);
                undoTo(back, sql, e);
                work.failed = true;
            }
            throw e;
        }
    }

    private OpenWork begun(TestConnection who) throws SQLException {
        if (who.work == null) {
            who.work = new OpenWork(real.setSavepoint(), Thread.currentThread());
            open.addLast(who.work);
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

    void commit(TestConnection who) throws SQLException {
        lock.lock();
        try {
            OpenWork work = who.work;
            if (work == null) {
                return;
            }
            if (work.failed) {
                rollback(who); // as PostgreSQL answers
                return;
            }
            try {
                checkConstraints("commit");
            } catch (SQLException e) {
                rollback(who);
                throw e;
            }
            boolean innermost = open.peekLast() == work;
            leave(who);
            work.done();
            if (innermost) {
                release(work.begin, "commit");
            }
        } finally {
            lock.unlock();
        }
    }

    void rollback(TestConnection who) throws SQLException {
        lock.lock();
        try {
            OpenWork work = who.work;
            if (work == null) {
                return;
            }
            reportMissed(work);
            leave(who);
            work.undone();
            current = null; // a database may undo the choice of a schema, too
            real.rollback(work.begin);
            release(work.begin, "rollback");
        } finally {
            lock.unlock();
        }
    }

    private void reportMissed(OpenWork work) {
        String missed = work.missed();
        if (missed != null) {
            run.fault(Message.WORK_OF_OTHERS.format(pool, work.thread.getName(), missed));
        }
    }

    private void leave(TestConnection who) {
        open.remove(who.work);
        who.work = null;
        turn.signalAll();
    }

    Savepoint setSavepoint(TestConnection who, Call<Savepoint> call) throws SQLException {
        enter(who);
        try {
            OpenWork work = begun(who);
            Savepoint savepoint = within(work, "savepoint", call);
            work.savepoints.push(savepoint);
            return savepoint;
        } finally {
            lock.unlock();
        }
    }

    void rollback(TestConnection who, Savepoint savepoint) throws SQLException {
        enter(who);
        try {
            OpenWork work = begun(who);
            reportMissed(work);
            real.rollback(savepoint);
            current = null;
            work.failed = false;
            while (work.savepoints.contains(savepoint) && work.savepoints.peek() != savepoint) {
                work.savepoints.pop();
            }
        } finally {
            lock.unlock();
        }
    }

    void releaseSavepoint(TestConnection who, Savepoint savepoint) throws SQLException {
        enter(who);
        try {
            real.releaseSavepoint(savepoint);
            if (who.work != null) {
                who.work.savepoints.remove(savepoint);
            }
        } finally {
            lock.unlock();
        }
    }

    // the outer transaction

    /** PostgreSQL looks at deferred constraints at a commit; undone, so that they are as deferred as before. */
    private void checkConstraints(String sql) throws SQLException {
        if (checksAtCommit && !Sql.reads(sql)) {
            try (Statement statement = real.createStatement()) {
                statement.execute(
                        "savepoint cabstand_check; set constraints all immediate;"
                                + " rollback to savepoint cabstand_check;"
                                + " release savepoint cabstand_check");
            }
        }
    }

    private void release(Savepoint savepoint, String sql) throws SQLException {
        try {
            real.releaseSavepoint(savepoint);
        } catch (SQLException e) {
            lost(sql, e);
        }
    }

    private void undo(Savepoint guard, String sql, Throwable error) throws SQLException {
        undoTo(guard, sql, error);
        release(guard, sql);
    }

    private void undoTo(Savepoint savepoint, String sql, Throwable error) throws SQLException {
        try {
            real.rollback(savepoint);
            current = null;
        } catch (SQLException e) {
            error.addSuppressed(e);
            lost(sql, e);
        }
    }

    /** The savepoint is gone, so the transaction has ended: go on in another one, and say so. */
    private void lost(String sql, SQLException cause) throws SQLException {
        run.fault(
                Message.HAS_COMMITTED.format(pool, Sql.shown(sql))
                        + " ("
                        + cause.getMessage()
                        + ")");
        if (real.isClosed()) {
            return;
        }
        real.rollback();
        for (OpenWork work : open) {
            work.begin = real.setSavepoint();
            work.savepoints.clear();
        }
    }

    /** Rolls back everything, and leaves the session as it was. */
    void end() throws SQLException {
        lock.lock();
        try {
            ended = true;
            open.clear();
            turn.signalAll();
            if (!real.isClosed()) {
                real.rollback();
                real.setAutoCommit(originalAutoCommit);
            }
        } finally {
            lock.unlock();
        }
    }

    // turns

    /** Takes the lock, when no other thread has open work. */
    private void enter(TestConnection who) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!lock.tryLock(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
                if (System.nanoTime() - deadline > 0) {
                    throw deadlock(busy, "which has run a statement for " + waited());
                }
            }
            boolean entered = false;
            busy = Thread.currentThread();
            try {
                awaitTurn(who, deadline);
                choose(who);
                entered = true;
            } finally {
                if (!entered) {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientException(
                    "interrupted while waiting for a turn in pool '" + pool + "'", "57014", e);
        }
    }

    private void awaitTurn(TestConnection who, long deadline)
            throws SQLException, InterruptedException {
        Thread self = Thread.currentThread();
        try {
            while (true) {
                if (ended) {
                    throw new SQLException(Message.TEST_OVER.format(pool, run.name()), "08003");
                }
                OpenWork other = inTheWay(who, self);
                if (other == null) {
                    return;
                }
                WAITING.put(self, other.thread);
                if (waitsForItself(self)) {
                    throw deadlock(other.thread, "which waits for this one");
                }
                if (!other.thread.isAlive()) {
                    throw deadlock(other.thread, "but has ended without doing so");
                }
                if (System.nanoTime() - deadline > 0) {
                    throw deadlock(other.thread, "for which it has waited " + waited());
                }
                turn.awaitNanos(LOOK_NANOS);
            }
        } finally {
            WAITING.remove(self);
        }
    }

    private OpenWork inTheWay(TestConnection who, Thread self) {
        for (OpenWork work : open) {
            if (work != who.work && work.thread != self) {
                return work;
            }
        }
        return null;
    }

    private static boolean waitsForItself(Thread self) {
        Thread next = WAITING.get(self);
        for (int i = 0; next != null && i <= WAITING.size(); i++) {
            if (next == self) {
                return true;
            }
            next = WAITING.get(next);
        }
        return false;
    }

    private String waited() {
        return patience.toMillis() + " ms";
    }

    private SQLException deadlock(Thread holder, String why) {
        String fault =
                Message.DEADLOCK.format(
                        pool,
                        Thread.currentThread().getName(),
                        holder.getName(),
                        why,
                        Frames.of(holder));
        run.fault(fault);
        return new SQLTransientException(fault, "40001");
    }

    /** The session has the schema and catalog of who works on it. */
    private void choose(TestConnection who) throws SQLException {
        if (current != who && hasChoices) {
            if (who.schema != null || current == null || current.schema != null) {
                set(who.schema, originalSchema, real.getSchema(), real::setSchema);
            }
            if (who.catalog != null || current == null || current.catalog != null) {
                set(who.catalog, originalCatalog, real.getCatalog(), real::setCatalog);
            }
        }
        current = who;
    }

    private interface Setter {
        void set(String value) throws SQLException;
    }

    private static void set(String wanted, String original, String now, Setter setter)
            throws SQLException {
        String value = wanted == null ? original : wanted;
        if (value != null && !Objects.equals(value, now)) {
            setter.set(value);
        }
    }

    /** Sets schema or catalog of a connection when it is its turn. */
    void choose(TestConnection who, Call<Void> note) throws SQLException {
        enter(who);
        try {
            note.run();
            hasChoices = true;
            current = null;
            choose(who);
        } finally {
            lock.unlock();
        }
    }
}
