package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.cabstand.internal.jdbc.StatementSettings.Setting;

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

    PooledStatement(ConnectionUse owner, Statement delegate) {
        super(owner, delegate);
    }

    @Override
    final ResultSet results(ResultSet results) {
        return results == null ? null : new PooledResultSet(owner, this, results);
    }

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
        owner.checkNotOver(
                "Statement"); // some drivers cancel what their connection does, whoever does it
        cancelDelegate();
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
        super.setQueryTimeout(seconds);
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
