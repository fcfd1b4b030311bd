package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.cabstand.internal.connect.DriverConnection;
import org.cabstand.internal.database.PartOfSession;
import org.cabstand.internal.database.SqlTransaction.State;

/**
 * A connection of its own, as far as the pool can see. But what the application does with it during a test goes to the
 * session that all connections share.
 *
 * <p>JDBC's {@code beginRequest} and {@code endRequest}, which the pool calls at each borrow and return, tell which
 * test a use belongs to. The pool's own calls in between take no turn.
 *
 * <p>Thread safety: one holder at a time, as any connection of a pool.
 */
final class TestConnection extends WatchedConnection implements PartOfSession {

    /** The purpose of calls. */
    private enum Mode {
        /** The application's or the pool's, outside tests. */
        OWN,
        /** The application's, in a test. */
        SHARED,
        /** The pool's own, between uses in a test. */
        BETWEEN,
        /** The application's, after the end of its test. */
        OVER
    }

    private final Sandbox sandbox;
    private final DriverConnection opened;
    private final Connection own;

    /** Null between uses, and in a use outside of tests. */
    private volatile TestRun run;

    /** The open statements of this use. */
    private final Set<TestStatement> statements = ConcurrentHashMap.newKeySet();

    private volatile Thread holder;
    private boolean autoCommit = true;
    private volatile boolean closed;

    /** Guarded by the session's lock. */
    OpenWork work;

    /** Null until this use chooses one. Guarded by the session's lock. */
    String schema;

    /** As {@link #schema}. */
    String catalog;

    TestConnection(Sandbox sandbox, DriverConnection opened) throws SQLException {
        this.sandbox = sandbox;
        this.opened = opened;
        this.own = opened.connection();
        this.autoCommit = own.getAutoCommit();
    }

    private Mode mode() {
        TestRun current = run;
        if (current != null && current.rollsBack()) {
            return current.hasEnded() ? Mode.OVER : Mode.SHARED;
        }
        return current == null && sandbox.shares(this) ? Mode.BETWEEN : Mode.OWN;
    }

    @Override
    boolean isOwn() {
        return mode() == Mode.OWN;
    }

    @Override
    Connection own() {
        return own;
    }

    Thread holder() {
        return holder;
    }

    boolean autoCommit() {
        return autoCommit;
    }

    private SharedSession session() throws SQLException {
        return sandbox.session(this);
    }

    @Override
    protected Connection delegate() throws SQLException {
        return switch (mode()) {
            case OWN, BETWEEN -> own;
            case SHARED -> session().real();
            case OVER -> throw new SQLException(sandbox.over(run), "08003");
        };
    }

    @Override
    public State transaction() {
        if (isOwn()) {
            return null;
        }
        OpenWork current = work;
        return current == null ? State.NONE : current.failed ? State.FAILED : State.OPEN;
    }

    @Override
    public Connection driver() {
        return own;
    }

    @Override
    public void leavesOpen() {
        TestRun current = run;
        if (current != null) {
            statements.stream()
                    .filter(TestStatement::isOpen)
                    .forEach(statement -> current.leftOpen(statement.sql()));
        }
    }

    @Override
    void opened(TestStatement statement) {
        statements.add(statement);
    }

    @Override
    void closed(TestStatement statement) {
        statements.remove(statement);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return mode() == Mode.SHARED
                ? session().unwrap(this, () -> super.unwrap(type))
                : super.unwrap(type);
    }

    // use

    @Override
    public void beginRequest() throws SQLException {
        run = sandbox.run();
        holder = Thread.currentThread();
        sandbox.held(this);
        if (isOwn()) {
            own.beginRequest();
        }
    }

    @Override
    public void endRequest() throws SQLException {
        boolean wasOwn = isOwn();
        sandbox.released(this);
        statements.clear();
        forget();
        schema = null;
        catalog = null;
        holder = null;
        run = null;
        if (wasOwn) {
            own.endRequest();
        }
    }

    @Override
    <T> T execute(String sql, SharedSession.Call<T> call) throws SQLException {
        Mode mode = mode();
        if (mode == Mode.BETWEEN) {
            return session().quietly(sql, call);
        }
        TestRun current = run;
        if (current != null) {
            current.executed(sql);
        }
        if (mode == Mode.OVER) {
            throw new SQLException(sandbox.over(current), "08003");
        }
        return mode == Mode.SHARED ? session().execute(this, sql, call) : call.run();
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return isOwn() ? own.getAutoCommit() : autoCommit;
    }

    @Override
    public void setAutoCommit(boolean wanted) throws SQLException {
        if (isOwn()) {
            own.setAutoCommit(wanted);
        } else if (wanted && !autoCommit && mode() == Mode.SHARED) {
            session().commit(this);
        }
        autoCommit = wanted;
    }

    /** Notes that a branch of a distributed transaction begins or ends, which commits nothing. */
    void inBranch(boolean within) {
        autoCommit = !within;
    }

    @Override
    public void commit() throws SQLException {
        switch (mode()) {
            case OWN -> own.commit();
            case SHARED -> {
                refuseInAutoCommit();
                session().commit(this);
            }
            case BETWEEN -> {
                // not the application's work
            }
            case OVER -> throw new SQLException(sandbox.over(run), "08003");
        }
    }

    @Override
    public void rollback() throws SQLException {
        if (isOwn()) {
            own.rollback();
        } else if (mode() == Mode.SHARED) {
            refuseInAutoCommit();
            session().rollback(this);
        }
    }

    private void refuseInAutoCommit() throws SQLException {
        if (autoCommit) {
            throw new SQLException("not possible in auto-commit mode", "25000");
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        if (isOwn()) {
            return own.setSavepoint();
        }
        refuseInAutoCommit();
        Connection real = delegate();
        return session().setSavepoint(this, real::setSavepoint);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        if (isOwn()) {
            return own.setSavepoint(name);
        }
        refuseInAutoCommit();
        Connection real = delegate();
        return session().setSavepoint(this, () -> real.setSavepoint(name));
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        if (isOwn()) {
            own.rollback(savepoint);
        } else {
            session().rollback(this, savepoint);
        }
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        if (isOwn()) {
            own.releaseSavepoint(savepoint);
        } else {
            session().releaseSavepoint(this, savepoint);
        }
    }

    @Override
    public void setSchema(String wanted) throws SQLException {
        if (isOwn()) {
            own.setSchema(wanted);
        } else if (mode() == Mode.SHARED) {
            session()
                    .choose(
                            this,
                            () -> {
                                schema = wanted;
                                return null;
                            });
        }
    }

    @Override
    public String getSchema() throws SQLException {
        return schema == null ? own.getSchema() : schema;
    }

    @Override
    public void setCatalog(String wanted) throws SQLException {
        if (isOwn()) {
            own.setCatalog(wanted);
        } else if (mode() == Mode.SHARED) {
            session()
                    .choose(
                            this,
                            () -> {
                                catalog = wanted;
                                return null;
                            });
        }
    }

    @Override
    public String getCatalog() throws SQLException {
        return catalog == null ? own.getCatalog() : catalog;
    }

    // end

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return isOwn() ? own.isValid(timeout) : !closed && !own.isClosed();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || own.isClosed();
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            leave();
            sandbox.close(this);
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        if (!isOwn() && sandbox.shares(this)) {
            close(); // the other connections still use it
        } else {
            leave();
            own.abort(executor);
        }
    }

    private void leave() throws SQLException {
        closed = true;
        if (mode() == Mode.SHARED && work != null) {
            session().rollback(this);
        }
        sandbox.released(this);
    }

    /** Ends its own session. */
    void closeOwn() throws SQLException {
        opened.close();
    }

    DriverConnection opened() {
        return opened;
    }

    boolean isShared() {
        return !isOwn();
    }

    void commitBranch() throws SQLException {
        session().commit(this);
    }

    void rollbackBranch() throws SQLException {
        session().rollback(this);
    }

    @Override
    <S extends Statement> S made(SharedSession.Call<S> call) throws SQLException {
        return mode() == Mode.SHARED ? session().exclusively(call) : call.run();
    }
}
