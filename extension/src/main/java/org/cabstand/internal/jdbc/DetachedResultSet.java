package org.cabstand.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Results without a statement of ours: those of metadata, arrays and cursors. They are closed at the end of the
 * connection's use.
 *
 * <p>Thread safety: that of the driver's results.
 */
final class DetachedResultSet extends ForwardingResultSet {

    private final TrackedResource tracked = new Tracked();

    /** The statement that the driver has created for these results. Written when it is first asked for. */
    private PooledStatement statement;

    /** The driver has no more rows. Written by the reader. */
    private boolean exhausted;

    DetachedResultSet(ConnectionUse owner, ResultSet delegate) {
        super(owner, delegate);
        owner.track(tracked);
    }

    @Override
    public Statement getStatement() throws SQLException {
        try {
            Statement made = delegate.getStatement();
            if (statement == null && made != null) {
                statement = new PooledStatement(owner, made);
            }
            return made == null ? null : statement;
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    @Override
    public boolean next() throws SQLException {
        boolean found = super.next();
        exhausted = !found;
        return found;
    }

    @Override
    public void close() throws SQLException {
        if (statement == null) {
            owner.forget(tracked);
        }
        closeResults();
    }

    private void closeResults() throws SQLException {
        try {
            delegate.close();
        } catch (SQLException e) {
            throw owner.failed(e);
        }
    }

    /** These results, with their statement if the application has it. */
    private final class Tracked extends TrackedResource {

        @Override
        void closeDelegate() throws SQLException {
            closeResults();
            if (statement != null) {
                statement.closeDelegate();
            }
        }

        @Override
        boolean isDone() throws SQLException {
            return exhausted || delegate.isClosed();
        }

        @Override
        void cancelDelegate() throws SQLException {
            if (statement != null) {
                statement.cancelDelegate();
            }
        }
    }
}
