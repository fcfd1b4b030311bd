package org.cabstand.internal.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.cabstand.internal.monitor.StatementRun;

/**
 * The results of a watched statement. Drivers may ask the database for each row, and changing a row is a statement.
 *
 * <p>Thread safety: that of the driver's results.
 */
final class WatchedResultSet extends PooledResultSet {

    private interface Change {
        void make() throws SQLException;
    }

    private final StatementRun run;

    WatchedResultSet(
            ConnectionUse owner, PooledStatement statement, ResultSet delegate, StatementRun run) {
        super(owner, statement, delegate);
        this.run = run;
    }

    @Override
    public boolean next() throws SQLException {
        run.resumed();
        boolean found;
        try {
            found = super.next();
        } catch (SQLException | RuntimeException | Error e) {
            run.returned(StatementRun.UNKNOWN, e);
            throw e;
        }
        run.returned(found ? 1 : 0, null);
        if (!found) {
            statement.finished(run);
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        statement.finished(run);
        super.close();
    }

    @Override
    public void insertRow() throws SQLException {
        change("insertRow", super::insertRow);
    }

    @Override
    public void updateRow() throws SQLException {
        change("updateRow", super::updateRow);
    }

    @Override
    public void deleteRow() throws SQLException {
        change("deleteRow", super::deleteRow);
    }

    @Override
    public void refreshRow() throws SQLException {
        change("refreshRow", super::refreshRow);
    }

    private void change(String method, Change change) throws SQLException {
        StatementRun own = owner.watch(method + " of " + statement.sql());
        try {
            change.make();
        } catch (SQLException | RuntimeException | Error e) {
            end(own, StatementRun.UNKNOWN, e);
            throw e;
        }
        end(own, 1, null);
    }

    private static void end(StatementRun own, long rows, Throwable error) {
        if (own != null) {
            own.returned(rows, error);
            own.finished();
        }
    }
}
