// Written by ForwarderGenerator, which says how to write it again: do not edit.
package org.cabstand.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import javax.annotation.processing.Generated;

/**
 * What a {@link PooledStatement} leaves to the driver's.
 *
 * <p>Thread safety: that of the driver's.
 */
@Generated("ForwarderGenerator")
@SuppressWarnings("deprecation")
abstract class ForwardingStatement extends TrackedResource implements Statement {

    final ConnectionUse owner;
    final Statement delegate;

    ForwardingStatement(ConnectionUse owner, Statement delegate) {
        this.owner = owner;
        this.delegate = delegate;
    }

    /** What runs where no text is given: what was prepared, or a batch. */
    abstract String text();

    abstract void executing(String text) throws SQLException;

    abstract ResultSet executed(ResultSet results);

    abstract boolean executed(boolean hasResults);

    abstract int executed(int rows);

    abstract long executed(long rows);

    abstract int[] executed(int[] rows);

    abstract long[] executed(long[] rows);

    /** What the caller gets; throws what is unchecked. */
    abstract SQLException failed(Throwable error);

    abstract ResultSet results(ResultSet results);

    @Override
    public void addBatch(String a) throws SQLException {
        try {
            delegate.addBatch(a);
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
    public void closeOnCompletion() throws SQLException {
        try {
            delegate.closeOnCompletion();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String enquoteIdentifier(String a, boolean b) throws SQLException {
        try {
            return delegate.enquoteIdentifier(a, b);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String enquoteLiteral(String a) throws SQLException {
        try {
            return delegate.enquoteLiteral(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public String enquoteNCharLiteral(String a) throws SQLException {
        try {
            return delegate.enquoteNCharLiteral(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean execute(String a) throws SQLException {
        executing(a);
        try {
            return executed(delegate.execute(a));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public boolean execute(String a, String[] b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.execute(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public boolean execute(String a, int b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.execute(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public boolean execute(String a, int[] b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.execute(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public int[] executeBatch() throws SQLException {
        executing(text());
        try {
            return executed(delegate.executeBatch());
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        executing(text());
        try {
            return executed(delegate.executeLargeBatch());
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String a) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeLargeUpdate(a));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String a, String[] b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeLargeUpdate(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String a, int b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeLargeUpdate(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public long executeLargeUpdate(String a, int[] b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeLargeUpdate(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public ResultSet executeQuery(String a) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeQuery(a));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public int executeUpdate(String a) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeUpdate(a));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public int executeUpdate(String a, String[] b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeUpdate(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public int executeUpdate(String a, int b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeUpdate(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
        }
    }

    @Override
    public int executeUpdate(String a, int[] b) throws SQLException {
        executing(a);
        try {
            return executed(delegate.executeUpdate(a, b));
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(e);
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
    public boolean getMoreResults(int a) throws SQLException {
        try {
            return delegate.getMoreResults(a);
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
    public boolean isSimpleIdentifier(String a) throws SQLException {
        try {
            return delegate.isSimpleIdentifier(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean isWrapperFor(Class<?> a) throws SQLException {
        try {
            return Wrappers.isWrapperFor(delegate, a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setCursorName(String a) throws SQLException {
        try {
            delegate.setCursorName(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setEscapeProcessing(boolean a) throws SQLException {
        try {
            delegate.setEscapeProcessing(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFetchDirection(int a) throws SQLException {
        try {
            delegate.setFetchDirection(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setFetchSize(int a) throws SQLException {
        try {
            delegate.setFetchSize(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setLargeMaxRows(long a) throws SQLException {
        try {
            delegate.setLargeMaxRows(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setMaxFieldSize(int a) throws SQLException {
        try {
            delegate.setMaxFieldSize(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setMaxRows(int a) throws SQLException {
        try {
            delegate.setMaxRows(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setPoolable(boolean a) throws SQLException {
        try {
            delegate.setPoolable(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void setQueryTimeout(int a) throws SQLException {
        try {
            delegate.setQueryTimeout(a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public <T> T unwrap(Class<T> a) throws SQLException {
        try {
            return Wrappers.unwrap(owner, delegate, a);
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
