package org.cabstand.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Results whose statement is ours, so that they do not lead to the driver's connection.
 *
 * <p>Thread safety: that of the driver's results.
 */
class PooledResultSet extends ForwardingResultSet {

    final PooledStatement statement;

    PooledResultSet(ConnectionUse owner, PooledStatement statement, ResultSet delegate) {
        super(owner, delegate);
        this.statement = statement;
    }

    @Override
    public Statement getStatement() throws SQLException {
        try {
            return delegate.getStatement() == null ? null : statement;
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            delegate.close();
            statement.completed();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }
}
