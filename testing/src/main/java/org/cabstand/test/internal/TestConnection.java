package org.cabstand.test.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.cabstand.internal.connect.DriverConnection;

/**
 * A connection of its own, as far as the pool can see. But what the application does with it during a test goes to the
 * session that all connections share.
 *
 * <p>JDBC's {@code beginRequest} and {@code endRequest}, which the pool calls at each borrow and return, tell which
 * test a use belongs to. The pool's own calls in between take no turn.
 *
 * <p>Thread safety: one holder at a time, as any connection of a pool.
 */
final class TestConnection extends SavepointConnection {

    private final Sandbox sandbox;
    private final DriverConnection opened;

    /** Null between uses, and in a use outside of tests. */
    private volatile TestRun run;

    /** The open statements of this use. */
    private final Set<TestStatement> statements = ConcurrentHashMap.newKeySet();

    private volatile Thread holder;
    private volatile boolean closed;

    TestConnection(Sandbox sandbox, DriverConnection opened) throws SQLException {
        super(opened.connection());
        this.sandbox = sandbox;
        this.opened = opened;
    }

    @Override
    Mode mode() {
        TestRun current = run;
        if (current != null && current.rollsBack()) {
            return current.hasEnded() ? Mode.OVER : Mode.SHARED;
        }
        return current == null && sandbox.shares(this) ? Mode.BETWEEN : Mode.OWN;
    }

    Thread holder() {
        return holder;
    }

    @Override
    SQLException over() {
        TestRun test = run;
        return new SQLException(
                test == null ? "the connection was returned" : sandbox.over(test), "08003");
    }

    @Override
    SharedSession session() throws SQLException {
        return sandbox.session(this);
    }

    @Override
    protected Connection delegate() throws SQLException {
        return switch (mode()) {
            case OWN, BETWEEN -> own();
            case SHARED -> session().real();
            case OVER -> throw over();
        };
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
            own().beginRequest();
        }
    }

    @Override
    public void endRequest() throws SQLException {
        boolean wasOwn = isOwn();
        sandbox.released(this);
        statements.clear();
        forgetChoices();
        holder = null;
        run = null;
        if (wasOwn) {
            own().endRequest();
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
        } else if (holder != null) {
            sandbox.executedOutside(sql);
        }
        if (mode == Mode.OVER) {
            throw over();
        }
        return mode == Mode.SHARED ? session().execute(this, sql, call) : call.run();
    }

    // end

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return isOwn() ? own().isValid(timeout) : !closed && !own().isClosed();
    }

    @Override
    public boolean isClosed() throws SQLException {
        return closed || own().isClosed();
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
            own().abort(executor);
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

    @Override
    <S extends Statement> S made(SharedSession.Call<S> call) throws SQLException {
        return mode() == Mode.SHARED ? session().exclusively(call) : call.run();
    }
}
