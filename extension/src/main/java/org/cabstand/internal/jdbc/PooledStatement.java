package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.cabstand.internal.jdbc.StatementSettings.Setting;
import org.cabstand.internal.monitor.StatementRun;

/**
 * A statement whose connection is our handle, so that the application cannot close the driver's.
 *
 * <p>It tells its {@link ConnectionUse} when it runs and when it fails, and forwards everything else.
 *
 * <p>Thread safety: that of the driver's statement.
 */
class PooledStatement extends ForwardingStatement {

    /** Written by the application's thread. */
    private boolean closesOnCompletion;

    /** Written by the application's thread; null until something is set. */
    private StatementSettings before;

    private final boolean watched;

    /**
     * The execution that is running, or whose results are read; null when not watched. Written by the application's
     * thread.
     */
    private StatementRun run;

    /** The SQL that was executed last. Written by the application's thread. */
    private String sql;

    /** The first SQL of a batch; null if there is none. Written by the application's thread. */
    private String batch;

    PooledStatement(ConnectionUse owner, Statement delegate) {
        super(owner, delegate);
        watched = owner.isWatched();
    }

    @Override
    final ResultSet results(ResultSet results) {
        if (results == null) {
            return null;
        }
        return run == null
                ? new PooledResultSet(owner, this, results)
                : new WatchedResultSet(owner, this, results, run);
    }

    // execution

    @Override
    public void addBatch(String text) throws SQLException {
        super.addBatch(text);
        if (batch == null) {
            batch = text;
        }
    }

    @Override
    public void clearBatch() throws SQLException {
        super.clearBatch();
        batch = null;
    }

    @Override
    String text() {
        String first = batch;
        batch = null;
        return first == null ? "" : first;
    }

    /** The SQL that was executed last. */
    final String sql() {
        return sql;
    }

    @Override
    final void executing(String text) throws SQLException {
        sql = text == null ? "" : text; // drivers throw an error for null
        owner.executing(sql);
        if (watched) {
            finished(run);
            run = owner.watch(sql);
        }
    }

    @Override
    final ResultSet executed(ResultSet results) {
        returned(StatementRun.UNKNOWN, true);
        return results(results);
    }

    @Override
    final boolean executed(boolean hasResults) {
        returned(StatementRun.UNKNOWN, hasResults);
        return hasResults;
    }

    @Override
    final int executed(int rows) {
        returned(rows, false);
        return rows;
    }

    @Override
    final long executed(long rows) {
        returned(rows, false);
        return rows;
    }

    @Override
    final int[] executed(int[] rows) {
        if (run != null) {
            returned(Arrays.stream(rows).filter(each -> each >= 0).sum(), false);
        }
        return rows;
    }

    @Override
    final long[] executed(long[] rows) {
        if (run != null) {
            returned(Arrays.stream(rows).filter(each -> each >= 0).sum(), false);
        }
        return rows;
    }

    private void returned(long rows, boolean hasResults) {
        StatementRun told = run;
        if (told != null) {
            told.returned(rows, null);
            if (!hasResults) {
                finished(told);
            }
        }
    }

    @Override
    final SQLException failed(Throwable error) {
        StatementRun told = run;
        if (told != null) {
            told.returned(StatementRun.UNKNOWN, error);
            finished(told);
        }
        if (error instanceof SQLException reported) {
            return owner.failed(reported);
        }
        if (error instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw (Error) error;
    }

    /** Ends an execution, of which nothing more is read, unless another one has begun; null for none. */
    final void finished(StatementRun told) {
        if (told != null && told == run) {
            run = null;
            told.finished();
        }
    }

    // its end

    @Override
    public Connection getConnection() throws SQLException {
        if (isClosed()) {
            throw new SQLException("The statement is closed.");
        }
        return owner.handle();
    }

    @Override
    public void close() throws SQLException {
        owner.forget(this);
        closeDelegate();
    }

    @Override
    final void closeDelegate() throws SQLException {
        finished(run);
        if (before != null) {
            before.restore(delegate);
        }
        try {
            delegate.close();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    final boolean isDone() throws SQLException {
        return delegate.isClosed();
    }

    /**
     * Cancels the driver's statement. Drivers open a connection for that, so a failure says nothing about this session.
     */
    @Override
    final void cancelDelegate() throws SQLException {
        delegate.cancel();
    }

    @Override
    public void cancel() throws SQLException {
        owner.cancel(this::cancelDelegate);
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        super.closeOnCompletion();
        closesOnCompletion = true;
        if (isKept()) {
            settings().lost();
        }
    }

    /** Called when one of its results was closed, which may have closed the statement, too. */
    final void completed() throws SQLException {
        if (closesOnCompletion && delegate.isClosed()) {
            owner.forget(this);
        }
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        changing(Setting.FETCH_DIRECTION);
        super.setFetchDirection(direction);
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        changing(Setting.FETCH_SIZE);
        super.setFetchSize(rows);
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        changing(Setting.MAX_ROWS);
        super.setLargeMaxRows(max);
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        changing(Setting.MAX_FIELD_SIZE);
        super.setMaxFieldSize(max);
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        changing(Setting.MAX_ROWS);
        super.setMaxRows(max);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        changing(Setting.QUERY_TIMEOUT);
        owner.changed(SessionAttribute.QUERY_TIMEOUT);
        super.setQueryTimeout(seconds);
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        T driver = super.unwrap(iface);
        if (isKept()) {
            settings().lost(); // the driver's own methods have settings, too
        }
        return driver;
    }

    private void changing(Setting setting) {
        if (isKept()) {
            settings().changing(setting, delegate);
        }
    }

    /** Whether the driver may keep it: only prepared statements can be prepared again. */
    private boolean isKept() {
        return delegate instanceof PreparedStatement;
    }

    private StatementSettings settings() {
        if (before == null) {
            before = new StatementSettings();
        }
        return before;
    }
}
