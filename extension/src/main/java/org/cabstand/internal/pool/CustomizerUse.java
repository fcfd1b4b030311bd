package org.cabstand.internal.pool;

import java.sql.Connection;
import java.sql.SQLException;
import org.cabstand.internal.jdbc.ConnectionHandle;
import org.cabstand.internal.jdbc.ConnectionUse;
import org.cabstand.internal.jdbc.OpenStatements;
import org.cabstand.internal.jdbc.SessionAttribute;
import org.cabstand.internal.jdbc.TrackedResource;

/**
 * A customizer's use of a connection, before its borrower has it.
 *
 * <p>Thread safety: one thread; what is kept past the end sees {@code over}.
 */
final class CustomizerUse implements ConnectionUse {

    private final NamedPool pool;
    private final Lease lease;
    private final ConnectionHandle handle;
    private final OpenStatements statements = new OpenStatements();

    /** Written when the customizer has returned. */
    private volatile boolean over;

    CustomizerUse(NamedPool pool, Lease lease, ConnectionHandle handle) {
        this.pool = pool;
        this.lease = lease;
        this.handle = handle;
    }

    boolean isOver() {
        return over || lease.isOver();
    }

    /** Closes what the customizer has left open. */
    void end() throws SQLException {
        over = true;
        statements.closeAll();
    }

    @Override
    public Connection driverConnection() throws SQLException {
        asking();
        return lease.driverConnection();
    }

    @Override
    public Connection handle() {
        return handle;
    }

    @Override
    public SQLException endedFor(String what) {
        return isOver() ? pool.outlived(what) : null;
    }

    @Override
    public SQLException refusal(ConnectionUse setIn) {
        return setIn == this ? null : pool.savepointElsewhere();
    }

    @Override
    public void asking() throws SQLException {
        if (isOver()) {
            throw pool.outlived("Connection of a customizer");
        }
    }

    @Override
    public void executing() throws SQLException {
        asking();
        lease.physical().executing();
    }

    @Override
    public void completed() {
        lease.completed();
    }

    @Override
    public SQLException refusal(String method) {
        return lease.refusal(method);
    }

    @Override
    public SQLException refusal(SessionAttribute attribute) {
        return lease.refusal(attribute);
    }

    @Override
    public void changed(SessionAttribute attribute) {
        lease.changed(attribute);
    }

    @Override
    public void unwrapped() {
        lease.unwrapped();
    }

    @Override
    public SQLException failed(SQLException error) {
        return isOver() ? error : lease.failed(error); // the session has no part in it
    }

    @Override
    public <R extends TrackedResource> R track(R resource) {
        statements.add(resource);
        return resource;
    }

    @Override
    public void forget(TrackedResource resource) {
        statements.remove(resource);
    }
}
