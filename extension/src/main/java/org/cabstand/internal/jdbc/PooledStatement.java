package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.cabstand.internal.jdbc.StatementSettings.Setting;

/**
 * A statement whose connection is our handle, so that nothing closes past it.
 *
 * <p>It tells its {@link ConnectionUse} when it runs and when it fails; all else it forwards.
 *
 * <p>Thread safety: that of the driver's statement.
 */
class PooledStatement extends TrackedResource implements Statement {

    /** Final, read by the subclasses: the use of the connection that made this statement. */
    final ConnectionUse owner;

    private final Statement delegate;

    /** Written by the application's thread. */
    private boolean closesOnCompletion;

    /** Written by the application's thread; null as long as nothing was set. */
    private StatementSettings before;

    PooledStatement(ConnectionUse owner, Statement delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    /**
     * The given results with this statement as theirs.
     *
     * @param results the driver's results, may be null
     * @return null for null
     */
    ResultSet results(ResultSet results) {
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

    /** Drivers connect anew for it: when that fails, this session may be well. */
    @Override
    final void cancelDelegate() throws SQLException {
        delegate.cancel();
    }

    /** Results of it were closed: that may have closed it, too. */
    final void completed() throws SQLException {
        if (closesOnCompletion && delegate.isClosed()) {
            owner.forget(this);
        }
    }

    @Override
    public void closeOnCompletion() throws SQLException {
        try {
            delegate.closeOnCompletion();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
        closesOnCompletion = true;
        if (delegate instanceof PreparedStatement) {
            settings().lost();
        }
    }

    @Override
    public void cancel() throws SQLException {
        SQLException ended = owner.endedFor("Statement");
        if (ended != null) {
            throw ended; // some drivers cancel what their connection does, whoever does it
        }
        cancelDelegate();
    }

    @Override
    public <T> T unwrap(Class<T> iface) throws SQLException {
        try {
            T driver = iface.isInstance(delegate) ? iface.cast(delegate) : delegate.unwrap(iface);
            owner.unwrapped();
            return driver;
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> iface) throws SQLException {
        try {
            return iface.isInstance(delegate) || delegate.isWrapperFor(iface);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        try {
            delegate.addBatch(sql);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void clearBatch() throws SQLException {
        try {
            delegate.clearBatch();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void clearWarnings() throws SQLException {
        try {
            delegate.clearWarnings();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String enquoteIdentifier(String identifier, boolean alwaysQuote) throws SQLException {
        try {
            return delegate.enquoteIdentifier(identifier, alwaysQuote);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String enquoteLiteral(String val) throws SQLException {
        try {
            return delegate.enquoteLiteral(val);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String enquoteNCharLiteral(String val) throws SQLException {
        try {
            return delegate.enquoteNCharLiteral(val);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        owner.executing();
        try {
            return delegate.execute(sql, columnIndexes);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        owner.executing();
        try {
            return delegate.execute(sql, columnNames);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        owner.executing();
        try {
            return delegate.execute(sql, autoGeneratedKeys);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        owner.executing();
        try {
            return delegate.execute(sql);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int[] executeBatch() throws SQLException {
        owner.executing();
        try {
            return delegate.executeBatch();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        owner.executing();
        try {
            return delegate.executeLargeBatch();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        owner.executing();
        try {
            return delegate.executeLargeUpdate(sql, columnIndexes);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        owner.executing();
        try {
            return delegate.executeLargeUpdate(sql, columnNames);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        owner.executing();
        try {
            return delegate.executeLargeUpdate(sql, autoGeneratedKeys);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        owner.executing();
        try {
            return delegate.executeLargeUpdate(sql);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        owner.executing();
        try {
            return results(delegate.executeQuery(sql));
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        owner.executing();
        try {
            return delegate.executeUpdate(sql, columnIndexes);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        owner.executing();
        try {
            return delegate.executeUpdate(sql, columnNames);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        owner.executing();
        try {
            return delegate.executeUpdate(sql, autoGeneratedKeys);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int executeUpdate(String sql) throws SQLException {
        owner.executing();
        try {
            return delegate.executeUpdate(sql);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        try {
            return delegate.getFetchDirection();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getFetchSize() throws SQLException {
        try {
            return delegate.getFetchSize();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        try {
            return results(delegate.getGeneratedKeys());
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLargeMaxRows() throws SQLException {
        try {
            return delegate.getLargeMaxRows();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        try {
            return delegate.getLargeUpdateCount();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getMaxFieldSize() throws SQLException {
        try {
            return delegate.getMaxFieldSize();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getMaxRows() throws SQLException {
        try {
            return delegate.getMaxRows();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getMoreResults() throws SQLException {
        try {
            return delegate.getMoreResults();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        try {
            return delegate.getMoreResults(current);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        try {
            return delegate.getQueryTimeout();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        try {
            return results(delegate.getResultSet());
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getResultSetConcurrency() throws SQLException {
        try {
            return delegate.getResultSetConcurrency();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getResultSetHoldability() throws SQLException {
        try {
            return delegate.getResultSetHoldability();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getResultSetType() throws SQLException {
        try {
            return delegate.getResultSetType();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public int getUpdateCount() throws SQLException {
        try {
            return delegate.getUpdateCount();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public SQLWarning getWarnings() throws SQLException {
        try {
            return delegate.getWarnings();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isCloseOnCompletion() throws SQLException {
        try {
            return delegate.isCloseOnCompletion();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        try {
            return delegate.isClosed();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isPoolable() throws SQLException {
        try {
            return delegate.isPoolable();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isSimpleIdentifier(String identifier) throws SQLException {
        try {
            return delegate.isSimpleIdentifier(identifier);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        try {
            delegate.setCursorName(name);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        try {
            delegate.setEscapeProcessing(enable);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        changing(Setting.FETCH_DIRECTION);
        try {
            delegate.setFetchDirection(direction);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    /** Only what is prepared may be prepared again. */
    private void changing(Setting setting) {
        if (delegate instanceof PreparedStatement) {
            settings().changing(setting, delegate);
        }
    }

    private StatementSettings settings() {
        if (before == null) {
            before = new StatementSettings();
        }
        return before;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        changing(Setting.FETCH_SIZE);
        try {
            delegate.setFetchSize(rows);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        changing(Setting.MAX_ROWS);
        try {
            delegate.setLargeMaxRows(max);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        changing(Setting.MAX_FIELD_SIZE);
        try {
            delegate.setMaxFieldSize(max);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setMaxRows(int max) throws SQLException {
        changing(Setting.MAX_ROWS);
        try {
            delegate.setMaxRows(max);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        try {
            delegate.setPoolable(poolable);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        changing(Setting.QUERY_TIMEOUT);
        try {
            delegate.setQueryTimeout(seconds);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
