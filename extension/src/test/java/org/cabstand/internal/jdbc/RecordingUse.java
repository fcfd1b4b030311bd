package org.cabstand.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.cabstand.internal.monitor.StatementRun;

/** A use that goes on until it is told, and keeps the errors that it was told of. */
final class RecordingUse implements ConnectionUse {

    final List<SQLException> errors = new ArrayList<>();
    final OpenStatements open = new OpenStatements();

    /** Whether the application was given what is the driver's. */
    boolean unwrapped;

    /** Set when it is over. */
    SQLException ended;

    private Connection connection;

    /** A handle whose calls go to the given connection. */
    ConnectionHandle handleOver(Connection driver) {
        connection = driver;
        return new ConnectionHandle() {
            @Override
            protected ConnectionUse use() {
                return RecordingUse.this;
            }

            @Override
            protected ConnectionUse currentUse() {
                return RecordingUse.this;
            }

            @Override
            public void abort(Executor executor) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public Connection driverConnection() {
        return connection;
    }

    @Override
    public Connection handle() {
        return connection;
    }

    @Override
    public SQLException endedFor(String what) {
        return ended;
    }

    @Override
    public SQLException refusal(ConnectionUse setIn) {
        return null;
    }

    @Override
    public void asking() {
        // always allowed
    }

    @Override
    public void executing() {
        // always allowed
    }

    @Override
    public void executing(String sql) {
        // always allowed
    }

    @Override
    public boolean isWatched() {
        return false;
    }

    @Override
    public StatementRun watch(String sql) {
        return null;
    }

    @Override
    public void cancel(Cancellation cancellation) throws SQLException {
        checkNotOver("Statement");
        cancellation.run();
    }

    @Override
    public void completed() {
        // nothing to end
    }

    @Override
    public SQLException refusal(String method) {
        return null;
    }

    @Override
    public SQLException refusal(SessionAttribute attribute) {
        return null;
    }

    @Override
    public void changed(SessionAttribute attribute) {
        // nothing to reset
    }

    @Override
    public void unwrapped() {
        unwrapped = true;
    }

    @Override
    public SQLException failed(SQLException error) {
        errors.add(error);
        return error;
    }

    @Override
    public <R extends TrackedResource> R track(R resource) {
        open.add(resource);
        return resource;
    }

    @Override
    public void forget(TrackedResource resource) {
        open.remove(resource);
    }
}
